// The forks of a tree: what may come behind a path, and how likely it is.

import { percent } from "../lib/odds.js";

/** Ids of the tokens behind the prompt. @typedef {number[]} Path */
/** A token and its chance. @typedef {[number, number]} Branch */
/** @typedef {{ likeliest: Branch[], others: number, rest: number }} Fork */
/**
 * @typedef {object} Forks
 * @property {(path: Path) => Fork | undefined} fork
 * @property {() => { sure: number, stops: number[] }} about
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
 * @param {Forks} tree @param {Path} path
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
