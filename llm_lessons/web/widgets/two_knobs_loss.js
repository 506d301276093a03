// The loss of the odds that two knobs make: its height, its slope, its map.

/** Two knobs, or where they stand. @typedef {[number, number]} Place */

/** @param {number[]} scores */
function softmaxOf(scores) {
  const weights = scores.map(Math.exp);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** @param {number[]} shares @param {number[]} odds */
export function lossOf(shares, odds) {
  return -shares.reduce((sum, share, i) => sum + share * Math.log2(odds[i]), 0);
}

/**
 * How much the loss grows, in bits, for one turn of each knob.
 * @param {number[]} shares @param {number[]} odds
 */
export function slopes(shares, odds) {
  return [0, 1].map((i) => (odds[i] - shares[i]) / Math.LN2);
}

/** The odds that two knobs make; the third score is 0. @param {number[]} knobs */
export const oddsAt = (knobs) => softmaxOf([...knobs, 0]);

/**
 * The knobs with which the odds are the shares: nothing lies lower.
 * @param {number[]} shares @returns {Place}
 */
export function lowest([first, second, third]) {
  return [Math.log(first / third), Math.log(second / third)];
}

const ROUND = [0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 1, 1.1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10];

/**
 * Round heights for the lines of a map, the lowest first.
 * @param {number} least the lowest loss @param {number} most the highest one
 */
export function heights(least, most) {
  return ROUND.filter((height) => height > least + 0.02 && height < most);
}

/**
 * The line on which the loss has this height, round the lowest place. The landscape is
 * a valley without bumps (the loss is convex in the scores): on each ray from its
 * lowest place the loss only grows, and Newton's steps from outside never jump across.
 * @param {number[]} shares @param {number} height @param {number} [count] of rays
 * @returns {Place[]}
 */
export function contour(shares, height, count = 96) {
  return Array.from({ length: count + 1 }, (_, i) => {
    const turn = (2 * Math.PI * i) / count;
    return onRay(shares, height, [Math.cos(turn), Math.sin(turn)]);
  });
}

/**
 * @param {number[]} shares @param {number} height @param {Place} way @returns {Place}
 */
export function onRay(shares, height, [over, up]) {
  const [a, b] = lowest(shares);
  let far = 30;
  for (let turn = 0; turn < 12; turn += 1) {
    const odds = oddsAt([a + far * over, b + far * up]);
    const [first, second] = slopes(shares, odds);
    const gap = lossOf(shares, odds) - height;
    far -= gap / (first * over + second * up);
    if (Math.abs(gap) < 1e-6) break;
  }
  return [a + far * over, b + far * up];
}
