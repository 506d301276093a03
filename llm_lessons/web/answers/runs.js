// A run of the loop told flip by flip: the odds, the coin's number, where it fell.
// Beside `lessons/sampling/runs.py`.

import { softmax } from "../engine/sampling.js";
import { listed } from "./listed.js";

/** @import { KVCache } from "../engine/kv_cache.js" */
/** @import { Drawn, LanguageModel } from "../engine/model.js" */
/** @import { Flip, Run } from "../widgets/two_runs_side.js" */

/**
 * Draw a text and tell its flips, as a widget reads them. A run that ended has the
 * token that ends a text as its last flip. Yields between tokens.
 * @param {LanguageModel} lm @param {number[]} ids of the text so far
 * @param {{ maxTokens: number, seed: number }} settings @param {number} top
 * @param {{ logits: Float32Array, cache: KVCache }} read as `lm.drawn` takes it
 * @returns {Generator<void, Run>}
 */
export function* toldRun(lm, ids, settings, top, read) {
  const loop = lm.drawn(ids, settings, read);
  /** @type {Flip[]} */
  const flips = [];
  for (;;) {
    const { value, done } = loop.next();
    if (value) flips.push(toldFlip(value, top));
    if (done) return { seed: settings.seed, flips };
    yield;
  }
}

/**
 * All tokens lie end to end on a line from 0 to 1, in the order of their ids.
 * @param {Drawn} drawn @param {number} top
 * @returns {Flip}
 */
function toldFlip({ token, coin, logits }, top) {
  const chances = softmax(logits);
  const starts = new Float64Array(chances.length);
  for (let i = 1; i < starts.length; i += 1) starts[i] = starts[i - 1] + chances[i - 1];
  const { likeliest } = listed(logits, chances, top);
  return [
    token,
    fourDigits(chances[token]),
    fourDigits(coin),
    fourDigits(starts[token]),
    likeliest.map(([one, chance]) => [one, fourDigits(chance)]),
    likeliest.map(([one]) => fourDigits(starts[one])),
  ];
}

/** @param {number} number */
function fourDigits(number) {
  return Number(number.toPrecision(4));
}
