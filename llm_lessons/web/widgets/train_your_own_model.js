// The model of one's own lines: its size, what it reads in a step, what it writes, and
// how much of that it knows by heart.

import { decodeStep, prefill } from "../engine/kv_cache.js";
import { countParameters } from "../engine/parameters.js";
import { coin, sample } from "../engine/sampling.js";
import { Trainer } from "../engine/training.js";
import {
  EDGE,
  lettersOf,
  parted,
  shuffled,
  textOfTokens,
  tokensOf,
} from "./train_your_own_text.js";

/** @import { ModelConfig, Parameters } from "../engine/parameters.js" */
/**
 * A model, and all that it learns from.
 * @typedef {object} Pupil
 * @property {string[]} lines all of them
 * @property {Trainer} trainer
 * @property {ModelConfig} config
 * @property {number} weights how many it has
 * @property {number} rows @property {number} rowLength
 * @property {string[]} letters each with a token of its own
 * @property {number[][]} read tokens of the lines that it learns from
 * @property {Int32Array[]} aside batches of lines that it never learns from
 * @property {Set<string>} known the lines that it learns from, as it can write them
 * @property {number} seed of its first weights, its samples, and the order of reading
 */

const TEMPERATURE = 0.8;
const MANY_BYTES = 20_000; // from there on the model is a larger one
const TOKENS_A_STEP = 400; // about
const [FEWEST_ROWS, MOST_ROWS] = [8, 32];
const BATCHES_ASIDE = 3; // so many are looked at, at the most
const WARM_UP = 20; // steps in which the rate rises
const BITS = 1 / Math.LN2;
const SMALL = { d_model: 32, d_head: 8, d_ff: 96 };
const LARGE = { d_model: 64, d_head: 16, d_ff: 160 };

/**
 * The model's shape: about 27,000 weights, or 100,000 for a long text.
 * @param {number} vocabSize @param {number} bytes of the text @returns {ModelConfig}
 */
function shapeFor(vocabSize, bytes) {
  return {
    ...{ vocab_size: vocabSize, n_layers: 2, n_heads: 4, n_kv_heads: 4 },
    ...(bytes > MANY_BYTES ? LARGE : SMALL),
    ...{ rope_theta: 10_000, norm_eps: 1e-5, tie_embeddings: true, max_seq_len: 64 },
  };
}

/**
 * A model that has learned nothing yet. `rate` is asked for the learning rate in every
 * step.
 * @param {string[]} lines as `linesOf` gives them @param {number} seed
 * @param {() => number} rate @returns {Pupil}
 */
export function pupilOf(lines, seed, rate) {
  const letters = lettersOf(lines);
  const { read, aside } = parted(lines);
  const [toRead, toCompare] = [read, aside].map((some) =>
    some.map((line) => tokensOf(line, letters))
  );
  const lengths = [...toRead, ...toCompare].map((tokens) => tokens.length - 1);
  const rowLength = lengths.reduce(larger, 1);
  const mean = lengths.reduce((sum, one) => sum + one, 0) / lengths.length;
  const wanted = Math.round(TOKENS_A_STEP / mean);
  const rows = Math.min(MOST_ROWS, Math.max(FEWEST_ROWS, wanted));
  const bytes = new TextEncoder().encode(lines.join("\n")).length;
  const config = shapeFor(letters.length + 1, bytes);
  const learningRate = (/** @type {number} */ step) =>
    rate() * Math.min(1, (step + 1) / WARM_UP);
  const trainer = new Trainer(config, { rows, rowLength, learningRate, seed });
  const sizes = { rows, rowLength, weights: countParameters(config) };
  const known = new Set(toRead.map((tokens) => textOfTokens(tokens, letters)));
  const batches = asideBatches(toCompare, rows, rowLength + 1);
  const facts = { lines, trainer, config, letters, seed, known };
  return { ...facts, ...sizes, read: toRead, aside: batches };
}

/** @param {number} a @param {number} b */
const larger = (a, b) => Math.max(a, b);

/**
 * Rows of a batch, each filled up with -1.
 * @param {number[][]} lines @param {number} rows @param {number} width
 */
export function batchOfLines(lines, rows, width) {
  const batch = new Int32Array(rows * width).fill(-1);
  lines.forEach((tokens, row) => batch.set(tokens, row * width));
  return batch;
}

/** @param {number[][]} lines @param {number} rows @param {number} width */
function asideBatches(lines, rows, width) {
  const count = Math.min(BATCHES_ASIDE, Math.ceil(lines.length / rows));
  return Array.from(
    { length: count },
    (_, i) => batchOfLines(lines.slice(i * rows, (i + 1) * rows), rows, width),
  );
}

/** The order of the lines in each round, of the last few rounds. */
/** @type {WeakMap<Pupil, Map<number, Int32Array>>} */
const orders = new WeakMap();

/** @param {Pupil} pupil @param {number} round */
function orderOf(pupil, round) {
  const own = orders.get(pupil) ?? new Map();
  orders.set(pupil, own);
  const order = own.get(round) ?? shuffled(pupil.read.length, pupil.seed + round + 2);
  if (own.size > 1 && !own.has(round)) own.clear();
  own.set(round, order);
  return order;
}

/**
 * What it reads in a step: all lines come once before one comes again, in another order
 * each time. So a model that was kept goes on where it was.
 * @param {Pupil} pupil @param {number} step
 */
export function batchAt(pupil, step) {
  const { read, rows, rowLength } = pupil;
  const lines = Array.from({ length: rows }, (_, row) => {
    const place = step * rows + row;
    const order = orderOf(pupil, Math.floor(place / read.length));
    return read[order[place % read.length]];
  });
  return batchOfLines(lines, rows, rowLength + 1);
}

/**
 * How many letters a batch has to guess.
 * @param {Int32Array} batch @param {number} rows that hold some
 */
export function lettersIn(batch, rows) {
  return batch.reduce((sum, token) => sum + (token < 0 ? 0 : 1), 0) -
    Math.min(rows, batch.length);
}

/** A loss as it is shown. @param {number} nats */
export function bits(nats) {
  return nats * BITS;
}

/**
 * The loss on the lines that were kept aside, in bits a letter.
 * @param {Pupil} pupil
 */
export function lossAside({ trainer, aside, rowLength }) {
  let [sum, count] = [0, 0];
  for (const batch of aside) {
    const rows = batch.filter((token, i) => i % (rowLength + 1) === 0 && token >= 0);
    const size = lettersIn(batch, rows.length);
    sum += bits(trainer.loss(batch)) * size;
    count += size;
  }
  return sum / count;
}

/**
 * A line that the model writes by itself, now. The same number is the same coins.
 * @param {Pupil} pupil @param {number} number @param {number} temperature
 */
export function written(pupil, number, temperature = TEMPERATURE) {
  const { trainer, config, letters, rowLength, seed } = pupil;
  const params = trainer.weights();
  /** @type {number[]} */
  const tokens = [];
  const read = prefill(params, [EDGE], rowLength, config);
  let { logits } = read;
  for (;;) {
    const u = coin(seed + number, tokens.length);
    const token = sample(logits, u, { temperature });
    if (token === EDGE) break;
    tokens.push(token);
    if (tokens.length === rowLength - 1) break; // as long as the longest line
    logits = decodeStep(params, token, read.cache, config);
  }
  return textOfTokens(tokens, letters);
}

/** @param {string[]} texts @param {Set<string>} known */
export function byHeartOf(texts, known) {
  const heart = texts.filter((text) => known.has(text)).length;
  return { heart, fresh: texts.length - heart };
}
