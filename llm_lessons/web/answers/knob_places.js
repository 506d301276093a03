// Where a weight stands in Python, and the values on its knob's way. Beside `in_python`
// and `stops` in `lessons/forward_pass/knobs.py`.

import { matrixOf } from "../engine/knobs.js";

/** @import { Weight } from "../engine/knobs.js" */
/** @import { LanguageModel } from "../engine/model.js" */
/** @import { ModelConfig } from "../engine/parameters.js" */

const REACH = 20; // standard deviations of its matrix by which a weight is turned

/**
 * Evenly spread, the trained one in the middle.
 * @param {LanguageModel} lm @param {Weight} weight @param {number} positions
 */
export function stopsOf(lm, weight, positions) {
  const numbers = matrixOf(lm.params, weight);
  const mean = numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
  const squares = numbers.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  const reach = Math.fround(REACH * Math.sqrt(squares / numbers.length));
  const [middle, half] = [lm.trained(weight), (positions - 1) / 2];
  return Array.from({ length: positions }, (_, stop) => {
    const way = Math.fround(reach * Math.fround((stop - half) / half));
    return Math.fround(middle + way);
  });
}

/**
 * How to write a weight below `params`, where heads have an axis of their own.
 * @param {ModelConfig} config @param {Weight} weight
 */
export function inPython({ d_head }, { matrix, row, column }) {
  const field = matrix.split(".").at(-1) ?? "";
  const split = (/** @type {number} */ place) => [
    Math.floor(place / d_head),
    place % d_head,
  ];
  let place = [row, column];
  if (field.endsWith("norm")) place = [column];
  if (["query", "key", "value"].includes(field)) place = [row, ...split(column)];
  if (field === "output") place = [...split(row), column];
  return `${matrix}[${place.join(", ")}]`;
}
