// The class model's odds of the next token of a prompt; and a coin that nobody can
// foresee.

import { likelyEnding, namesOf } from "../../../llm_lessons/web/answers/words.js";
import { oddsOf, sortScores } from "../../../llm_lessons/web/lib/odds.js";
import { visiblePiece } from "../../../llm_lessons/web/lib/pieces.js";
import { useFjord } from "./fjord.js";

/** @import { LanguageModel } from "../../../llm_lessons/web/engine/model.js" */
/** @import { Context } from "../moment.js" */
/** @import { Odds, Sorted } from "../../../llm_lessons/web/lib/odds.js" */
/** @import { Endings, Marks, Pieces } from "../../../llm_lessons/web/lib/pieces.js" */
/**
 * The odds of the next token.
 * @typedef {object} NextToken
 * @property {Int32Array} ids the likeliest first
 * @property {Odds} odds @property {Pieces} pieces @property {Marks} marks
 * @property {Endings} endings @property {Sorted} sorted the scores
 */

/** A real coin: 32 bits that nobody can tell before. */
export function realCoin() {
  return crypto.getRandomValues(new Uint32Array(1))[0] / 2 ** 32;
}

/**
 * The likeliest tokens behind a prompt, with their names. Yields between pieces; hands
 * over what there is twice: before and after the endings of words.
 * @param {LanguageModel} lm @param {string} prompt @param {number} named
 * @param {(next: NextToken) => void} onFound
 * @returns {Generator<void, void>}
 */
export function* readNextToken(lm, prompt, named, onFound) {
  const [reader, tokens] = [lm.reader(), lm.encode(prompt.trimEnd())];
  const sorted = sortScores(yield* reader.read(tokens));
  /** @type {Endings} */
  const endings = {};
  const names = namesOf(lm, sorted.ids);
  const odds = oddsOf(sorted);
  const next = { ids: sorted.ids, odds, ...names, endings, sorted };
  onFound(next);
  for (const token of sorted.ids.subarray(0, named)) {
    const ending = yield* likelyEnding(reader, tokens.length, token);
    if (ending) endings[token] = ending;
  }
  onFound(next);
}

/**
 * What the class model on this device gives the tokens behind a prompt, once it is
 * asked. `changed` is called when more of it is known, or will not be.
 * @param {Context} context @param {number} named @param {() => void} changed
 */
export function nextTokens(context, named, changed) {
  const fjord = useFjord(context, changed);
  /** @type {NextToken | null} */
  let next = null;
  let current = "";

  /** @param {NextToken} now */
  function onFound(now) {
    next = now;
    changed();
  }

  /** @param {string} prompt */
  function ask(prompt) {
    fjord.retry();
    if (prompt === current) return;
    [current, next] = [prompt, null];
    fjord.ask((lm) => readNextToken(lm, prompt, named, onFound));
  }
  const isMissing = () => fjord.state() === "missing";
  return { ask, now: () => next, isMissing, stop: fjord.stop };
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
 * @param {number} id @param {Pick<NextToken, "pieces" | "marks"> | null} next
 */
export function tokenText(id, next) {
  return next?.marks[id] ?? next?.pieces[id] ?? "";
}
