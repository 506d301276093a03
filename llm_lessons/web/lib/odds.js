// From scores to probabilities, over the whole vocabulary, fast enough for every frame.

import { likeliestKept } from "../engine/settings.js";

/** @import { Draw } from "../engine/settings.js" */

/**
 * The scores of all tokens, the best first: their ids, and how far each score lies from
 * the best, 0 or below. `weights` is room to calculate in.
 * @typedef {{ ids: Int32Array, gaps: Float64Array, weights: Float64Array }} Sorted
 */
/**
 * What each token gets, by its rank in the order of the scores.
 * @typedef {object} Odds
 * @property {number} kept how many tokens are left after the cuts
 * @property {number} bits the entropy of what is left
 * @property {(rank: number) => number} share before the cuts
 * @property {(rank: number) => number} chance after them, 0 for what was cut
 */

/**
 * Sort once per prompt: no temperature and no cut ever changes the order.
 * A score's bits, turned so that they order like the score, share one float64 with the
 * token id: the engine's own sort of numbers is several times faster than a comparator.
 * @param {Float32Array} scores
 * @returns {Sorted}
 */
export function sortScores(scores) {
  const size = scores.length;
  const bits = new Uint32Array(scores.slice().buffer);
  const keys = new Float64Array(size);
  for (let id = 0; id < size; id += 1) {
    const ascending = bits[id] >>> 31 ? ~bits[id] >>> 0 : (bits[id] | 0x80000000) >>> 0;
    keys[id] = (0xffffffff - ascending) * 2 ** 20 + id;
  }
  keys.sort();
  const ids = new Int32Array(size);
  const gaps = new Float64Array(size); // distance to the best score, 0 or below
  for (let rank = 0; rank < size; rank += 1) {
    ids[rank] = keys[rank] % 2 ** 20;
    gaps[rank] = scores[ids[rank]] - scores[ids[0]];
  }
  return { ids, gaps, weights: new Float64Array(size) };
}

/**
 * Temperature first, then the cuts.
 * @param {Sorted} sorted @param {Partial<Draw>} [settings]
 * @returns {Odds}
 */
export function oddsOf({ ids, gaps, weights }, { temperature = 1, ...cuts } = {}) {
  const size = ids.length;
  let total = 0;
  for (let rank = 0; rank < size; rank += 1) {
    // At temperature 0 the likeliest takes all; nothing is divided by zero.
    const gap = gaps[rank];
    weights[rank] = temperature > 0 ? Math.exp(gap / temperature) : Number(rank === 0);
    total += weights[rank];
  }
  const kept = likeliestKept(gaps, weights, cuts);
  let keptTotal = 0;
  for (let rank = 0; rank < kept; rank += 1) keptTotal += weights[rank];
  let spread = 0;
  for (let rank = 0; temperature > 0 && rank < kept; rank += 1) {
    if (weights[rank] > 0) spread -= (weights[rank] * gaps[rank]) / temperature;
  }
  return {
    kept,
    bits: Math.max(0, Math.log2(keptTotal) + spread / keptTotal / Math.LN2),
    share: (rank) => weights[rank] / total,
    chance: (rank) => (rank < kept ? weights[rank] / keptTotal : 0),
  };
}

/**
 * The coin: lay the chances end to end and see where a number from [0, 1) falls.
 * @param {Odds} odds @param {number} coin
 */
export function rankDrawn(odds, coin) {
  let end = 0;
  for (let rank = 0; rank < odds.kept; rank += 1) {
    end += odds.chance(rank);
    if (coin < end) return rank;
  }
  return 0; // rounding left the very end uncovered
}

/** @param {number} probability */
export function percent(probability) {
  if (probability === 0) return "0\u00a0%";
  if (probability < 0.001) return "<0.1\u00a0%";
  if (probability > 0.999 && probability < 1) return ">99.9\u00a0%";
  return `${(100 * probability).toFixed(probability === 1 ? 0 : 1)}\u00a0%`;
}
