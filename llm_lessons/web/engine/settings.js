// The settings of a draw: what each begins with, what it may be, and what it cuts.
//
// Beside `Settings` and `cut` of `decoding/sampling.py`, and `foundation/checks.py`.
// The loop and the bars have this one chain of cuts.

/**
 * They travel whole. Null cuts nothing.
 * @typedef {object} Draw
 * @property {number} temperature
 * @property {number | null} top_k @property {number | null} top_p
 * @property {number | null} min_p
 */
/**
 * `fits`: whether it may be this finite number.
 * @typedef {{ first: number | null, fits: (value: number) => boolean }} Setting
 */

/** @type {Record<keyof Draw, Setting>} */
const SETTINGS = {
  temperature: { first: 1, fits: (value) => value >= 0 },
  top_k: { first: null, fits: (value) => Number.isSafeInteger(value) && value >= 1 },
  top_p: { first: null, fits: (value) => value > 0 && value <= 1 },
  min_p: { first: null, fits: (value) => value >= 0 && value <= 1 },
};

export const SETTING_NAMES = /** @type {(keyof Draw)[]} */ (Object.keys(SETTINGS));

/** The model's own odds. */
export const OWN_ODDS = /** @type {Draw} */ (
  Object.fromEntries(SETTING_NAMES.map((name) => [name, SETTINGS[name].first]))
);

/** @param {keyof Draw} name @param {unknown} value */
export function fitsSetting(name, value) {
  const { first, fits } = SETTINGS[name];
  if (value === null) return first === null;
  return typeof value === "number" && Number.isFinite(value) && fits(value);
}

/**
 * What ties with the last one that is kept is kept as well.
 * @param {number} kept @param {Float64Array} scores
 */
function withTies(kept, scores) {
  while (kept < scores.length && scores[kept] === scores[kept - 1]) kept += 1;
  return kept;
}

/**
 * How many of the likeliest tokens stay after top-k; then top-p (arXiv 1904.09751): the
 * fewest that reach it together; then min-p (arXiv 2407.01082): those that have this
 * share of the likeliest one's probability.
 * @param {Float64Array} scores the highest first
 * @param {Float64Array} weights of the tokens, in proportion to their probabilities
 * @param {Partial<Draw>} settings
 */
export function likeliestKept(
  scores,
  weights,
  { top_k = null, top_p = null, min_p = null },
) {
  let kept = withTies(Math.min(top_k ?? scores.length, scores.length), scores);
  if (top_p !== null && top_p < 1) {
    let total = 0;
    for (let rank = 0; rank < kept; rank += 1) total += weights[rank];
    const wanted = top_p * total * (1 - 1e-12); // sums are rounded
    let [enough, sum] = [1, weights[0]];
    while (sum < wanted && enough < kept) sum += weights[enough++];
    kept = withTies(enough, scores);
  }
  while (kept > 1 && weights[kept - 1] < (min_p ?? 0) * weights[0]) kept -= 1;
  return kept;
}
