// Tokens as chips side by side: the piece, and its id below. Three tints take turns, so
// that neighbours differ; the frame of each chip tells them apart without colour.

import { control, element } from "./dom.js";
import { fillPiece } from "./pieces.js";
import "./strip.css" with { type: "text" };

/** @import { Token } from "./joining.js" */

const TINTS = 3;

/** @param {Token} token @param {number} place */
function chip([piece, id, mark], place) {
  const name = element("span", { class: "ll-chip-piece" });
  fillPiece(name, piece, mark ?? undefined);
  const tint = `ll-chip ll-tint-${place % TINTS}`;
  const number = element("small", {}, String(id));
  const node = element("span", { role: "listitem", class: tint }, name, number);
  return piece.endsWith("\n") ? [node, element("br")] : [node];
}

/**
 * `update` takes tokens as [piece, id, name of what is no text]. Chips that stay are
 * left alone: only what follows the first difference is made anew.
 * @param {string} label
 */
export function strip(label) {
  const list = element("div", { role: "list", "aria-label": label });
  const about = {
    class: "ll-strip",
    tabindex: "0",
    role: "group",
    "aria-label": label,
  };
  const node = control("div", about, list);
  /** @type {Token[]} */
  let shown = [];
  /** @type {HTMLElement[][]} */
  const chips = [];

  /** @param {Token[]} tokens */
  function update(tokens) {
    let same = 0;
    /** @param {number} i */
    const isSame = (i) => tokens[i].every((part, k) => part === shown[i][k]);
    while (same < Math.min(tokens.length, shown.length) && isSame(same)) same += 1;
    for (const old of chips.splice(same).flat()) old.remove();
    const fresh = tokens.slice(same).map((token, i) => chip(token, same + i));
    list.append(...fresh.flat());
    chips.push(...fresh);
    shown = tokens;
  }
  return { node, update };
}
