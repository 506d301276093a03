// The branches of a tree as a screen reader and the keyboard find them: a list of
// items, and behind the branch that was taken the next list.

import { control, element } from "../lib/dom.js";
import { percent } from "../lib/odds.js";
import { visiblePiece } from "../lib/pieces.js";
import { onOneLine } from "../lib/signs.js";
import { howRare } from "./branch_tree_forks.js";

/** @import { Marks, Pieces } from "../lib/pieces.js" */
/** @import { Item, Level } from "./branch_tree_forks.js" */
/** @typedef {{ pieces: Pieces, marks: Marks }} Names */
/** @typedef {Item & { node: HTMLElement, row: HTMLElement }} Placed */
/** @typedef {{ list: HTMLElement, placed: Placed[] }} Fork */

/**
 * The words of a branch: the token itself, and in a paler ink those that surely follow.
 * They read as in a sentence; what is only spaces is still seen.
 * @param {Item} item @param {Names} names
 */
function wordsOf({ tokens, others }, { pieces, marks }) {
  if (tokens.length === 0) {
    return [`all ${others.toLocaleString("en")} others`, ""];
  }
  const words = tokens.map((token) =>
    marks[token] ?? onOneLine(pieces[token]).replace(/\s/g, " ")
  );
  if (words.join("").trim() === "") {
    return [tokens.map((token) => visiblePiece(pieces[token])).join(""), ""];
  }
  const [first, ...rest] = words;
  return first.trim()
    ? [first.trimStart(), rest.join("")]
    : ["", words.join("").trim()];
}

/** Few digits: the words need the room. @param {number} chance */
export function shortPercent(chance) {
  const isMiddling = chance >= 0.1 && chance < 0.99;
  return isMiddling ? `${Math.round(100 * chance)}\u00a0%` : percent(chance);
}

/**
 * What an item is, written on it: anew when the kernel has read on, for then more
 * tokens may be known to follow surely.
 * @param {Placed} placed @param {Item} item @param {Names} names
 */
function fill(placed, item, names) {
  Object.assign(placed, item);
  const [first, rest] = wordsOf(item, names);
  const [chance, whole] = [percent(item.chance), howRare(item.product)];
  const spoken = item.tokens.length > 0 ? `“${first}${rest}”` : first;
  const name = element("span", { class: "ll-name" }, first);
  name.append(element("span", { class: "ll-sure" }, rest));
  const short = element("span", { class: "ll-chance" }, shortPercent(item.chance));
  placed.row.replaceChildren(name, short);
  placed.row.title = `${first}${rest} ${chance}`;
  placed.row.classList.toggle("ll-rest", item.tokens.length === 0);
  placed.node.setAttribute("aria-label", `${spoken}, ${chance}, whole path ${whole}`);
}

/**
 * @param {Item} item @param {Names} names @param {number} level
 * @param {number} place @param {number} size
 */
function itemNode(item, names, level, place, size) {
  const row = element("div", { class: "ll-row", "aria-hidden": "true" });
  const node = control("li", {
    role: "treeitem",
    tabindex: "-1",
    "aria-level": level,
    "aria-selected": "false",
    "aria-posinset": place,
    "aria-setsize": size,
  }, row);
  /** @type {Placed} */
  const placed = { ...item, node, row };
  fill(placed, item, names);
  return placed;
}

/**
 * The lists of all forks on the screen. Those that stay are left as they are: the one
 * item that has the focus keeps it.
 * @param {HTMLElement} root @param {() => Names} names
 */
export function treeItems(root, names) {
  /** @type {Map<string, Fork>} */
  const forks = new Map();
  /** @type {Map<Element, Placed>} */
  const byNode = new Map();

  /** @param {Level} level @param {number} depth */
  function forkOf({ parent, items }, depth) {
    const found = forks.get(parent.key);
    found?.placed.forEach((one, i) => {
      if (one.path.length !== items[i].path.length) fill(one, items[i], names());
    });
    if (found) return found;
    const placed = items.map((item, i) =>
      itemNode(item, names(), depth + 1, i + 1, items.length)
    );
    const list = depth === 0 ? root : element("ul", { role: "group" });
    list.append(...placed.map(({ node }) => node));
    for (const one of placed) byNode.set(one.node, one);
    const made = { list, placed };
    forks.set(parent.key, made);
    return made;
  }
  /** @param {Level[]} levels */
  function drop(levels) {
    const keys = new Set(levels.map(({ parent }) => parent.key));
    for (const [key, { list, placed }] of forks) {
      if (keys.has(key)) continue;
      if (list === root) root.replaceChildren();
      else list.remove();
      for (const { node } of placed) byNode.delete(node);
      forks.delete(key);
    }
  }
  /**
   * All branches on the screen, and which one was taken last. Without levels all are
   * forgotten: those of another text are other ones, whatever their keys.
   * @param {Level[]} levels
   */
  function update(levels) {
    drop(levels);
    /** @type {Placed | undefined} */
    let end;
    const all = levels.map((level, depth) => {
      const { list, placed } = forkOf(level, depth);
      if (end && list.parentElement !== end.node) end.node.append(list);
      end = placed.find(({ key }) => key === level.taken?.key);
      for (const one of placed) {
        const isOpen = one === end && depth + 1 < levels.length;
        if (one.canOpen) one.node.setAttribute("aria-expanded", String(isOpen));
      }
      return placed;
    });
    const last = levels.findLast(({ taken }) => taken)?.taken;
    return { placed: all, end: all.flat().find(({ key }) => key === last?.key) };
  }
  return { update, itemOf: (/** @type {Element} */ node) => byNode.get(node) };
}
