// A sentence with `code` in it, or *emphasis*, as elements.

import { element } from "./dom.js";

/** @typedef {{ text: string, tag: "code" | "em" | null }} Piece */

export const CODE = /(`[^`\n]+`)/;
export const EMPHASIS = /(\*[^*\s](?:[^*\n]*[^*\s])?\*)/;

/**
 * The pieces of a text, each with the element that it stands in, if any. None reaches
 * over a line break, and a sign that has no partner stays what it is.
 * @param {string} text @param {RegExp} kind
 */
export function marks(text, kind) {
  /** @type {Piece[]} */
  const pieces = text.split(kind).map((part, place) => {
    if (place % 2 === 0) return { text: part, tag: null };
    return { text: part.slice(1, -1), tag: kind === CODE ? "code" : "em" };
  });
  return pieces.filter((piece) => piece.text);
}

/** @param {string} text @param {RegExp} [kind] */
export function marked(text, kind = CODE) {
  const pieces = marks(text, kind);
  return pieces.map((one) => one.tag ? element(one.tag, {}, one.text) : one.text);
}
