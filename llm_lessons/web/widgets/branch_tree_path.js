// The path that was gone in a tree of forks.

import { control, counted, element, setText } from "../lib/dom.js";
import { percent } from "../lib/odds.js";
import { howRare, known } from "./branch_tree_forks.js";

/** @import { Model } from "../lib/widget_model.js" */
/** @import { Marks, Pieces } from "../lib/pieces.js" */
/** @import { Forks, Path } from "./branch_tree_forks.js" */
/**
 * @typedef {object} Gone
 * @property {string} prompt
 * @property {Path} path
 * @property {Pieces} _pieces
 * @property {Marks} _marks
 * @property {number} _sure from which chance on a token is as good as sure
 */

/**
 * The path that was gone, as a text and as a product.
 * @param {Model<Gone>} model @param {Forks["fork"]} fork
 */
export function pathLine(model, fork) {
  const about = { tabindex: "0", role: "group", "aria-label": "Text of this path" };
  const text = control("div", { class: "ll-text", ...about });
  const sum = element("p", { role: "status" });
  /** @param {string} message */
  function update(message) {
    const [path, pieces, marks] = [
      model.get("path"),
      model.get("_pieces"),
      model.get("_marks"),
    ];
    const spans = path.map((token) =>
      element("span", {}, marks[token] ?? pieces[token].replace(/\n/g, "↵\n"))
    );
    const prompt = element("span", { class: "ll-given" }, model.get("prompt"));
    text.replaceChildren(prompt, ...spans);
    text.scrollTop = text.scrollHeight;
    const chances = path.map((token, i) => {
      const { likeliest } = known(fork, path.slice(0, i));
      return new Map(likeliest).get(token) ?? 0;
    });
    const least = model.get("_sure");
    const open = chances.filter((chance) => chance < least);
    const sure = chances.length - open.length;
    const factors = open.map(percent);
    if (sure > 0) {
      factors.push(`${counted(sure, "flip")} of at least ${100 * least}\u00a0%`);
    }
    const product = howRare(chances.reduce((a, b) => a * b, 1));
    const sumUp = path.length > 1 ? `${factors.join(" × ")} = ${product}` : product;
    const start = "Choose a branch: its path stands here, with its chance.";
    const words = `Chance of this path, ${counted(path.length, "flip")}: ${sumUp}`;
    setText(sum, message || (path.length ? words : start));
  }
  return { node: element("div", { class: "ll-path" }, text, sum), update };
}
