// The forks of a tree: what may come behind a path and how likely it is, and the list
// of items in which a screen reader and the keyboard find that.

import { control, element } from "../lib/dom.js";
import { percent } from "../lib/odds.js";
import { visiblePiece } from "../lib/pieces.js";
import { onOneLine } from "../lib/signs.js";

/** @import { Marks, Pieces } from "../lib/pieces.js" */
/** Ids of the tokens behind the prompt. @typedef {number[]} Path */
/** A token and its chance. @typedef {[number, number]} Branch */
/** @typedef {{ likeliest: Branch[], others: number, rest: number }} Fork */
/** @typedef {{ pieces: Pieces, marks: Marks }} Names */
/** @typedef {{ fork: Fork } & Names} Read */
/**
 * Those that were read ahead; `room`: how many tokens may stand before one.
 * @typedef {{ forks: Record<string, Fork>, room: number } & Names} FirstForks
 */
/**
 * @typedef {object} Forks
 * @property {(path: Path) => Fork | undefined} fork
 * @property {() => { sure: number, stops: number[], room: number }} about
 */
/**
 * A branch of a fork: a token and those that surely follow it, or all others together.
 * @typedef {object} Item
 * @property {string} key
 * @property {Path} path from the prompt to the branch's end
 * @property {number[]} tokens none for all others together
 * @property {number} others how many those are
 * @property {number} chance at this fork
 * @property {number} product of all chances on the path
 * @property {boolean} canOpen whether anything can come behind it
 */
/** @typedef {{ path: Path, product: number }} Parent */
/**
 * A fork that is on the screen, and which of its branches was taken.
 * @typedef {{ parent: Parent & { key: string }, items: Item[], taken?: Item }} Level
 */

/** @param {Path} path */
export const keyOf = (path) => path.join(".");

/**
 * A fork that the page has: its branches are on the screen.
 * @param {Forks["fork"]} fork @param {Path} path
 */
export function known(fork, path) {
  const read = fork(path);
  if (!read) throw new Error(`the fork ${keyOf(path)} has not been read`);
  return read;
}

/**
 * A chance in percent, or as one in so many where that says more.
 * @param {number} chance
 */
export function howRare(chance) {
  if (chance >= 0.001 || chance === 0) return percent(chance);
  return `1 in ${Number((1 / chance).toPrecision(2)).toLocaleString("en")}`;
}

/**
 * The tokens that follow a path as good as surely, with their chances.
 * @param {Omit<Forks, "about"> & {
 *   about: () => { sure: number, stops: number[] } }} tree
 * @param {Path} path
 * @returns {Branch[]}
 */
function sureTokens(tree, path) {
  const first = tree.fork(path)?.likeliest[0];
  if (!first) return [];
  const [token, chance] = first;
  const { sure, stops } = tree.about();
  if (chance < sure || stops.includes(token)) return [];
  return [[token, chance], ...sureTokens(tree, [...path, token])];
}

/** @param {Forks} tree @param {Parent} parent @param {Branch} branch @returns {Item} */
function tokenBranch(tree, parent, [token, first]) {
  const { stops, room } = tree.about();
  const start = [...parent.path, token];
  const surely = sureTokens(tree, start);
  const tokens = [token, ...surely.map(([id]) => id)];
  const chance = surely.reduce((product, [, one]) => product * one, first);
  const path = [...parent.path, ...tokens];
  const canOpen = !stops.includes(token) && path.length <= room;
  const product = parent.product * chance;
  return { key: keyOf(start), path, tokens, others: 0, chance, product, canOpen };
}

/**
 * The branches of a fork that has been read; nothing can come behind the last one.
 * @param {Forks} tree @param {Parent} parent @returns {Item[]}
 */
export function branches(tree, parent) {
  const { likeliest, others, rest } = known(tree.fork, parent.path);
  const items = likeliest.map((branch) => tokenBranch(tree, parent, branch));
  if (others === 0) return items;
  const key = `${keyOf(parent.path)}+`;
  const [path, product] = [parent.path, parent.product * rest];
  const all = { tokens: [], others, chance: rest, product, canOpen: false };
  return [...items, { key, path, ...all }];
}

/**
 * The forks along a path, from the prompt on; the one at its end if it has grown on.
 * @param {Forks} tree @param {Path} path @param {boolean} hasGrown
 */
export function levelsAlong(tree, path, hasGrown) {
  /** @param {Item} item */
  const isTaken = ({ path: own, tokens }) =>
    tokens.length > 0 && path.length > own.length - tokens.length &&
    own.every((token, i) => i >= path.length || token === path[i]);
  /** @type {Level[]} */
  const levels = [];
  let parent = { key: "", path: /** @type {Path} */ ([]), product: 1 };
  for (;;) {
    const items = branches(tree, parent);
    const taken = items.find(isTaken);
    levels.push({ parent, items, taken });
    if (!taken || !taken.canOpen || !tree.fork(taken.path)) return levels;
    if (taken.path.length >= path.length && !hasGrown) return levels;
    parent = taken;
  }
}

/** @typedef {Item & { node: HTMLElement, row: HTMLElement }} Placed */
/** @typedef {{ list: HTMLElement, placed: Placed[] }} Branches */

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
function shortPercent(chance) {
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
  /** @type {Map<string, Branches>} */
  const forks = new Map();
  /** @type {Map<Element, Placed>} */
  const byNode = new Map();

  /** @param {Level} level @param {number} depth */
  function forkOf({ parent, items }, depth) {
    const shown = forks.get(parent.key);
    shown?.placed.forEach((item, i) => {
      if (item.path.length !== items[i].path.length) fill(item, items[i], names());
    });
    if (shown) return shown;
    const placed = items.map((item, i) =>
      itemNode(item, names(), depth + 1, i + 1, items.length)
    );
    const list = depth === 0 ? root : element("ul", { role: "group" });
    list.append(...placed.map(({ node }) => node));
    for (const item of placed) byNode.set(item.node, item);
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
      for (const item of placed) {
        const isOpen = item === end && depth + 1 < levels.length;
        if (item.canOpen) item.node.setAttribute("aria-expanded", String(isOpen));
      }
      return placed;
    });
    const last = levels.findLast(({ taken }) => taken)?.taken;
    return { placed: all, end: all.flat().find(({ key }) => key === last?.key) };
  }
  return { update, itemOf: (/** @type {Element} */ node) => byNode.get(node) };
}
