// What a phone keeps of its marble problems while the page may be loaded again: when it
// saw each, and what it answered.

import { kept } from "../../web/kept.js";

/** @typedef {{ seen?: number, answer?: number, steps?: string }} KeptRound */

/**
 * A new evening begins anew: it gives every phone another seat.
 * @param {string} step @param {() => number} clock milliseconds
 */
export function keptRounds(step, clock = () => Date.now()) {
  const name = `marbles/${kept("seat")}/${step}`;
  /** @type {Record<number, KeptRound>} */
  let rounds = {};
  try {
    rounds = JSON.parse(sessionStorage.getItem(name) ?? "{}");
  } catch {
    // A browser that keeps nothing forgets when the page is loaded again, no sooner.
  }
  /** @param {number} round @param {KeptRound} more */
  function keep(round, more) {
    rounds[round] = { ...rounds[round], ...more };
    try {
      sessionStorage.setItem(name, JSON.stringify(rounds));
    } catch {
      // as above
    }
  }
  /** @param {number} round @param {number} seconds from the moment it was first seen */
  function left(round, seconds) {
    const seen = rounds[round]?.seen ?? clock();
    if (rounds[round]?.seen === undefined) keep(round, { seen });
    return Math.max(0, seconds - (clock() - seen) / 1000);
  }
  return { of: (/** @type {number} */ round) => rounds[round] ?? {}, keep, left };
}
