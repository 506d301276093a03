// The number in what the class model writes for a marble problem. Beside
// `lessons/per_token_compute/direct_or_stepwise.py`.

import { writeOn } from "../../../llm_lessons/web/answers/texts.js";

/** @import { Reader } from "../../../llm_lessons/web/engine/kv_cache.js" */

const MOST_TOKENS = [8, 192]; // tokens
const ONLY_A_NUMBER = /^\s*(-?\d+)\.?$/;
const FINAL_NUMBER = /Answer:\s*(-?\d+)\./;

/**
 * The number that a text behind such a prompt answers, or null.
 * @param {string} written
 * @param {number} way 0 at once, 1 step by step
 */
export function parseAnswer(written, way) {
  const sentence = /^[^.]*\.?/.exec(written)?.[0] ?? "";
  const found = way ? FINAL_NUMBER.exec(written) : ONLY_A_NUMBER.exec(sentence);
  return found ? Number(found[1]) : null;
}

/**
 * What the model answers, always with the likeliest token. Yields between tokens.
 * @param {Reader} reader @param {string} prompt @param {number} way
 * @returns {Generator<void, number | null>}
 */
export function* askProblem(reader, prompt, way) {
  const ids = reader.lm.encode(prompt);
  const isEnough = (/** @type {string} */ text) =>
    way ? FINAL_NUMBER.test(text) : text.includes(".");
  const written = yield* writeOn(reader, ids, {
    maxTokens: MOST_TOKENS[way],
    isEnough,
  });
  return parseAnswer(written, way);
}
