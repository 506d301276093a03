// The letters of a text stand still; only the borders between its pieces come and go.

import { element, setText } from "../lib/dom.js";
import { fillPiece, pieceParts } from "../lib/pieces.js";

/** @import { Token } from "../lib/joining.js" */

/**
 * How many of the smallest parts each token holds: a byte and a line break stand alone.
 * @param {Token} token
 */
function partsOf([piece, , mark]) {
  return mark === null ? [...piece].length : 1;
}

/** Which of the smallest parts begin a token. @param {Token[]} tokens */
export function beginnings(tokens) {
  return tokens.flatMap((token) =>
    Array.from({ length: partsOf(token) }, (_, i) => i === 0)
  );
}

/** @param {Token} token */
function spoken([piece, , mark]) {
  return mark ?? pieceParts(piece).map((part) => part.spoken).join("").trim();
}

/**
 * A row of letters. `update` takes the smallest parts of the text (as learned pieces
 * are none), and the tokens that they are joined to.
 * @param {string} label
 */
export function letters(label) {
  const told = element("p", { class: "ll-unseen" });
  const row = element("div", { "aria-hidden": "true" });
  const node = element("div", { class: "ll-letters", role: "group" }, row, told);
  node.setAttribute("aria-label", label);
  let written = "";
  /** @type {HTMLElement[]} */
  let places = [];

  /** A word stays in one line. @param {Token[]} parts */
  function write(parts) {
    row.replaceChildren();
    /** @type {HTMLElement} */
    let word = row;
    places = parts.map(([piece, , mark], i) => {
      if (i === 0 || piece === " " || parts[i - 1][0] === "\n") {
        word = element("span", { class: "ll-letters-word" });
        row.append(word);
      }
      const place = element("span", { class: "ll-letter" });
      fillPiece(place, piece, mark ?? undefined);
      word.append(place);
      if (piece === "\n") row.append(element("br"));
      return place;
    });
  }

  /** @param {Token[]} parts @param {Token[]} tokens */
  function update(parts, tokens) {
    const key = parts.map(([piece]) => piece).join("\0");
    if (key !== written) write(parts);
    written = key;
    const begins = beginnings(tokens);
    places.forEach((place, i) => {
      place.classList.toggle("ll-begins", begins[i]);
      place.classList.toggle("ll-ends", begins[i + 1] ?? true);
    });
    setText(told, tokens.map(spoken).join(" | "));
  }
  return { node, update };
}
