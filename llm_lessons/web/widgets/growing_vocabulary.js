// The widget: a slider for the size, a box to type into, and the text in pieces: its
// letters stand still, only the borders come and go. All of it is arithmetic, done
// here.

import { counted, element, setText } from "../lib/dom.js";
import { joiner } from "../lib/joining.js";
import { kept } from "../lib/keeping.js";
import { fillPiece, pieceParts } from "../lib/pieces.js";
import { slider } from "../lib/sliders.js";
import { textBox } from "../lib/text_box.js";
import { eachFrame, setTrait } from "../lib/widget_model.js";
import "./token_strip.css" with { type: "text" };
import "./growing_vocabulary.css" with { type: "text" };

/** @import { Token } from "../lib/joining.js" */
/** @import { Model, View } from "../lib/widget_model.js" */
/**
 * How many of the smallest parts each token holds: a byte and a line break stand alone.
 * @param {Token} token
 */
function partsOf([piece, , mark]) {
  return mark === null ? [...piece].length : 1;
}

/** Which of the smallest parts begin a token. @param {Token[]} tokens */
function beginnings(tokens) {
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
function letters(label) {
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

/**
 * @typedef {{ text: string, size: number, _pieces: string[], _letters: string[],
 *   _first: number }} Traits
 */

const LONGEST = 400; // characters that are cut, so that each frame has time for them
const LATEST = 6; // of the pieces learned last, so many are named

/**
 * Sizes to stop at: each piece at first, then steps that grow.
 * @param {number} fewest @param {number} most
 */
function sizeStops(fewest, most) {
  const stops = new Set([fewest, most]);
  for (let step = 1; fewest + step < most; step = Math.ceil(step * 1.06)) {
    stops.add(fewest + step);
  }
  return [...stops].sort((a, b) => a - b);
}

/** @param {Model<Traits>} model @param {number} fewest @param {number} most */
function sizeSlider(model, fewest, most) {
  const stops = sizeStops(fewest, most);
  const range = { min: 0, max: stops.length - 1, step: 1 };
  const { node, update } = slider(
    "Tokens in the vocabulary",
    range,
    (position) => setTrait(model, "size", stops[position]),
  );
  return {
    node,
    /** @param {number} size @param {number} length */
    update(size, length) {
      const next = stops.findIndex((stop) => stop >= size);
      const text = size.toLocaleString("en");
      update(next, text, `${text}; the text takes ${counted(length, "token")}`);
    },
  };
}

function latestPieces() {
  const names = Array.from({ length: LATEST }, () => element("code"));
  const node = element("p", { class: "ll-latest" });
  /** @param {string[]} pieces */
  function update(pieces) {
    const latest = pieces.slice(-LATEST).reverse();
    names.forEach((name, i) => latest[i] && fillPiece(name, latest[i]));
    const shown = names.slice(0, latest.length).flatMap((name) => [" ", name]);
    const title = latest.length
      ? "Learned last:"
      : "Nothing learned yet: single letters.";
    node.replaceChildren(title, ...shown);
  }
  return { node, update };
}

/** @param {View<Traits>} view */
function render({ model, el }) {
  const [pieces, single] = [model.get("_pieces"), model.get("_letters")];
  const fewest = model.get("_first") + single.length;
  const cut = joiner(pieces, single, model.get("_first"));
  const frames = eachFrame(model, draw);
  const box = textBox(model, {
    trait: "text",
    label: "Your text",
    pause: 0,
    answer: () => {
      const isLong = [...model.get("text")].length > LONGEST;
      const why = isLong ? `Only the first ${LONGEST} characters are cut below.` : "";
      return { isHeard: true, why };
    },
    redraw: frames.redraw,
  });
  const size = sizeSlider(model, fewest, fewest + pieces.length);
  const count = element("span", { class: "ll-count" });
  const head = element("p", {}, element("strong", {}, "The text in pieces"), count);
  const [latest, row] = [latestPieces(), letters("The text in pieces")];
  const section = element("section", {}, head, row.node);
  const parts = [size.node, latest.node, box.node, section];
  el.append(element("div", { class: "ll-widget ll-token-strip ll-growing" }, ...parts));

  function draw() {
    box.update();
    const learned = model.get("size") - fewest;
    const text = [...model.get("text")].slice(0, LONGEST).join("");
    const tokens = cut(text, learned);
    size.update(model.get("size"), tokens.length);
    latest.update(pieces.slice(0, learned));
    setText(count, counted(tokens.length, "token"));
    row.update(cut(text, 0), tokens);
  }
  draw();
  return () => [frames, box].forEach((part) => part.stop());
}

export default kept({ render });
