// What a leader takes home: what the room answered, as a table and as a picture to be
// shared, without anybody's name.

import { element } from "../../llm_lessons/web/lib/dom.js";
import { visiblePiece } from "../../llm_lessons/web/lib/pieces.js";
import { leadOf } from "./kinds.js";

/** @import { Line } from "./kinds.js" */
/** @import { Tell } from "./words.js" */
/**
 * A step that was answered; `rounds`: how many answered in each. `people`: what each
 * answered to the six questions, by a code.
 * @typedef {{ id: string, kind: string, title: string,
 *   shown: Record<string, unknown>, tally: Record<string, unknown> }} Played
 * @typedef {{ title: string, seats: number, steps: Played[],
 *   people?: Record<string, unknown>[] }} Results
 * The step or its question, what of it, and two numbers: before and after, or how many
 * were right of how many.
 * @typedef {[string, string, number, number | ""]} Row
 */

const [WIDE_PICTURE, TALL_PICTURE, MARGIN] = [1200, 630, 70]; // as links show pictures
const TITLE_FONT = '"Lessons Head", system-ui, sans-serif';
const TEXT_FONT = '"Lessons Text", system-ui, sans-serif';
const [INK, PAPER, PALE] = ["#1a1a1a", "#ffffff", "#5a5a5a"];

/**
 * What came most often stands first.
 * @param {Record<string, number>} counts
 * @param {Record<string, string>} [names] of pieces, as phones showed them
 * @returns {Line[]}
 */
export function inOrder(counts, names = {}) {
  return Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .map(([piece, n]) => [names[piece] || piece.trim() || visiblePiece(piece), n, ""]);
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

/** What the picture says, line by line. @param {Results} results @param {Tell} tell */
export function linesOf({ seats, steps }, tell) {
  const kinds = steps.map(({ kind }) => kind);
  const firsts = steps.filter(({ kind }, i) => kinds.indexOf(kind) === i);
  const lines = firsts.map(({ kind, tally }) =>
    leadOf(kind).summary?.(tally, tell) ?? ""
  );
  return [tell("results_people", { n: seats }), ...lines].filter(Boolean);
}

/**
 * A text in lines that are no wider than there is room for.
 * @param {string} text @param {(text: string) => boolean} fits
 */
function wrapped(text, fits) {
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(" ")) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && fits(longer)) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** The colour of this project on paper, whatever the page's ground. */
function colourOnPaper() {
  const probe = element("i");
  Object.assign(probe.style, { color: "var(--ll-chance)", colorScheme: "light" });
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** @param {Results} results @param {Tell} tell @returns {Promise<Blob>} a PNG */
export async function pictureOfResults(results, tell) {
  await Promise.all(
    [TITLE_FONT, TEXT_FONT].map((font) => document.fonts.load(`26px ${font}`)),
  );
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [WIDE_PICTURE, TALL_PICTURE];
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const colour = colourOnPaper();
  pen.fillStyle = PAPER;
  pen.fillRect(0, 0, WIDE_PICTURE, TALL_PICTURE);
  pen.fillStyle = colour;
  pen.fillRect(0, 0, 18, TALL_PICTURE);
  let y = MARGIN + 40;
  /** @param {string} text @param {number} size @param {string} colour */
  function write(text, size, colour, font = TEXT_FONT) {
    pen.font = `700 ${size}px ${font}`;
    pen.fillStyle = colour;
    const room = WIDE_PICTURE - 2 * MARGIN;
    for (const line of wrapped(text, (font) => pen.measureText(font).width <= room)) {
      pen.fillText(line, MARGIN, y, room);
      y += 1.25 * size;
    }
    y += 0.5 * size;
  }
  write(tell("results_title"), 54, colour, TITLE_FONT);
  for (const line of linesOf(results, tell)) write(line, 36, INK);
  y = Math.max(y, TALL_PICTURE - MARGIN);
  write(new Date().toLocaleDateString(document.documentElement.lang), 26, PALE);
  return new Promise((done, fail) => {
    canvas.toBlob((blob) => blob ? done(blob) : fail(new Error("No picture came.")));
  });
}
