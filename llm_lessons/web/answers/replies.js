// What a model answers, and how likely it held that. Beside `measuring/replies.py`.

import { chanceOf, writeOn } from "./writing.js";

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
export function* firstSentence(reader, prompt) {
  const said = yield* writeOn(reader, reader.lm.encode(prompt), {
    maxTokens: LONGEST_VALUE,
    isEnough: (text) => END_OF_SENTENCE.test(text),
  });
  const [sentence] = /^[^.\n]*\.?/.exec(said) ?? [""];
  const chance = yield* chanceOf(reader, prompt, sentence);
  return { text: sentence.trim().replace(/\.$/, ""), chance };
}
