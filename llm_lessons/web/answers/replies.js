// What a model answers, and how likely it held an answer. Beside `measuring/replies.py`
// and `measuring/surprise.py`.

import { argmax, softmax } from "../engine/sampling.js";

/** @import { Reader } from "../engine/reader.js" */
/**
 * `text` without the space before it and the full stop behind it; `chance` of just
 * these tokens.
 * @typedef {{ text: string, chance: number }} Reply
 */

const LONGEST_VALUE = 20; // tokens of a short answer, such as a name
const END_OF_SENTENCE = /[.\n]/;

/**
 * The first sentence of the likeliest continuation. Yields between tokens.
 * @param {Reader} reader @param {string} prompt
 * @returns {Generator<void, Reply>}
 */
export function* replyTo(reader, prompt) {
  const { config, tokenizer } = reader.lm;
  const ids = reader.lm.encode(prompt);
  let logits = yield* reader.read(ids);
  /** @type {number[]} */
  const said = [];
  const room = Math.min(LONGEST_VALUE, config.max_seq_len - ids.length);
  while (said.length < room) {
    const token = argmax(logits);
    if (tokenizer.stops.includes(token)) break;
    said.push(token);
    if (END_OF_SENTENCE.test(tokenizer.decode(said))) break;
    logits = reader.behind(ids.length + said.length - 1, [token]);
    yield;
  }
  const [sentence] = /^[^.\n]*\.?/.exec(tokenizer.decode(said)) ?? [""];
  const chance = yield* chanceOf(reader, prompt, sentence);
  return { text: sentence.trim().replace(/\.$/, ""), chance };
}

/**
 * The probability of an ending behind its prompt, over all of its tokens. An empty one
 * stands for the end of the text.
 * @param {Reader} reader @param {string} prompt @param {string} ending
 * @returns {Generator<void, number>}
 */
export function* chanceOf(reader, prompt, ending) {
  const { lm } = reader;
  const begun = lm.encode(prompt);
  const whole = ending ? lm.encode(prompt + ending) : [...begun, lm.tokenizer.stops[0]];
  let at = whole.findIndex((token, i) => token !== begun[i]); // where the two part
  let logits = yield* reader.read(whole.slice(0, at));
  for (let chance = softmax(logits)[whole[at]];; chance *= softmax(logits)[whole[at]]) {
    at += 1;
    if (at === whole.length) return chance;
    logits = reader.behind(at - 1, [whole[at - 1]]);
    yield;
  }
}
