// What a leader takes home: what the room answered, as a table, without anybody's name.

import { visiblePiece } from "../lib/pieces.js";

/** @import { RightOf, Side } from "./activities/right_share.js" */
/** @import { Tell } from "./words.js" */
/**
 * A step that was answered; `rounds`: how many answered in each.
 * @typedef {{ id: string, kind: string, title: string,
 *   shown: Record<string, unknown>, tally: Record<string, unknown> }} Played
 * @typedef {{ title: string, seats: number, steps: Played[] }} Results
 * The step or its question, what of it, and two numbers: before and after, or how many
 * were right of how many.
 * @typedef {[string, string, number, number | ""]} Row
 */
/** What of it, and two numbers. @typedef {[string, number, number | ""]} Line */
/** @typedef {{ tally: any, shown: any, tell: Tell }} Asked */

/** @param {Asked} asked @returns {Line[]} */
function ofGuess({ tally: { before, after }, shown }) {
  const choices = /** @type {string[]} */ (shown.choices);
  return choices.map((name, i) => [name, before?.[i] ?? 0, after?.[i] ?? 0]);
}

/** @param {Asked} asked @returns {Line[]} */
function ofStories({ tally, shown: { temperatures = [1] }, tell }) {
  const rounds = /** @type {number[]} */ (tally.rounds);
  return rounds.map((n, i) => [tell("results_at", { n: temperatures[i] }), n, ""]);
}

/** @param {Asked} asked @returns {Line[]} */
function ofMarbles({ tally, tell }) {
  const halves = /** @type {{ right: number[], asked: number[] }[]} */ (tally.halves);
  return halves.flatMap(({ right, asked }, half) => {
    const way = tell(half ? "typed_steps" : "typed_once");
    return right.map((
      n,
      i,
    ) => /** @type {Line} */ ([`${i + 1} · ${way}`, n, asked[i]]));
  });
}

/** @param {Asked} asked @returns {Line[]} */
function ofBook({ tally, tell }) {
  const names = [tell("results_closed"), tell("typed_without"), tell("typed_with")];
  /** @type {(RightOf | undefined)[]} */
  const pairs = [tally.closed, tally.without, tally.with];
  return pairs.flatMap((pair, i) =>
    pair ? [/** @type {Line} */ ([names[i], pair.right, pair.asked])] : []
  );
}

/** @param {Asked} asked @returns {Line[]} */
function ofTen({ tally, tell }) {
  const [before, after] = /** @type {Side[]} */ ([tally.before, tally.after]);
  return before.scores.map((n, score) => [
    tell("typed_score", { n: score }),
    n,
    after.scores[score],
  ]);
}

/** @type {Record<string, (asked: Asked) => Line[]>} */
const BY_KIND = {
  coin: ({ tally }) => inOrder(tally.drawn),
  next_word: ({ tally }) => inOrder(Object.fromEntries(tally.words)),
  temperature: ({ tally }) => inOrder(timesOf(tally.values)),
  guess: ofGuess,
  stories: ofStories,
  marbles: ofMarbles,
  book: ofBook,
  ten: ofTen,
};

/** @param {Record<string, number>} counts @returns {Line[]} */
function inOrder(counts) {
  return Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .map(([name, n]) => [name.trim() || visiblePiece(name), n, ""]);
}

/** @param {number[]} values */
function timesOf(values) {
  /** @type {Record<string, number>} */
  const times = {};
  for (const value of values) times[value] = (times[value] ?? 0) + 1;
  return times;
}

/** @param {Results} results @param {Tell} tell @returns {Row[]} */
export function rowsOf({ steps }, tell) {
  return steps.flatMap(({ kind, title, shown, tally }) => {
    const name = typeof shown.question === "string" ? shown.question : title;
    const lines = BY_KIND[kind]?.({ tally, shown, tell }) ?? [];
    return lines.map((line) => /** @type {Row} */ ([name, ...line]));
  });
}

/**
 * A cell as every program reads it. What a phone wrote is text there, and no formula.
 * @param {string | number} value
 */
function cell(value) {
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return `"${text.replaceAll('"', '""')}"`;
}

/**
 * A table as a file (RFC 4180), with the mark that has Excel read it as UTF-8.
 * @param {string[]} heads @param {Row[]} rows
 */
export function csvOf(heads, rows) {
  const lines = [heads, ...rows].map((row) => row.map(cell).join(","));
  return `\ufeff${lines.join("\r\n")}\r\n`;
}
