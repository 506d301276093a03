// The widget: a slider for the size, a box to type into, and the text in pieces. All of
// it is arithmetic, done here.

import { counted, element, setText } from "../lib/dom.js";
import { joiner } from "../lib/joining.js";
import { eachFrame, setTrait } from "../lib/widget_model.js";
import { fillPiece } from "../lib/pieces.js";
import { slider } from "../lib/sliders.js";
import { textBox } from "../lib/text_box.js";
import { letters } from "./growing_vocabulary_letters.js";
import "./token_strip.css" with { type: "text" };
import "./growing_vocabulary.css" with { type: "text" };

/** @import { Model, View } from "../lib/widget_model.js" */
/**
 * @typedef {object} Traits
 * @property {string} text
 * @property {number} size tokens of the vocabulary
 * @property {string[]} _pieces joined ones, as they were learned
 * @property {string[]} _letters single ones, as their ids follow
 * @property {number} _first id of the first joined piece
 */

const LONGEST = 400; // characters that are cut, so that each frame has time for them
const LATEST = 6; // of the pieces learned last, so many are named

/**
 * Sizes to stop at: each piece at first, then steps that grow.
 * @param {number} fewest @param {number} most
 */
export function sizeStops(fewest, most) {
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
    heard: () => model.get("text"),
    message: () =>
      [...model.get("text")].length > LONGEST
        ? `Only the first ${LONGEST} characters are cut below.`
        : "",
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

export default { render };
