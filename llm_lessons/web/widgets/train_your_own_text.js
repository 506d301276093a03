// From what somebody typed, pasted or dropped to lines that a model can learn from; or
// to a sentence that says what to do.

import { Refusal } from "../engine/refusal.js";
import { coin } from "../engine/sampling.js";

/** What a model is made from: lines to read, and lines that are kept aside. */
/** @typedef {{ read: string[], aside: string[] }} Parted */

const FEWEST_LINES = 10;
export const MOST_BYTES = 200_000;
const LONGEST_LINE = 60; // letters; a longer one is cut at a space
const MOST_LETTERS = 200; // different ones; all others become one sign
const SHARE_ASIDE = 0.1;
const ORDER = 1; // the seed of who is kept aside
const LINE_ENDS = /\r\n|[\r\n\u2028\u2029]/;
/** The token that begins and ends a line. */
export const EDGE = 0;
/** What stands for all letters that are too rare. */
export const RARE = "\ufffd";

/** What can't be learned from, and what to say where it stands in which line. */
/** @type {[RegExp, (line: number, sign: string) => string][]} */
const UNREADABLE = [
  [
    /\p{Surrogate}/u,
    (line) =>
      `Line ${line} holds half a sign, as where an emoji was cut in two. Delete it, ` +
      "or paste the text anew.",
  ],
  [
    /\ufffd/u,
    (line) =>
      `Line ${line} holds the sign “\ufffd”: a letter that could not be read. Save ` +
      "the file as UTF-8, or delete the sign.",
  ],
  [
    /[^\P{Cc}\t]/u,
    (line, sign) =>
      `Line ${line} holds a control character, U+${
        sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")
      }. Delete it; if it was a file, take one of plain text.`,
  ],
];

/** @param {number} size in bytes */
export function tooLarge(size) {
  const large = Math.ceil(size / 1000).toLocaleString("en");
  return `This is ${large} KB of text, and there is room for ` +
    `${MOST_BYTES / 1000}. Keep a part of it.`;
}

/**
 * A file's text: UTF-8, or what other programs of Windows save.
 * @param {ArrayBuffer} bytes
 */
export function textFrom(bytes) {
  const [first, second] = new Uint8Array(bytes);
  if (first === 0xff && second === 0xfe) {
    return new TextDecoder("utf-16le").decode(bytes);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/**
 * The different lines of a text, without spaces at their ends; a long one is cut.
 * @param {string} text @param {number} [most] bytes that it may have
 * @returns {string[]}
 * @throws {Refusal} nothing can be learned from it; the sentence says what to do
 */
export function linesOf(text, most = MOST_BYTES) {
  const size = new TextEncoder().encode(text).length;
  if (size > most) throw new Refusal(tooLarge(size));
  const all = text.replace(/^\ufeff/, "").split(LINE_ENDS);
  all.forEach((line, i) => {
    for (const [signs, sentence] of UNREADABLE) {
      const found = line.match(signs);
      if (found) throw new Refusal(sentence(i + 1, found[0]));
    }
  });
  const tidy = all.map((line) => line.normalize("NFC").replace(/\s+/gu, " ").trim());
  const lines = [...new Set(tidy.filter((line) => line).flatMap(cut))];
  const trouble = whatIsMissing(lines);
  if (trouble) throw new Refusal(trouble);
  return lines;
}

/** @param {string[]} lines different ones */
function whatIsMissing(lines) {
  const different = lines.length;
  if (!different) {
    return `The box is empty. Write ${FEWEST_LINES} lines or more, or choose a list.`;
  }
  const letters = new Set(lines.join(""));
  if (letters.size === 1) {
    return `All of it is one letter, “${lines[0][0]}”, so there is nothing to guess. ` +
      "Write words of several letters.";
  }
  if (different >= FEWEST_LINES) return "";
  return `Different lines so far: ${different}. It takes ${FEWEST_LINES}: write ` +
    `${FEWEST_LINES - different} more, each word or name on a line of its own.`;
}

/**
 * A line in pieces that are short enough, cut at a space where there is one.
 * @param {string} line @returns {string[]}
 */
function cut(line) {
  const letters = [...line];
  /** @type {string[]} */
  const pieces = [];
  let start = 0;
  while (letters.length - start > LONGEST_LINE) {
    const space = letters.lastIndexOf(" ", start + LONGEST_LINE);
    const end = space > start ? space : start + LONGEST_LINE;
    pieces.push(letters.slice(start, end).join(""));
    start = space > start ? end + 1 : end;
  }
  return [...pieces, letters.slice(start).join("")].filter((piece) => piece);
}

/**
 * The numbers from 0 on, so many of them, in an order that depends on the seed alone.
 * @param {number} count @param {number} seed
 */
export function shuffled(count, seed) {
  const order = Int32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i -= 1) {
    const other = Math.floor(coin(seed, i) * (i + 1));
    [order[i], order[other]] = [order[other], order[i]];
  }
  return order;
}

/**
 * One line in ten is kept aside and never learned from: always the same ones.
 * @param {string[]} lines @returns {Parted}
 */
export function parted(lines) {
  const count = Math.max(1, Math.round(SHARE_ASIDE * lines.length));
  const isAside = new Set(shuffled(lines.length, ORDER).subarray(0, count));
  return {
    read: lines.filter((_, i) => !isAside.has(i)),
    aside: lines.filter((_, i) => isAside.has(i)),
  };
}

/**
 * The letters that get a token of their own, the most frequent ones first; behind them
 * the sign for all others, where there are others.
 * @param {string[]} lines
 */
export function lettersOf(lines) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const line of lines) {
    for (const letter of line) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  }
  const all = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  const kept = all.slice(0, MOST_LETTERS).map(([letter]) => letter);
  return all.length > kept.length ? [...kept, RARE] : kept;
}

/**
 * A line as tokens, between two edges.
 * @param {string} line @param {string[]} letters @returns {number[]}
 */
export function tokensOf(line, letters) {
  const ids = idsOf(letters);
  const rare = letters.length;
  return [EDGE, ...Array.from(line, (letter) => ids.get(letter) ?? rare), EDGE];
}

/** @type {WeakMap<string[], Map<string, number>>} */
const known = new WeakMap();

/** @param {string[]} letters */
function idsOf(letters) {
  const ids = known.get(letters) ??
    new Map(letters.map((letter, i) => [letter, i + 1]));
  known.set(letters, ids);
  return ids;
}

/** @param {number[]} tokens @param {string[]} letters */
export function textOfTokens(tokens, letters) {
  return tokens.map((token) => token === EDGE ? "" : letters[token - 1]).join("");
}
