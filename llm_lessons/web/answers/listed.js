// The likeliest tokens of some scores, with their chances and names. Beside `listed` of
// `lessons/sampling/runs.py`.

import { sortScores } from "../lib/odds.js";
import { markOf } from "./marks.js";

/** @import { LanguageModel } from "../engine/model.js" */
/** @import { Fork } from "../widgets/branch_tree_forks.js" */
/** @import { Marks, Pieces } from "../lib/pieces.js" */

/**
 * The `top` likeliest tokens, and what is left for all others.
 * @param {Float32Array} logits [V] @param {Float64Array} chances [V], of these scores
 * @param {number} top
 * @returns {Fork}
 */
export function listed(logits, chances, top) {
  const likeliest = Array.from(
    sortScores(logits).ids.subarray(0, top),
    (token) => /** @type {[number, number]} */ ([token, chances[token]]),
  );
  const rest = Math.max(0, likeliest.reduce((left, [, chance]) => left - chance, 1));
  return { likeliest, others: chances.length - likeliest.length, rest };
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
