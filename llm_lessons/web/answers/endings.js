// How a piece of a word would likely go on. Beside `lessons/sampling/endings.py`.

import { argmax, softmax } from "../engine/sampling.js";

/** @import { Reader } from "../engine/reader.js" */

const LIKELY = 1 / 16; // the least chance of an ending that is told
const LONGEST_END = 6; // tokens that are looked at; a word that is longer ends in "…"
// Letters as Python's \w knows them, with their accents; an apostrophe between letters.
const REST_OF_WORD = /^(?:[\p{L}\p{No}\p{Nl}]\u0301?|['’](?=[\p{L}\p{No}\p{Nl}]))+/u;
const BEGINS_WITH_A_LETTER = /^\p{L}/u;
const BEGINS_A_WORD = /^ $|\p{L}$/u;

/**
 * The rest of the word that a token begins, or an empty text: no letter likely follows,
 * or none that is likely enough. Yields between tokens.
 * @param {Reader} reader which has read the text @param {number} before its tokens
 * @param {number} token that could stand behind it
 * @returns {Generator<void, string>}
 */
export function* likelyEnding(reader, before, token) {
  const { config, tokenizer } = reader.lm;
  const { pieces, stops } = tokenizer;
  const room = config.max_seq_len - before - 1;
  if (room < 1 || !BEGINS_A_WORD.test(pieces[token])) return "";
  /** @type {number[]} */
  const rest = [];
  /** @type {number[]} */
  const odds = [];
  let last = token;
  while (rest.length < Math.min(LONGEST_END, room)) {
    const logits = reader.behind(before + rest.length, [last]);
    yield;
    last = argmax(logits);
    if (stops.includes(last)) break;
    if (!rest.length && !BEGINS_WITH_A_LETTER.test(pieces[last])) return "";
    rest.push(last);
    odds.push(softmax(logits)[last]);
    if (tokenizer.decode(rest) !== firstLetters(tokenizer.decode(rest))) break;
    if (productOf(odds) < LIKELY) return ""; // and more letters make it no likelier
  }
  const text = tokenizer.decode(rest);
  const letters = firstLetters(text);
  let n = 1;
  while (
    n < rest.length && tokenizer.decode(rest.slice(0, n)).length < letters.length
  ) {
    n += 1;
  }
  if (!letters || productOf(odds.slice(0, n)) < LIKELY) return "";
  return letters === text && rest.length === Math.min(LONGEST_END, room)
    ? `${letters}…`
    : letters;
}

/** Without the empty ones. @param {Record<string, string>} endings */
export function toldEndings(endings) {
  return Object.fromEntries(Object.entries(endings).filter(([, ending]) => ending));
}

/** @param {number[]} odds of tokens behind each other */
function productOf(odds) {
  return odds.reduce((product, one) => product * one, 1);
}

/** @param {string} text */
function firstLetters(text) {
  return REST_OF_WORD.exec(text)?.[0] ?? "";
}
