// The machine itself: one pure function from tokens to scores for the next token.
//
// Beside `model/transformer.py`: RMSNorm, rotary positions, grouped-query attention and
// a SwiGLU MLP, step by step the same. Letters in the shapes:
//     T tokens read now, S tokens attended to, V vocab_size, D d_model,
//     N n_heads, K n_kv_heads, H d_head, F d_ff
// The stream has a row a token, [T D]; every array is a Float32Array.

import { attend, attentionWeights, ropeAt, rotate } from "./attention.js";
import { rowIn } from "./blocks.js";
import { matmul } from "./products.js";

/** @import { Rope } from "./attention.js" */
/** @import { Matrix } from "./blocks.js" */
/** @import { Layer, ModelConfig, Parameters } from "./parameters.js" */
/**
 * Divide by the root mean square, then scale (arXiv 1910.07467).
 * @param {Float32Array} x [rows D] @param {Float32Array} scale [D] @param {number} eps
 * @returns {Float32Array} [rows D]
 */
export function rmsNorm(x, scale, eps) {
  const width = scale.length;
  const normed = new Float32Array(x.length);
  for (let start = 0; start < x.length; start += width) {
    let squares = 0;
    for (let i = 0; i < width; i += 1) squares += x[start + i] * x[start + i];
    const factor = 1 / Math.sqrt(squares / width + eps);
    for (let i = 0; i < width; i += 1) {
      normed[start + i] = x[start + i] * factor * scale[i];
    }
  }
  return normed;
}

/**
 * SwiGLU (arXiv 2002.05202).
 * @param {Float32Array} gate [rows F] @param {Float32Array} up [rows F]
 * @returns {Float32Array} [rows F]
 */
export function swiglu(gate, up) {
  const out = new Float32Array(gate.length);
  for (let i = 0; i < gate.length; i += 1) {
    out[i] = gate[i] / (1 + Math.exp(-gate[i])) * up[i];
  }
  return out;
}

/**
 * What is added to the stream, added.
 * @param {Float32Array} x [rows D] @param {Float32Array} more [rows D]
 */
function plus(x, more) {
  const sum = new Float32Array(x.length);
  for (let i = 0; i < x.length; i += 1) sum[i] = x[i] + more[i];
  return sum;
}

/**
 * One layer: attention, then the MLP, each added to the stream. Keys and values of
 * these tokens are written where those of the tokens before them stand, from `slot` on.
 * Gives the stream, and what the tokens asked.
 * @param {Layer} layer @param {Float32Array} x [T D] @param {Rope} rope
 * @param {ModelConfig} config @param {Float32Array} keys [S K H]
 * @param {Float32Array} values [S K H] @param {number} slot
 * @returns {{ stream: Float32Array, queries: Float32Array }} [T D] and [T N H]
 */
export function block(layer, x, rope, config, keys, values, slot) {
  const { d_model, n_heads, n_kv_heads, d_head, d_ff } = config;
  let y = rmsNorm(x, layer.attention_norm, config.norm_eps);
  const q = rotate(matmul(y, layer.query, d_model), rope, config);
  const k = rotate(matmul(y, layer.key, d_model), rope, config);
  const v = matmul(y, layer.value, d_model);
  keys.set(k, slot * n_kv_heads * d_head);
  values.set(v, slot * n_kv_heads * d_head);
  const mixed = attend(q, keys, values, slot, config);
  x = plus(x, matmul(mixed, layer.output, n_heads * d_head));

  y = rmsNorm(x, layer.mlp_norm, config.norm_eps);
  y = swiglu(matmul(y, layer.gate, d_model), matmul(y, layer.up, d_model));
  x = plus(x, matmul(y, layer.down, d_ff));
  return { stream: x, queries: q };
}

/**
 * The stream before the first layer: for each token the row that stands for it.
 * @param {Parameters} params @param {ArrayLike<number>} tokens [T]
 * @param {ModelConfig} config
 * @returns {Float32Array} [T D]
 */
export function embed({ embedding }, tokens, { d_model }) {
  const x = new Float32Array(tokens.length * d_model);
  for (let t = 0; t < tokens.length; t += 1) {
    x.set(rowIn(embedding, tokens[t], d_model), t * d_model);
  }
  return x;
}

/**
 * What the blocks make of a text.
 * @typedef {object} Activations
 * @property {Float32Array[]} stream [T D], before the first layer and after every one
 * @property {Float32Array[]} queries of every layer that was run, [T N H]
 * @property {Float32Array[]} keys of the same, [T K H]
 * @property {Float32Array[]} values of the same, [T K H]
 */

/**
 * What need not be worked out again; one of the two.
 * @typedef {object} Known
 * @property {Float32Array[]} [stream] of this text before the first layers, [T D] each
 * @property {{ found: Activations, count: number }} [begun] all of a text whose first
 *   tokens are the same, and how many are: no token depends on what comes later
 */

const READ_AT_ONCE = 8; // tokens of one layer between two yields

/**
 * Read a whole text: each token looks at itself and at those before it. Yields between
 * pieces of the work, for the page to draw.
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
    for (let start = same; start < tokens.length; start += READ_AT_ONCE) {
      const piece = x.subarray(start * d_model, (start + READ_AT_ONCE) * d_model);
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
  return { stream, queries, keys, values };
}

/**
 * Turn the stream into scores: the last norm, and a product with every token's row.
 * @param {Parameters} params @param {Float32Array} x [rows D]
 * @param {ModelConfig} config
 * @returns {Float32Array} [rows V]
 */
export function unembed({ final_norm, output_head, embedding }, x, config) {
  const normed = rmsNorm(x, final_norm, config.norm_eps);
  return matmul(normed, output_head ?? embedding, config.d_model);
}

/**
 * How much each token (first T) looks at each (second T), in every head of every layer.
 * A row adds to one, and nobody looks at a later token.
 * @param {Activations} found @param {ModelConfig} config
 * @returns {Float32Array[]} [N T T] each
 */
export function looks({ queries, keys }, config) {
  return queries.map((q, i) => attentionWeights(q, keys[i], 0, config));
}
