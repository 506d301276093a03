// How far a room's tally lies from the odds that it drew from.

/** How often a token was drawn, by its text. @typedef {Record<string, number>} Drawn */

/** @param {Drawn} counts */
export function flipsIn(counts) {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/**
 * The counts of the tokens that have a row, and of all others at the end.
 * @param {Drawn} counts @param {string[]} pieces the rows' own, " co" for instance
 */
export function countsByRow(counts, pieces) {
  const rows = Array.from({ length: pieces.length + 1 }, () => 0);
  for (const [token, count] of Object.entries(counts)) {
    const row = pieces.indexOf(token);
    rows[row < 0 ? pieces.length : row] += count;
  }
  return rows;
}

/**
 * The share of the flips that would have to fall elsewhere to lie as the odds do: half
 * of all differences, which is called total variation.
 * @param {number[]} counts of all rows @param {number[]} odds that add to one
 */
export function shareElsewhere(counts, odds) {
  const flips = counts.reduce((sum, count) => sum + count, 0);
  if (!flips) return 0;
  return odds.reduce((sum, odd, i) => sum + Math.abs(counts[i] / flips - odd), 0) / 2;
}

/**
 * What that share is on average for an honest coin, after so many flips: a count's mean
 * deviation, as of the normal distribution.
 * @param {number[]} odds @param {number} flips
 */
export function elsewhereByChance(odds, flips) {
  if (!flips) return 0;
  const deviations = odds.map((odd) => Math.sqrt((2 * odd * (1 - odd)) / Math.PI));
  return deviations.reduce((sum, one) => sum + one, 0) / 2 / Math.sqrt(flips);
}
