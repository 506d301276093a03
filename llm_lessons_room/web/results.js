// What a leader takes home: what the room answered, as a table, without anybody's name.

import { visiblePiece } from "../../llm_lessons/web/lib/pieces.js";
import { leadOf } from "./kinds.js";

/** @import { Line } from "./kinds.js" */
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

/**
 * What came most often stands first.
 * @param {Record<string, number>} counts @returns {Line[]}
 */
export function inOrder(counts) {
  return Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .map(([name, n]) => [name.trim() || visiblePiece(name), n, ""]);
}

/** @param {Results} results @param {Tell} tell @returns {Row[]} */
export function rowsOf({ steps }, tell) {
  return steps.flatMap(({ kind, title, shown, tally }) => {
    const name = typeof shown.question === "string" ? shown.question : title;
    const lines = leadOf(kind).lines?.({ tally, shown, tell }) ?? [];
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
