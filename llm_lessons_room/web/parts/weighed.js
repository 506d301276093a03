// What the class model gives every token behind a prompt, with their names; and a coin
// that nobody can foresee.

import { likelyEnding, namesOf } from "../../../llm_lessons/web/answers/words.js";
import { oddsOf, sortScores } from "../../../llm_lessons/web/lib/odds.js";
import { visiblePiece } from "../../../llm_lessons/web/lib/pieces.js";

/** @import { LanguageModel } from "../../../llm_lessons/web/engine/model.js" */
/** @import { Lot } from "../../../llm_lessons/web/lib/coin_strip.js" */
/** @import { Odds, Sorted } from "../../../llm_lessons/web/lib/odds.js" */
/** @import { Endings, Marks, Pieces } from "../../../llm_lessons/web/lib/pieces.js" */
/**
 * What the model gives the tokens behind a prompt.
 * @typedef {object} Weighed
 * @property {Int32Array} ids the likeliest first
 * @property {Odds} odds @property {Pieces} pieces @property {Marks} marks
 * @property {Endings} endings @property {Sorted} sorted the scores
 */

/** A real coin: 32 bits that nobody can tell before. */
export function realCoin() {
  return crypto.getRandomValues(new Uint32Array(1))[0] / 2 ** 32;
}

/**
 * The likeliest tokens from 0 on, one behind the other, and the one that was drawn.
 * @param {Pick<Weighed, "ids" | "odds">} weighed @param {number} named
 * @param {number} drawn its rank or -1
 * @returns {Lot[]}
 */
export function lotsFromZero({ ids, odds }, named, drawn) {
  /** @type {Lot[]} */
  const lots = [];
  let end = 0;
  for (let rank = 0; rank < Math.max(named, drawn + 1); rank += 1) {
    const from = end;
    end += odds.chance(rank);
    const isDrawn = rank === drawn;
    if (rank < named || isDrawn) lots.push({ id: ids[rank], from, to: end, isDrawn });
  }
  return lots;
}

/**
 * The likeliest tokens behind a prompt, with their names. Yields between pieces; hands
 * over what there is twice: before and after the endings of words.
 * @param {LanguageModel} lm @param {string} prompt @param {number} named
 * @param {(weighed: Weighed) => void} found
 * @returns {Generator<void, void>}
 */
export function* weighing(lm, prompt, named, found) {
  const [reader, tokens] = [lm.reader(), lm.encode(prompt.trimEnd())];
  const sorted = sortScores(yield* reader.read(tokens));
  /** @type {Endings} */
  const endings = {};
  const names = namesOf(lm, sorted.ids);
  const odds = oddsOf(sorted);
  const weighed = { ids: sorted.ids, odds, ...names, endings, sorted };
  found(weighed);
  for (const token of sorted.ids.subarray(0, named)) {
    const ending = yield* likelyEnding(reader, tokens.length, token);
    if (ending) endings[token] = ending;
  }
  found(weighed);
}

/**
 * A token as a word, for who has not met tokens yet: without the space before it, and
 * with how it likely goes on.
 * @param {string} piece @param {string} [ending]
 */
export function wordOf(piece, ending = "") {
  return piece.trim() + ending || visiblePiece(piece);
}

/**
 * A token as it is sent and counted: its text, or the name of what is none.
 * @param {number} id @param {Pick<Weighed, "pieces" | "marks"> | null} weighed
 */
export function tokenText(id, weighed) {
  return weighed?.marks[id] ?? weighed?.pieces[id] ?? "";
}
