// Weights with one number changed, or with heads that say nothing.
//
// Beside `lessons/forward_pass/knobs.py`. What is given is left as it is; the new tree
// shares all of its arrays but the one that is changed, so that making it is no work.

import { numbersIn } from "./blocks.js";
import { activationsInSteps, unembed } from "./transformer.js";

/** @import { Matrix } from "./blocks.js" */
/** @import { Layer, ModelConfig, Parameters } from "./parameters.js" */

/** Layer and head, counted from 0. @typedef {[layer: number, head: number]} Head */
/**
 * The place of one number, as `Weight` in Python: `matrix` is its name there, such as
 * "layers[2].down"; row and column count from 0 in the matrix as it lies there.
 * @typedef {{ matrix: string, row: number, column: number }} Weight
 */

/** What has a list of numbers, not a matrix. */
const NORMS = ["attention_norm", "mlp_norm", "final_norm"];
const IN_LAYER = /^layers\[(\d+)\]\.(\w+)$/;

/**
 * Its layer, or null, what it is called there, and its numbers.
 * @param {Parameters} params @param {string} matrix
 */
function arrayOf(params, matrix) {
  const inLayer = IN_LAYER.exec(matrix);
  const layer = inLayer && Number(inLayer[1]);
  const field = inLayer ? inLayer[2] : matrix;
  /** @type {Record<string, unknown>} */
  const tree = layer === null ? params : params.layers[layer];
  return { layer, field, numbers: numbersIn(/** @type {Matrix} */ (tree[field])) };
}

/**
 * All numbers of the matrix in which a weight stands.
 * @param {Parameters} params @param {Weight} weight
 */
export function matrixOf(params, { matrix }) {
  return arrayOf(params, matrix).numbers;
}

/**
 * The array in which a weight stands, and where in it.
 * @param {Parameters} params @param {Weight} weight @param {ModelConfig} config
 */
function placeOf(params, { matrix, row, column }, config) {
  const { layer, field, numbers } = arrayOf(params, matrix);
  const rows = NORMS.includes(field) ? 1 : {
    embedding: config.vocab_size,
    output: config.n_heads * config.d_head,
    down: config.d_ff,
  }[field] ?? config.d_model;
  const columns = numbers.length / rows;
  // In Python the rows are inputs; here, but for the table of tokens, outputs.
  const place = field === "embedding" ? row * columns + column : column * rows + row;
  return { layer, field, numbers, place };
}

/**
 * The same tree with another array in one place.
 * @param {Parameters} params @param {number | null} layer @param {string} field
 * @param {Float32Array} numbers
 * @returns {Parameters}
 */
function withArray(params, layer, field, numbers) {
  if (layer === null) return { ...params, [field]: numbers };
  const layers = params.layers.map((one, i) =>
    i === layer ? { ...one, [field]: numbers } : one
  );
  return { ...params, layers };
}

/**
 * The weight's value.
 * @param {Parameters} params @param {Weight} weight @param {ModelConfig} config
 */
export function trained(params, weight, config) {
  const { numbers, place } = placeOf(params, weight, config);
  return numbers[place];
}

/**
 * The weights with one number changed.
 * @param {Parameters} params @param {Weight} weight @param {number} value
 * @param {ModelConfig} config
 */
function withWeight(params, weight, value, config) {
  const { layer, field, numbers, place } = placeOf(params, weight, config);
  const changed = numbers.slice();
  changed[place] = value;
  return withArray(params, layer, field, changed);
}

/**
 * One knob, to be turned: what it gives for a value are the scores after a text, [V].
 * What does not depend on the weight is run once; so a turn takes as long as the layers
 * from the weight on take. Both yield between pieces of the work.
 * @param {Parameters} params @param {number[]} tokens [T]
 * @param {Weight} weight @param {ModelConfig} config
 * @returns {Generator<void, (value: number) => Generator<void, Float32Array>>}
 */
export function* turning(params, tokens, weight, config) {
  const { layer, field } = placeOf(params, weight, config);
  const { stream } = yield* activationsInSteps(params, tokens, config);
  const isRead = field === "embedding" && tokens.includes(weight.row);
  const known = isRead ? undefined : stream.slice(0, (layer ?? Infinity) + 1);
  return function* (value) {
    const turned = withWeight(params, weight, value, config);
    const found = yield* activationsInSteps(turned, tokens, config, { stream: known });
    const last = found.stream[config.n_layers];
    return unembed(turned, last.subarray(last.length - config.d_model), config);
  };
}

/**
 * The weights with which these heads add nothing to the stream.
 * @param {Parameters} params @param {Head[]} heads @param {ModelConfig} config
 */
export function silenced(params, heads, { n_heads, d_head, d_model }) {
  for (const [layer, head] of heads) {
    const output = numbersIn(params.layers[layer].output).slice(); // [D, N H]
    for (let d = 0; d < d_model; d += 1) {
      const start = (d * n_heads + head) * d_head;
      output.fill(0, start, start + d_head);
    }
    params = withArray(params, layer, "output", output);
  }
  return params;
}
