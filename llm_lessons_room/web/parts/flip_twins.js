// Where the coins of a room fell, beside the odds that they fell by, in rows of bars.

import { countsByRow, flipsIn } from "./distance.js";
import { inDigits, wholePercent } from "./stage.js";
import { twinBars } from "./twin_bars.js";
import { wordOf } from "./weighed.js";

/** @import { Tell } from "../words.js" */
/** @import { Drawn } from "./distance.js" */
/** @import { Twin } from "./twin_bars.js" */
/**
 * The rows' tokens, how they likely go on, and their chances; null before these come.
 * @typedef {{ pieces: string[], endings: string[], chances: number[] | null }} Rows
 */

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
  /**
   * @param {number} i @param {string} name @param {number | null} odd
   * @returns {Twin}
   */
  const twinOf = (i, name, odd) => ({
    name,
    isRest: i === names.length,
    odd,
    oddText: odd === null ? "" : wholePercent(odd),
    share: flips ? counts[i] / flips : null,
    shareText: flips ? inDigits(counts[i]) : "",
    parts: counts[i],
  });
  const isSeen = names.map((_, i) => !odds || odds[i] >= SEEN || counts[i] > 0);
  const twins = names
    .map((name, i) => twinOf(i, name, odds?.[i] ?? null))
    .filter((_, i) => isSeen[i]);
  const unseen = odds?.filter((_, i) => isSeen[i] !== true);
  const rest = unseen?.reduce((sum, odd) => sum + odd, 0) ?? null;
  return [...twins, twinOf(names.length, others, rest)];
}

/**
 * Bars of a model's odds, and of the room's flips in them.
 * @param {Tell} tell @param {string} caption for screen readers
 */
export function flipBars(tell, caption) {
  const bars = twinBars(caption);
  /** @param {string} model its name @param {Rows} rows @param {Drawn} drawn */
  function update(model, { pieces, endings, chances }, drawn) {
    const counts = countsByRow(drawn, pieces);
    const odds = chances &&
      [...chances, Math.max(0, chances.reduce((left, one) => left - one, 1))];
    const names = pieces.map((piece, i) => wordOf(piece, endings[i]));
    const n = flipsIn(drawn);
    const room = n ? tell("room_head", { n }) : "";
    bars.update([model, room], flipTwins(names, odds, counts, tell("coin_others")));
    return { counts, odds };
  }
  return { node: bars.node, update };
}
