// A text that goes on: the loop of `LanguageModel.drawn`, behind what a reader read.

import { coin, sample, softmax } from "../engine/sampling.js";

/** @import { Reader } from "../engine/reader.js" */
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
