// The path that was gone in a tree of forks.

import { control, counted, element, setText } from "../lib/dom.js";
import { percent } from "../lib/odds.js";
import { withBreaks } from "../lib/signs.js";
import { howRare, known } from "./branch_tree_forks.js";

/** @import { Model } from "../lib/widget_model.js" */
/** @import { Marks, Pieces } from "../lib/pieces.js" */
/** @import { Forks, Path } from "./branch_tree_forks.js" */
/**
 * @typedef {object} Gone
 * @property {string} _shown the text that the paths go on from
 * @property {Path} path
 * @property {Pieces} _pieces
 * @property {Marks} _marks
 * @property {number} _sure from which chance on a token is as good as sure
 */

const START = "Choose a branch: it grows on, and its text stands here.";

/**
 * The chance of a path: the flips that were open, multiplied, and how many were as good
 * as sure.
 * @param {number[]} chances @param {number} least from which on a flip is sure
 */
export function productInWords(chances, least) {
  const open = chances.filter((chance) => chance < least);
  const sure = chances.length - open.length;
  const factors = open.map(percent);
  if (sure > 0) {
    factors.push(`${counted(sure, "flip")} of at least ${100 * least}\u00a0%`);
  }
  const product = howRare(chances.reduce((a, b) => a * b, 1));
  const sum = chances.length > 1 ? `${factors.join(" × ")} = ${product}` : product;
  return `Chance of this path, ${counted(chances.length, "flip")}: ${sum}`;
}

/**
 * The path that was gone, as a text and as a product. `say` puts a message in the
 * product's place, until it is empty again.
 * @param {Model<Gone>} model @param {Forks["fork"]} fork
 */
export function pathLine(model, fork) {
  const about = { tabindex: "0", role: "group", "aria-label": "Text of this path" };
  const text = control("div", { class: "ll-text", translate: "no", ...about });
  const sum = element("p", { class: "ll-status", role: "status" });
  let message = "";
  /** @type {[string, Path] | undefined} */
  let shown;

  function update() {
    const [path, least] = [model.get("path"), model.get("_sure")];
    const [pieces, marks] = [model.get("_pieces"), model.get("_marks")];
    const chances = path.map((token, i) => {
      const { likeliest } = known(fork, path.slice(0, i));
      return new Map(likeliest).get(token) ?? 0;
    });
    setText(sum, message || (path.length ? productInWords(chances, least) : START));
    const given = model.get("_shown");
    if (given === shown?.[0] && path === shown?.[1]) return;
    shown = [given, path];
    const spans = path.map((token, i) => {
      const words = marks[token] ?? withBreaks(pieces[token]);
      return element("span", chances[i] < least ? { class: "ll-flip" } : {}, words);
    });
    const prompt = element("span", { class: "ll-given" }, given);
    text.replaceChildren(prompt, ...spans);
    text.scrollTop = text.scrollHeight;
  }
  /** @param {string} words */
  function say(words) {
    message = words;
    update();
  }
  return { node: element("div", { class: "ll-path" }, text, sum), update, say };
}
