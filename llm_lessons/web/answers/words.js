// Words for tokens: names of those that are no text of their own (beside
// `text/pieces.py`), the likeliest of some scores with their chances (`listed` of
// `lessons/sampling/runs.py`), and how a piece of a word would likely go on
// (`lessons/sampling/endings.py`); and what is said where a model refuses a text.

import { Refusal } from "../engine/refusal.js";
import { argmax, softmax } from "../engine/sampling.js";
import { sortScores } from "../lib/odds.js";
import { TEXT_ENDS } from "../lib/signs.js";

/** @import { Tokenizer } from "../engine/tokenizer.js" */
/** @import { LanguageModel } from "../engine/model.js" */
/** @import { Reader } from "../engine/kv_cache.js" */
/** @import { Marks, Pieces } from "../lib/pieces.js" */
/** @import { Fork } from "../widgets/branch_tree_forks.js" */

const BRACKETED = /^<(.+)>$/su;

/**
 * The name of a token that is no text, or null.
 * @param {Tokenizer} tokenizer @param {number} token
 */
export function markOf(tokenizer, token) {
  if (tokenizer.stops.includes(token)) return TEXT_ENDS;
  const piece = tokenizer.pieces[token];
  const name = BRACKETED.exec(piece)?.[1];
  const isText = name === undefined || tokenizer.decode([token]) === piece;
  return isText ? null : `⟨${name}⟩`;
}

/**
 * The `top` likeliest tokens, and what is left for all others.
 * @param {Float32Array} logits [V] @param {Float64Array} chances [V], of these scores
 * @param {number} top @returns {Fork}
 */
export function listed(logits, chances, top) {
  const likeliest = Array.from(
    sortScores(logits).ids.subarray(0, top),
    (token) => /** @type {[number, number]} */ ([token, chances[token]]),
  );
  const rest = Math.max(0, likeliest.reduce((left, [, chance]) => left - chance, 1));
  return { likeliest, others: chances.length - likeliest.length, rest };
}

/** The tokens with the best odds. @param {Float64Array} odds @param {number} count */
export function highestOf(odds, count) {
  const left = odds.slice();
  return Array.from({ length: count }, () => {
    const best = argmax(left);
    left[best] = -Infinity;
    return best;
  });
}

/**
 * The texts of tokens, and the names of those that are no text of their own.
 * @param {LanguageModel} lm @param {Iterable<number>} tokens
 */
export function namesOf({ tokenizer }, tokens) {
  /** @type {{ pieces: Pieces, marks: Marks }} */
  const names = { pieces: {}, marks: {} };
  for (const token of tokens) {
    names.pieces[token] = tokenizer.pieces[token];
    const mark = markOf(tokenizer, token);
    if (mark) names.marks[token] = mark;
  }
  return names;
}

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
 * @param {number} token that could stand behind it @returns {Generator<void, string>}
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

/**
 * Endings of tokens that could stand behind so many, beside those that are known.
 * @param {Reader} reader which has read the text @param {number} before its tokens
 * @param {Iterable<number>} tokens @param {Record<string, string>} [known]
 * @returns {Generator<void, Record<string, string>>}
 */
export function* endingsOf(reader, before, tokens, known = {}) {
  const found = { ...known };
  for (const token of tokens) {
    found[token] ??= yield* likelyEnding(reader, before, token);
  }
  return found;
}

/** @param {Record<string, string>} endings */
export function withoutEmpty(endings) {
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

/** What there is to tell the learner. @param {unknown} refusal */
export function sentenceOf(refusal) {
  if (!(refusal instanceof Refusal)) throw refusal;
  return refusal.message;
}
