// Tokens as chips side by side: the piece, and its id below. A byte has a dashed frame.

import { control, element } from "./dom.js";
import { fillPiece } from "./pieces.js";
import "./strip.css" with { type: "text" };

/** @import { Token } from "./joining.js" */

/** @param {Token} token */
function chip([piece, id, mark]) {
  const name = element("span", { class: "ll-chip-piece" });
  fillPiece(name, piece, mark ?? undefined);
  const kind = mark ? "ll-chip ll-chip-byte" : "ll-chip";
  const number = element("small", {}, String(id));
  const node = element("span", { role: "listitem", class: kind }, name, number);
  return piece.endsWith("\n") ? [node, element("br")] : [node];
}

/**
 * `update` takes tokens as [piece, id, name of what is no text]. Chips that stay are
 * left alone: only what follows the first difference is made anew.
 * @param {string} label
 */
export function strip(label) {
  const list = element("div", { role: "list", "aria-label": label });
  const about = { tabindex: "0", role: "group", "aria-label": label };
  const node = control("div", { class: "ll-strip", ...about }, list);
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
    const fresh = tokens.slice(same).map(chip);
    list.append(...fresh.flat());
    chips.push(...fresh);
    shown = tokens;
  }
  return { node, update };
}
