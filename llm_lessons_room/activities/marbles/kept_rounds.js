// What a phone keeps of its marble problems while the page may be loaded again: when it
// saw each, and what it answered.

import { keepOwn, keptOwn } from "../../web/keepsake.js";

/** @typedef {{ seen?: number, answer?: number, steps?: string }} KeptRound */

/** @param {string} step */
export function keptRounds(step) {
  const name = `marbles-${step}`;
  const rounds = /** @type {Record<number, KeptRound>} */ (keptOwn(name) ?? {});
  /** @param {number} round @param {KeptRound} more */
  function keep(round, more) {
    rounds[round] = { ...rounds[round], ...more };
    keepOwn(name, rounds);
  }
  /** @param {number} round @param {number} seconds from the moment it was first seen */
  function left(round, seconds) {
    const seen = rounds[round]?.seen ?? Date.now();
    if (rounds[round]?.seen === undefined) keep(round, { seen });
    return Math.max(0, seconds - (Date.now() - seen) / 1000);
  }
  return { of: (/** @type {number} */ round) => rounds[round] ?? {}, keep, left };
}
