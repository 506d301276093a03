// Tokens made visible: a space, a line break or a control character is a token too.

import { element } from "./dom.js";
import { NO_TEXT, SIGNS } from "./signs.js";

/** The texts of tokens, by their ids. @typedef {Record<number, string>} Pieces */
/** The names of those that are no text. @typedef {Record<number, string>} Marks */
/** How the words go on that they begin. @typedef {Record<number, string>} Endings */
/** @typedef {{ text: string, sign: boolean, spoken: string }} Part */

const NOT_SEEN = /[\p{Z}\p{C}]/u;

/** @param {string} piece */
export function pieceParts(piece) {
  /** @type {Part[]} */
  const parts = [];
  for (const character of piece) {
    const last = parts.at(-1);
    if (character in SIGNS) {
      const [text, spoken] = SIGNS[character];
      parts.push({ text, sign: true, spoken: ` ${spoken} ` });
    } else if (NOT_SEEN.test(character)) {
      const code = character.codePointAt(0) ?? 0;
      const hex = code.toString(16).toUpperCase().padStart(4, "0");
      const text = code < 32 ? String.fromCodePoint(0x2400 + code) : `⟨U+${hex}⟩`;
      parts.push({ text, sign: true, spoken: ` U+${hex} ` });
    } else if (last && !last.sign) {
      last.text += character;
      last.spoken += character;
    } else {
      // An accent that has no letter to sit on gets a dotted circle.
      const text = /\p{M}/u.test(character) ? `◌${character}` : character;
      parts.push({ text, sign: false, spoken: character });
    }
  }
  return parts.length ? parts : [{ text: NO_TEXT, sign: true, spoken: "nothing" }];
}

/** @param {string} piece @param {string} [mark] */
export function visiblePiece(piece, mark) {
  return mark ?? pieceParts(piece).map((part) => part.text).join("");
}

/**
 * Fill an element with a token: signs paler than letters, words for a screen reader.
 * How its word likely goes on is paler, too, and said to be likely.
 * @param {HTMLElement} node @param {string} piece @param {string} [mark]
 * @param {string} [ending]
 */
export function fillPiece(node, piece, mark, ending = "") {
  const parts = mark ? [{ text: mark, sign: true, spoken: mark }] : pieceParts(piece);
  const seen = element("bdi", { "aria-hidden": "true" });
  for (const part of parts) {
    seen.append(part.sign ? element("i", { class: "ll-sign" }, part.text) : part.text);
  }
  if (ending) seen.append(element("span", { class: "ll-ending" }, ending));
  const likely = ending ? `, likely ${likelyWord(piece, ending)}` : "";
  const spoken = parts.map((part) => part.spoken).join("").trim() + likely;
  node.replaceChildren(seen, element("span", { class: "ll-unseen" }, spoken));
  node.title = visiblePiece(piece, mark) + likely;
}

/** The word that a piece likely begins. @param {string} piece @param {string} ending */
export function likelyWord(piece, ending) {
  return (piece.match(/\p{L}*$/u)?.[0] ?? "") + ending;
}
