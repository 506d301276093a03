// The training itself, wherever it runs: it hears wishes, and sends news. In a worker
// it has a processor of its own; in a page it lets go often, for the page to draw.

import { Refusal } from "../engine/refusal.js";
import { worker } from "../lib/worker.js";
import { damaged, keptText } from "./train_your_own_file.js";
import {
  batchAt,
  bits,
  byHeartOf,
  lettersIn,
  lossAside,
  pupilOf,
  written,
} from "./train_your_own_model.js";

/** @import { Kept } from "./train_your_own_file.js" */
/** @import { Pupil } from "./train_your_own_model.js" */
/**
 * @typedef {{ kind: "begin", run: number, lines: string[], seed: number }
 *   | { kind: "open", run: number, kept: Kept }
 *   | { kind: "go" | "stop" | "keep" | "ask" }
 *   | { kind: "rate", rate: number }} Wish
 */
/**
 * How a training stands. Losses are in bits a letter.
 * @typedef {object} Standing
 * @property {number} steps
 * @property {number} read letters so far
 * @property {number} spent milliseconds of training since the last `go`
 * @property {number | null} loss on the lines that it read since the news before
 * @property {number} aside loss on those that it never reads
 * @property {[string, boolean][]} texts what it wrote since the news before, and
 *   whether that stands in the list that it learned from
 * @property {number} heart of the last samples, those that stand in the list
 * @property {number} fresh the others of them
 * @property {number} weights @property {number} lines that it learns from
 * @property {number} letters that have a token of their own
 * @property {number} width of the knobs' rows
 * @property {Float32Array} knobs the first ones: embedding, queries, keys, values
 */
/**
 * `run` tells which model is meant: the page may have begun another one.
 * @typedef {{ kind: "ready" } | { kind: "news", run: number, standing: Standing }
 *   | { kind: "over", run: number } | { kind: "kept", text: string }
 *   | { kind: "ended" }
 *   | { kind: "refused", run: number, sentence: string }} News
 */

const LATEST = 50; // samples of which is told how many stand in the list
const PAUSE = 200; // milliseconds between two news
// Steps between two news, as a share of all so far. A fast device waits, or noise would
// become names in a second, and nobody would see how.
const EASE = 0.05;
const SAMPLES = 5; // of a model that has just been begun or opened, or is asked
const LONGEST = 120_000; // milliseconds of training, then it stops by itself
const LONGEST_STEP = 1000; // milliseconds that count, as a device may fall asleep
const ALONE = 40; // milliseconds of work at a stretch, in a worker

/**
 * One model at a time, and what has become of it. `rate`: the learning rate. `before`:
 * steps that it had gone when it was opened. `since`: nats and letters of the steps
 * since the last news. `latest`: its last samples.
 * @typedef {{ pupil: Pupil, run: number, rate: number, before: number, read: number,
 *   spent: number, samples: number, since: [number, number], latest: string[] }} Bench
 */

/**
 * A bench with a model that has learned nothing, or with one that was kept.
 * @param {{ run: number, lines: string[], seed: number } | { run: number, kept: Kept }
 *   } wish
 * @param {number} rate
 * @returns {Bench}
 */
function benchFor(wish, rate) {
  const { lines, seed } = "kept" in wish ? wish.kept : wish;
  const begun = { before: 0, read: 0, spent: 0, samples: 0, latest: [], run: wish.run };
  /** @type {Bench} */
  const bench = {
    ...begun,
    since: [0, 0],
    rate: "kept" in wish ? wish.kept.rate : rate,
    pupil: pupilOf(lines, seed, () => bench.rate),
  };
  if ("kept" in wish) takeUp(bench, wish.kept);
  return bench;
}

/**
 * Let a model be the one that was kept, if these lines make one of the same shape.
 * @param {Bench} bench @param {Kept} kept
 */
function takeUp(bench, { config, letters, weights, steps, read }) {
  const { pupil: { trainer }, pupil } = bench;
  const shapes = [[pupil.config, pupil.letters.join("")], [config, letters]];
  const [own, other] = shapes.map((shape) => JSON.stringify(shape));
  if (own !== other || weights.length !== trainer.values.length) throw damaged();
  trainer.values.set(weights);
  Object.assign(bench, { before: steps, read });
}

/** How many steps its model has gone. @param {Bench} bench */
function stepsOf({ before, pupil }) {
  return before + pupil.trainer.steps;
}

