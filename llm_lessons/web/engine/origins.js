// What of a text Fjordby has word for word, as far as a page can know: by the bits that
// the pieces of Fjordby set. Beside `measuring/reading.py`,
// `measuring/origins.py` and `pages/origins_script.py`.

import { PIECE_TOKENS, STRETCH_TOKENS } from "../lib/origin_lengths.js";

/** @import { Tokenizer } from "./tokenizer.js" */
/**
 * How often a piece is taken for Fjordby's that is not; the share of new tokens that
 * are marked; by how many tokens a mark reaches too far.
 * @typedef {{ piece: number, token: number, edge: number }} Errors
 */
/** `bits` in base64. @typedef {{ bits: string, errors: Errors }} PackedReading */
/**
 * A text, the number of its stretch or -1 for what is new, and its tokens.
 * @typedef {[string, number, number]} Part
 */

/**
 * A number of 32 bits for a piece.
 * @param {number[]} ids @param {number} at where the piece begins
 */
function fingerprint(ids, at) {
  let found = 0x811c9dc5;
  for (let i = at; i < at + PIECE_TOKENS; i += 1) {
    found = Math.imul(found ^ ids[i], 0x9e3779b1);
    found ^= found >>> 15;
  }
  return found >>> 0;
}

/** Another number made of it. @param {number} print */
function mixed(print) {
  let found = Math.imul(print ^ (print >>> 16), 0x85ebca6b);
  found = Math.imul(found ^ (found >>> 13), 0xc2b2ae35);
  return (found ^ (found >>> 16)) >>> 0;
}

/**
 * For each place at which a piece begins, whether Fjordby seems to have it.
 * @param {PackedReading} packed
 * @returns {(ids: number[]) => boolean[]}
 */
export function readingOf({ bits }) {
  const bytes = atob(bits); // as letters of a text, which is all that one look takes
  const size = 8 * bytes.length;
  const isSet = (/** @type {number} */ place) =>
    (bytes.charCodeAt(place >> 3) >> (place & 7)) & 1;
  return (ids) => {
    const count = Math.max(0, ids.length - PIECE_TOKENS + 1);
    return Array.from({ length: count }, (_, at) => {
      const print = fingerprint(ids, at);
      return isSet(print % size) !== 0 && isSet(mixed(print) % size) !== 0;
    });
  };
}

/**
 * The places of the tokens that count as read, stretch by stretch: where each begins,
 * and where it is over.
 * @param {boolean[]} hits for each piece, whether Fjordby has it
 */
function stretches(hits) {
  /** @type {[number, number][]} */
  const found = [];
  let first = 0;
  for (let i = 0; i <= hits.length; i += 1) {
    if (hits[i]) continue;
    if (i - first > STRETCH_TOKENS - PIECE_TOKENS) {
      found.push([Math.max(first, found.at(-1)?.[1] ?? 0), i + PIECE_TOKENS - 1]);
    }
    first = i + 1;
  }
  return found;
}

/**
 * A text in its parts: those that Fjordby has, and what is new.
 * @param {Tokenizer} tokenizer @param {(ids: number[]) => boolean[]} reading
 * @param {string} before what the text goes on from; it is not told
 * @param {string} text
 */
export function originOf(tokenizer, reading, before, text) {
  const ids = tokenizer.encode(before + text);
  const labels = ids.map(() => -1);
  for (const [number, [begin, end]] of stretches(reading(ids)).entries()) {
    labels.fill(number, begin, end);
  }
  return partsOf([...tokenizer.decodeStream(ids)], labels, before.length);
}

/**
 * Neighbouring tokens of one label together. Of a token that lies in what is given
 * nothing is told; of one that reaches beyond it, the rest. A character of several
 * bytes belongs to its last.
 * @param {string[]} pieces @param {number[]} labels @param {number} given letters
 */
function partsOf(pieces, labels, given) {
  /** @type {Part[]} */
  const parts = [];
  let end = 0;
  for (const [i, label] of labels.entries()) {
    const piece = pieces[i];
    const text = piece.slice(Math.max(0, given - end));
    end += piece.length;
    if (end < given || (end === given && piece)) continue;
    const last = parts.at(-1);
    if (last?.[1] === label) {
      parts[parts.length - 1] = [last[0] + text, label, last[2] + 1];
    } else parts.push([text, label, 1]);
  }
  return parts;
}
