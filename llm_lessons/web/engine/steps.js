// A text on its way through the machine, a few tokens at a time: for a page that has to
// draw and to listen in between.

import { ropeAt } from "./attention.js";
import { block, embed, rmsNorm } from "./transformer.js";

/** @import { ModelConfig, Parameters } from "./parameters.js" */
/** @import { Activations } from "./transformer.js" */
/**
 * What need not be worked out again; one of the two.
 * @typedef {object} Known
 * @property {Float32Array[]} [stream] of this text before the first layers, [T D] each
 * @property {{ found: Activations, count: number }} [begun] all of a text whose first
 *   tokens are the same, and how many are: no token depends on what comes later
 */

const AT_ONCE = 8; // tokens of one layer between two moments in which the page may draw

/**
 * What `activations` gives. Yields between pieces of the work.
 * @param {Parameters} params @param {ArrayLike<number>} tokens [T]
 * @param {ModelConfig} config @param {Known} [known]
 * @returns {Generator<void, Activations>}
 */
export function* activationsInSteps(params, tokens, config, known = {}) {
  const { d_model, d_head, n_heads, n_kv_heads } = config;
  const { found: before, count: same } = known.begun ?? { found: null, count: 0 };
  /** @param {number} width @param {Float32Array} [whole] of the text that is known */
  function rows(width, whole) {
    const all = new Float32Array(tokens.length * width);
    if (whole) all.set(whole.subarray(0, same * width));
    return all;
  }
  /** @type {Float32Array[][]} */
  const [queries, keys, values] = [[], [], []];
  const stream = known.stream?.slice() ?? [embed(params, tokens, config)];
  for (const layer of params.layers.slice(stream.length - 1)) {
    const [i, x] = [queries.length, stream[stream.length - 1]];
    const next = rows(d_model, before?.stream[i + 1]);
    const asked = rows(n_heads * d_head, before?.queries[i]);
    const [k, v] = [before?.keys[i], before?.values[i]].map((one) =>
      rows(n_kv_heads * d_head, one)
    );
    for (let start = same; start < tokens.length; start += AT_ONCE) {
      const piece = x.subarray(start * d_model, (start + AT_ONCE) * d_model);
      const rope = ropeAt(start, piece.length / d_model, config);
      const output = block(layer, piece, rope, config, k, v, start);
      next.set(output.stream, start * d_model);
      asked.set(output.queries, start * n_heads * d_head);
      yield;
    }
    stream.push(next);
    queries.push(asked);
    keys.push(k);
    values.push(v);
  }
  const final = rmsNorm(
    stream[stream.length - 1],
    params.final_norm,
    config.norm_eps,
  );
  return { final, stream, queries, keys, values };
}
