// What few people had right: a share, and how far it can be trusted; a mean.

/**
 * `scores`: how many of `n` had 0, 1, ... right.
 * @typedef {{ right: number, asked: number }} RightOf
 * @typedef {{ n: number, scores: number[] }} Side
 */

const TWO_SIDED = 1.959964; // of the normal distribution, for 95 %

/**
 * Where the true share likely lies (Wilson's interval, 95 %); anywhere without answers.
 * @param {RightOf} counted
 * @returns {[number, number]}
 */
export function shareWithin({ right, asked }) {
  if (!asked) return [0, 1];
  const z = TWO_SIDED ** 2 / asked;
  const share = right / asked;
  const middle = (share + z / 2) / (1 + z);
  const around = (TWO_SIDED / (1 + z)) *
    Math.sqrt((share * (1 - share) + z / 4) / asked);
  return [Math.max(0, middle - around), Math.min(1, middle + around)];
}

/** The mean number of right answers; null for nobody. @param {Side} [side] */
export function meanOf(side) {
  if (!side?.n) return null;
  return side.scores.reduce((sum, n, score) => sum + n * score, 0) / side.n;
}
