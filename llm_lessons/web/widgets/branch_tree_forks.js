// The forks of a tree: what may come behind a path, and how likely it is.

import { percent } from "../lib/odds.js";

/** Ids of the tokens behind the prompt. @typedef {number[]} Path */
/** A token and its chance. @typedef {[number, number]} Branch */
/** @typedef {{ likeliest: Branch[], others: number, rest: number }} Fork */
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
  const found = fork(path);
  if (!found) throw new Error(`the fork ${keyOf(path)} has not been read`);
  return found;
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
export function sureTokens(tree, path) {
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
 * @param {Forks} tree @param {Parent} parent
 * @returns {Item[]}
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
