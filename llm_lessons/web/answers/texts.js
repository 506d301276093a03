// Texts that go on, by the loop of `LanguageModel.drawn`: behind what a reader read;
// told flip by flip (beside `lessons/sampling/runs.py`); up to the end of a word
// (`lessons/temperature/drafts.py`); and as a short answer with its chance
// (`measuring/replies.py`).

import { listed } from "./words.js";
import { coin, sample, softmax } from "../engine/sampling.js";

/** @import { KVCache } from "../engine/kv_cache.js" */
/** @import { Drawn, LanguageModel, Settings } from "../engine/model.js" */
/** @import { Reader } from "../engine/kv_cache.js" */
/** @import { Flip, Run } from "../widgets/two_runs_side.js" */
/**
 * What is left out: the likeliest token each time, and what the tokenizer says ends a
 * text. `isEnough` ends it too, asked after each token for the text so far.
 * @typedef {object} Way
 * @property {number} maxTokens
 * @property {number} [temperature] @property {number} [seed]
 * @property {number[]} [stops] @property {(text: string) => boolean} [isEnough]
 */

/**
 * How a text goes on. Yields between tokens.
 * @param {Reader} reader @param {number[]} ids from the start token on @param {Way} way
 * @returns {Generator<void, string>}
 */
export function* writeOn(reader, ids, way) {
  const { config, tokenizer } = reader.lm;
  const { maxTokens, temperature = 0, seed = 0, isEnough = () => false } = way;
  const { stops = tokenizer.stops } = way;
  const room = Math.min(maxTokens, config.max_seq_len - ids.length);
  /** @type {number[]} */
  const drawn = [];
  let [logits, text] = [yield* reader.read(ids), ""];
  while (drawn.length < room) {
    const position = ids.length + drawn.length;
    const token = sample(logits, coin(seed, position), { temperature });
    if (stops.includes(token)) break;
    drawn.push(token);
    text = tokenizer.decode(drawn);
    if (drawn.length === room || isEnough(text)) break;
    logits = reader.behind(position, [token]);
    yield;
  }
  return text;
}

/**
 * The probability of an ending behind its prompt, over all of its tokens; an empty one
 * stands for the end of the text. Beside `measuring/surprise.py`. Yields between
 * tokens.
 * @param {Reader} reader @param {string} prompt @param {string} ending
 * @returns {Generator<void, number>}
 */
export function* chanceOf(reader, prompt, ending) {
  const { lm } = reader;
  const begun = lm.encode(prompt);
  const whole = ending ? lm.encode(prompt + ending) : [...begun, lm.tokenizer.stops[0]];
  let first = 1; // where the two part; there is nothing to guess the first token from
  while (first < whole.length && whole[first] === begun[first]) first += 1;
  let logits = yield* reader.read(whole.slice(0, first));
  let chance = 1;
  for (let i = first; i < whole.length; i += 1) {
    chance *= softmax(logits)[whole[i]];
    if (i + 1 < whole.length) logits = reader.behind(i, [whole[i]]);
    yield;
  }
  return chance;
}

const BROKEN_WORD = /\S*[\p{L}\p{N}_]\ufffd*$/u; // letters as Python's \w knows them

/**
 * What is drawn behind a text that has been read, up to the end of a word, and whether
 * it was cut off there; otherwise the model has ended it. Yields between tokens.
 * @param {LanguageModel} lm @param {number[]} ids of the text
 * @param {Settings & { maxTokens: number }} settings
 * @param {{ logits: Float32Array, cache: KVCache }} read as `lm.drawn` takes it
 * @returns {Generator<void, [string, boolean]>}
 */
export function* draft(lm, ids, settings, read) {
  const limit = Math.min(settings.maxTokens, lm.config.max_seq_len - ids.length);
  const row = [];
  for (const { token } of lm.drawn(ids, settings, read)) {
    row.push(token);
    yield;
  }
  const [text, isCut] = [lm.tokenizer.decode(row), row.length === limit];
  return [isCut ? toWholeWords(text) : text, isCut];
}

/**
 * A text that was cut off, without what may be only the beginning of a word. A text of
 * a single word is left as it is.
 * @param {string} text
 */
export function toWholeWords(text) {
  return text.replace(BROKEN_WORD, "").replace(/ +$/, "") || text;
}

/**
 * Draw a run: the flips of a text, as a widget reads them. A run that ended has the
 * token that ends a text as its last flip. Yields between tokens.
 * @param {LanguageModel} lm @param {number[]} ids of the text so far
 * @param {{ maxTokens: number, seed: number }} settings @param {number} top
 * @param {{ logits: Float32Array, cache: KVCache }} read as `lm.drawn` takes it
 * @returns {Generator<void, Run>}
 */
export function* runOf(lm, ids, settings, top, read) {
  const loop = lm.drawn(ids, settings, read);
  /** @type {Flip[]} */
  const flips = [];
  for (;;) {
    const { value, done } = loop.next();
    if (value) flips.push(flipOf(value, top));
    if (done) return { seed: settings.seed, flips };
    yield;
  }
}

/**
 * All tokens lie end to end on a line from 0 to 1, in the order of their ids.
 * @param {Drawn} drawn @param {number} top @returns {Flip}
 */
function flipOf({ token, coin, logits }, top) {
  const chances = softmax(logits);
  const starts = new Float64Array(chances.length);
  for (let i = 1; i < starts.length; i += 1) starts[i] = starts[i - 1] + chances[i - 1];
  const { likeliest } = listed(logits, chances, top);
  return [
    token,
    fourDigits(chances[token]),
    fourDigits(coin),
    fourDigits(starts[token]),
    likeliest.map(([id, chance]) => [id, fourDigits(chance)]),
    likeliest.map(([id]) => fourDigits(starts[id])),
  ];
}

/** @param {number} number */
function fourDigits(number) {
  return Number(number.toPrecision(4));
}

/**
 * `text` without the space before it and the full stop behind it; `chance` of just
 * these tokens.
 * @typedef {{ text: string, chance: number }} Reply
 */

const LONGEST_VALUE = 20; // tokens of a short answer, such as a name
const END_OF_SENTENCE = /[.\n]/;

/**
 * The first sentence of the likeliest continuation. Yields between tokens.
 * @param {Reader} reader @param {string} prompt @returns {Generator<void, Reply>}
 */
export function* firstSentence(reader, prompt) {
  const said = yield* writeOn(reader, reader.lm.encode(prompt), {
    maxTokens: LONGEST_VALUE,
    isEnough: (text) => END_OF_SENTENCE.test(text),
  });
  const [sentence] = /^[^.\n]*\.?/.exec(said) ?? [""];
  const chance = yield* chanceOf(reader, prompt, sentence);
  return { text: sentence.trim().replace(/\.$/, ""), chance };
}