/**
 * How it stands, with so many new samples.
 * @param {Bench} bench @param {number} count @returns {Standing}
 */
function standingOf(bench, count) {
  const { pupil, since: [nats, size], read, spent } = bench;
  const { trainer, config, weights, letters } = pupil;
  const texts = Array.from({ length: count }, () => written(pupil, bench.samples++));
  bench.latest = [...bench.latest, ...texts].slice(-LATEST);
  bench.since = [0, 0];
  const width = config.d_model;
  // The embedding, the scales of two norms, queries, keys and values.
  const shown = width * (config.vocab_size + 2 + 3 * width);
  return {
    ...{ steps: stepsOf(bench), read, spent, weights, width },
    texts: texts.map((text) => [text, pupil.known.has(text)]),
    ...{ lines: pupil.read.length, letters: letters.length },
    ...byHeartOf(bench.latest, pupil.known),
    loss: size ? bits(nats / size) : null,
    aside: lossAside(pupil),
    knobs: trainer.values.slice(0, shown),
  };
}

/** @param {number} milliseconds @returns {Promise<void>} */
function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/**
 * Train until it has worked for long. Yields in the middle of a step, too, and waits
 * between the first steps.
 * @param {Bench} bench @param {(news: News) => void} send
 */
function* train(bench, send) {
  const { pupil: { trainer, rows }, pupil, run } = bench;
  let [told, began] = [performance.now(), performance.now()];
  let since = 0; // steps
  bench.spent = 0;
  while (bench.spent < LONGEST) {
    const batch = batchAt(pupil, stepsOf(bench));
    const loss = yield* trainer.stepInPieces(batch);
    const size = lettersIn(batch, rows);
    bench.since = [bench.since[0] + loss * size, bench.since[1] + size];
    bench.read += size;
    const now = performance.now();
    bench.spent += Math.min(LONGEST_STEP, now - began);
    began = now;
    since += 1;
    const rest = PAUSE - (now - told);
    if (rest > 0 && since >= EASE * stepsOf(bench)) yield pause(rest);
    if (performance.now() - told >= PAUSE) {
      send({ kind: "news", run, standing: standingOf(bench, 1) });
      [told, since] = [performance.now(), 0];
    }
    yield;
  }
  send({ kind: "over", run });
}

/** @param {Bench} bench */
function keptOf(bench) {
  const { pupil: { config, letters, lines, seed, trainer }, read, rate } = bench;
  const model = { config, letters: letters.join(""), weights: trainer.values };
  return keptText({ ...model, lines, seed, steps: stepsOf(bench), read, rate });
}

/**
 * What hears wishes, and works on them.
 * @param {(news: News) => void} send @param {number} [slice] milliseconds at a stretch
 */
export function working(send, slice) {
  const pump = worker(slice);
  /** @type {Bench | null} */
  let bench = null;
  let rate = 0;
  /** @param {Wish} wish */
  function follow(wish) {
    if (wish.kind === "rate") {
      rate = wish.rate;
      if (bench) bench.rate = rate;
    } else if (wish.kind === "begin" || wish.kind === "open") {
      pump.stop();
      bench = null;
      bench = benchFor(wish, rate);
      const standing = standingOf(bench, SAMPLES);
      send({ kind: "news", run: wish.run, standing });
    } else if (!bench) return;
    else if (wish.kind === "go") pump.start(train(bench, send));
    else if (wish.kind === "keep") send({ kind: "kept", text: keptOf(bench) });
    else {
      if (wish.kind === "stop") pump.stop();
      const count = wish.kind === "ask" ? SAMPLES : 1;
      send({ kind: "news", run: bench.run, standing: standingOf(bench, count) });
    }
  }
  /** @param {Wish} wish */
  function hear(wish) {
    try {
      follow(wish);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const run = "run" in wish ? wish.run : 0;
      send({ kind: "refused", run, sentence: error.message });
    }
  }
  return { hear, stop: pump.stop };
}

/** What a worker does that consists of this script alone. */
export function workAlone() {
  const scope = /** @type {Worker} */ (/** @type {unknown} */ (globalThis));
  const { hear } = working((news) => scope.postMessage(news), ALONE);
  scope.onmessage = ({ data }) => hear(data);
  scope.postMessage({ kind: "ready" });
}
