// All that happens to a text on its way through the machine, in numbers.
//
// Beside `lessons/forward_pass/inside.py`. Letters in the shapes: L layers, N heads, T
// tokens, V vocabulary; steps are L + 1, the first is before the first layer. All
// generators yield between pieces of the work.

import { activationsInSteps, looks, unembed } from "../engine/transformer.js";
import { argmax, softmax } from "../engine/sampling.js";

/** @import { Head } from "../engine/knobs.js" */
/** @import { LanguageModel } from "../engine/model.js" */
/** @import { Activations } from "../engine/transformer.js" */
/**
 * What is in the machine behind one token of a text. A step each: the likeliest next
 * token and its chance, and chance and place of the answer that is followed.
 * @typedef {object} Column
 * @property {Float64Array} odds the chance of every next token at the end, [V]
 * @property {number} answer the token that is followed through the layers
 * @property {number[]} guesses @property {number[]} chances
 * @property {number[]} own @property {number[]} ranks from 1, the likeliest
 */
/**
 * @typedef {object} Inside
 * @property {number[]} ids of the text, [T]
 * @property {Activations} found
 * @property {Float32Array[]} looks how much each token (first T) looks at each (second
 *   T), [N T T] of every layer
 * @property {Column[]} columns [T]
 */

/**
 * Run a text through the machine and keep what there is to see on the way.
 * @param {LanguageModel} lm @param {number[]} ids from the start token on
 * @param {Inside | null} [last] a text that was read before: what both begin with is
 *   taken from there
 * @returns {Generator<void, Inside>}
 */
export function* readInside(lm, ids, last = null) {
  const { params, config } = lm;
  let count = 0;
  while (last && count < ids.length && ids[count] === last.ids[count]) count += 1;
  if (last && count === ids.length && count === last.ids.length) return last;
  const begun = last ? { found: last.found, count } : undefined;
  const found = yield* activationsInSteps(params, ids, config, { begun });
  const columns = last?.columns.slice(0, count) ?? [];
  while (columns.length < ids.length) {
    columns.push(columnOf(lm, found, columns.length));
    yield;
  }
  return { ids, found, looks: looks(found, config), columns };
}

/**
 * The same text where some heads add nothing to the stream. The answers that were the
 * likeliest before are followed; what is below the first of these heads is the same.
 * @param {LanguageModel} lm @param {Head[]} heads one or more @param {Inside} trained
 * @returns {Generator<void, Inside>}
 */
export function* readSilenced(lm, heads, trained) {
  const { ids } = trained;
  const quiet = lm.silenced(heads);
  const first = Math.min(...heads.map(([layer]) => layer));
  const stream = trained.found.stream.slice(0, first + 1);
  const found = yield* activationsInSteps(quiet.params, ids, lm.config, { stream });
  const columns = [];
  for (const column of trained.columns) {
    columns.push(columnOf(quiet, found, columns.length, { column, steps: first + 1 }));
    yield;
  }
  const same = trained.looks.slice(0, first);
  return { ids, found, looks: [...same, ...looks(found, lm.config)], columns };
}

/**
 * @param {LanguageModel} lm @param {Activations} found
 * @param {number} place in the text
 * @param {{ column: Column, steps: number }} [known] a column whose answer is followed,
 *   and whose first steps are the same
 * @returns {Column}
 */
function columnOf({ params, config }, { stream }, place, known) {
  const { d_model } = config;
  const steps = stream.slice(known?.steps ?? 0).map((x) => {
    const row = x.subarray(place * d_model, (place + 1) * d_model);
    return softmax(unembed(params, row, config));
  });
  const odds = steps[steps.length - 1];
  const answer = known?.column.answer ?? argmax(odds);
  /**
   * @param {"guesses" | "chances" | "own" | "ranks"} name
   * @param {(odds: Float64Array) => number} of
   */
  const each = (name, of) => [
    ...(known?.column[name].slice(0, known.steps) ?? []),
    ...steps.map(of),
  ];
  return {
    odds,
    answer,
    guesses: each("guesses", argmax),
    chances: each("chances", (one) => one[argmax(one)]),
    own: each("own", (one) => one[answer]),
    ranks: each(
      "ranks",
      (one) => one.reduce((rank, chance) => rank + (chance > one[answer] ? 1 : 0), 1),
    ),
  };
}
