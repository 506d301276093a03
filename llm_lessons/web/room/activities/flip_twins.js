// Where the coins of a room fell, beside the odds that they fell by, in rows of bars.

import { inDigits, wholePercent } from "./stage.js";

/** @import { Twin } from "./twin_bars.js" */

const SEEN = 0.005; // the least chance that is seen as a bar

/**
 * A row for each token that is seen, and one for all others.
 * @param {string[]} names
 * @param {number[] | null} odds of the rows and, at the end, of all others
 * @param {number[]} counts of the same
 * @param {string} others what these are called
 */
export function flipTwins(names, odds, counts, others) {
  const flips = counts.reduce((sum, count) => sum + count, 0);
  /** @param {number} i @param {string} name @param {number | null} odd */
  const twinOf = (i, name, odd) => {
    /** @type {Twin} */
    const twin = {
      name,
      isRest: i === names.length,
      odd,
      oddText: odd === null ? "" : wholePercent(odd),
      share: flips ? counts[i] / flips : null,
      shareText: flips ? inDigits(counts[i]) : "",
      parts: counts[i],
    };
    return twin;
  };
  const isSeen = names.map((_, i) => !odds || odds[i] >= SEEN || counts[i] > 0);
  const twins = names
    .map((name, i) => twinOf(i, name, odds?.[i] ?? null))
    .filter((_, i) => isSeen[i]);
  const unseen = odds?.filter((_, i) => isSeen[i] !== true);
  const rest = unseen?.reduce((sum, odd) => sum + odd, 0) ?? null;
  return [...twins, twinOf(names.length, others, rest)];
}
