// The temperature at which the model would have voted most as the room did.

import { MAX_TEMPERATURE } from "../../web/parts/stage.js";

/**
 * How often each token was voted for, by its id.
 * @typedef {Map<number, number>} Votes
 */
/**
 * `low` and `high`: no temperature between them does much worse. At an end of the range
 * the best one lies there or beyond.
 * @typedef {object} RoomTemperature
 * @property {number} best @property {number} low @property {number} high
 * @property {"colder" | "hotter" | null} beyond
 */

export const [COLDEST, HOTTEST] = [0.05, MAX_TEMPERATURE]; // as the line has them
const GOLDEN_PART = (Math.sqrt(5) - 1) / 2;
const LIKELIHOOD_DROP = 1.92; // of log likelihood: half of chi-square's 95 %, 3.84
const NEAR_ENOUGH = 1e-4; // of a logarithm

/**
 * How likely the votes are at a temperature: a logarithm, without what does not depend
 * on the temperature.
 * @param {ArrayLike<number>} logits [V] @param {Votes} votes @param {number} heat
 */
export function likelihoodOf(logits, votes, heat) {
  let highest = -Infinity;
  for (let i = 0; i < logits.length; i += 1) highest = Math.max(highest, logits[i]);
  let sum = 0;
  for (let i = 0; i < logits.length; i += 1) {
    sum += Math.exp((logits[i] - highest) / heat);
  }
  const total = Math.log(sum);
  let found = 0;
  for (const [token, count] of votes) {
    found += count * ((logits[token] - highest) / heat - total);
  }
  return found;
}

/**
 * Golden section on the logarithm of the temperature: the likelihood has one summit.
 * @param {ArrayLike<number>} logits [V] @param {Votes} votes
 * @returns {RoomTemperature | null} null without votes
 */
export function roomTemperature(logits, votes) {
  if (!votes.size) return null;
  /** @param {number} x */
  const at = (x) => likelihoodOf(logits, votes, Math.exp(x));
  const [left, right] = [Math.log(COLDEST), Math.log(HOTTEST)];
  let [a, b] = [left, right];
  let [c, d] = [b - GOLDEN_PART * (b - a), a + GOLDEN_PART * (b - a)];
  let [atC, atD] = [at(c), at(d)];
  while (b - a > NEAR_ENOUGH) {
    if (atC >= atD) {
      [b, d, atD] = [d, c, atC];
      atC = at(c = b - GOLDEN_PART * (b - a));
    } else {
      [a, c, atC] = [c, d, atD];
      atD = at(d = a + GOLDEN_PART * (b - a));
    }
  }
  const best = (a + b) / 2;
  const least = at(best) - LIKELIHOOD_DROP;
  /** Where the likelihood falls below the least, between the best and an end. */
  function border(/** @type {number} */ end) {
    if (at(end) >= least) return end;
    let [inside, outside] = [best, end];
    while (Math.abs(outside - inside) > NEAR_ENOUGH) {
      const middle = (inside + outside) / 2;
      if (at(middle) >= least) inside = middle;
      else outside = middle;
    }
    return inside;
  }
  const isCold = best - left < 2 * NEAR_ENOUGH;
  const isHot = right - best < 2 * NEAR_ENOUGH;
  return {
    best: Math.exp(best),
    low: Math.exp(border(left)),
    high: Math.exp(border(right)),
    beyond: isCold ? "colder" : isHot ? "hotter" : null,
  };
}
