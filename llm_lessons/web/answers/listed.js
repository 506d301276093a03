// The likeliest tokens of some scores, by their names and chances. Beside `listed` of
// `lessons/sampling/runs.py` and `widgets/marks.py`.

import { sortScores } from "../lib/odds.js";

/** @import { LanguageModel } from "../engine/model.js" */
/** @import { Fork } from "../widgets/branch_tree_forks.js" */
/** @import { Marks, Pieces } from "../lib/pieces.js" */

const BRACKETED = /^<(.+)>$/s;

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
    const piece = names.pieces[token] = tokenizer.pieces[token];
    const name = BRACKETED.exec(piece)?.[1];
    if (tokenizer.stops.includes(token)) {
      names.marks[token] = "⟨end of text⟩";
    } else if (name && tokenizer.decode([token]) !== piece) {
      names.marks[token] = `⟨${name}⟩`;
    }
  }
  return names;
}
