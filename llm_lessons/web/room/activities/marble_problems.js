// A marble problem as the class model reads it, and the number in what it writes.
// Beside `fjordby/problems.py`.

import { writeOn } from "../../answers/writing.js";

/** @import { Reader } from "../../engine/reader.js" */

/** The two halves of a room, and of what the model is asked: at once, step by step. */
export const MARBLE_WAYS = /** @type {const} */ (["Answer at once:", "Step by step:"]);
const MOST_TOKENS = [8, 128]; // tokens
const ONLY_A_NUMBER = /^\s*(-?\d+)\.?$/;
const FINAL_NUMBER = /Answer:\s*(-?\d+)\./;

/** @param {string} question @param {number} way 0 at once, 1 step by step */
export function marblePrompt(question, way) {
  return `${question}\n${MARBLE_WAYS[way]}`;
}

/**
 * The number that a text behind such a prompt answers, or null.
 * @param {string} written @param {number} way
 */
export function marbleAnswer(written, way) {
  const [sentence] = written.split(/(?<=\.)/);
  const found = way ? FINAL_NUMBER.exec(written) : ONLY_A_NUMBER.exec(sentence);
  return found ? Number(found[1]) : null;
}

/**
 * What the model answers, always with the likeliest token. Yields between tokens.
 * @param {Reader} reader @param {string} question @param {number} way
 * @returns {Generator<void, number | null>}
 */
export function* marbleAsked(reader, question, way) {
  const ids = reader.lm.encode(marblePrompt(question, way));
  const isEnough = (/** @type {string} */ text) =>
    way ? FINAL_NUMBER.test(text) : text.includes(".");
  const written = yield* writeOn(reader, ids, {
    maxTokens: MOST_TOKENS[way],
    isEnough,
  });
  return marbleAnswer(written, way);
}
