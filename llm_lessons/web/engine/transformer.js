// The machine itself: one pure function from tokens to scores for the next token.
//
// Beside `model/transformer.py`: RMSNorm, rotary positions, grouped-query attention and
// a SwiGLU MLP, step by step the same. Letters in the shapes:
//     T tokens read now, S tokens attended to, V vocab_size, D d_model,
//     N n_heads, K n_kv_heads, H d_head, F d_ff
// The stream has a row a token, [T D]; every array is a Float32Array.

import { attend, ropeAt, rotate } from "./attention.js";
import { rowIn } from "./blocks.js";
import { matmul } from "./speed.js";

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
 * What one block makes of the stream, and what it looked with and at.
 * @typedef {object} BlockOutput
 * @property {Float32Array} stream [T D] @property {Float32Array} queries [T N H]
 * @property {Float32Array} keys [S K H], all that there is room for
 * @property {Float32Array} values [S K H]
 */

/**
 * Queries, keys or values: a product, and what some members of the Llama family add: a
 * bias, and a norm of each head.
 * @param {Float32Array} y [T D] @param {Matrix} weight [heads H, D]
 * @param {Float32Array | undefined} bias [heads H]
 * @param {Float32Array | undefined} scale [H] @param {ModelConfig} config
 * @returns {Float32Array} [T heads H]
 */
function heads(y, weight, bias, scale, { d_model, norm_eps }) {
  const made = matmul(y, weight, d_model);
  if (bias) {
    for (let i = 0; i < made.length; i += 1) {
      made[i] += bias[i % bias.length];
    }
  }
  return scale ? rmsNorm(made, scale, norm_eps) : made;
}

/**
 * One layer: attention, then the MLP, each added to the stream. Keys and values of
 * these tokens are written where those of the tokens before them stand, from `slot` on.
 * @param {Layer} layer @param {Float32Array} x [T D] @param {Rope} rope
 * @param {ModelConfig} config
 * @param {Float32Array} keys [S K H] @param {Float32Array} values [S K H]
 * @param {number} slot
 * @returns {BlockOutput}
 */
export function block(layer, x, rope, config, keys, values, slot) {
  const { d_model, n_heads, n_kv_heads, d_head, d_ff } = config;
  const { query, query_bias, query_norm, key, key_bias, key_norm } = layer;
  const turns = layer.no_positions ? null : rope;
  let y = rmsNorm(x, layer.attention_norm, config.norm_eps);
  const q = rotate(heads(y, query, query_bias, query_norm, config), turns, config);
  const k = rotate(heads(y, key, key_bias, key_norm, config), turns, config);
  const v = heads(y, layer.value, layer.value_bias, undefined, config);
  keys.set(k, slot * n_kv_heads * d_head);
  values.set(v, slot * n_kv_heads * d_head);
  const mixed = attend(q, keys, values, slot, config);
  x = plus(x, matmul(mixed, layer.output, n_heads * d_head));

  y = rmsNorm(x, layer.mlp_norm, config.norm_eps);
  y = swiglu(matmul(y, layer.gate, d_model), matmul(y, layer.up, d_model));
  x = plus(x, matmul(y, layer.down, d_ff));
  return { stream: x, queries: q, keys, values };
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
 * @property {Float32Array} final the stream [T D] after the last layer and final norm
 * @property {Float32Array[]} stream [T D], before the first layer and after every one
 * @property {Float32Array[]} queries of every layer that was run, [T N H]
 * @property {Float32Array[]} keys of the same, [T K H]
 * @property {Float32Array[]} values of the same, [T K H]
 */

/**
 * Read a whole text: each token looks at itself and at those before it.
 * @param {Parameters} params @param {ArrayLike<number>} tokens [T]
 * @param {ModelConfig} config
 * @param {Float32Array[]} [known] the stream before the first layers, as far as it is
 *   known already; those layers are not run again
 * @returns {Activations}
 */
export function activations(params, tokens, config, known) {
  const rope = ropeAt(0, tokens.length, config);
  const size = tokens.length * config.n_kv_heads * config.d_head;
  const stream = known?.slice() ?? [embed(params, tokens, config)];
  let x = stream[stream.length - 1];
  const outputs = params.layers.slice(stream.length - 1).map((layer) => {
    const [keys, values] = [new Float32Array(size), new Float32Array(size)];
    const output = block(layer, x, rope, config, keys, values, 0);
    x = output.stream;
    stream.push(x);
    return output;
  });
  return {
    final: rmsNorm(x, params.final_norm, config.norm_eps),
    stream,
    queries: outputs.map(({ queries }) => queries),
    keys: outputs.map(({ keys }) => keys),
    values: outputs.map(({ values }) => values),
  };
}

/**
 * Turn the stream into scores: a product with every token's row.
 * @param {Parameters} params @param {Float32Array} x [rows D]
 * @param {ModelConfig} config
 * @returns {Float32Array} [rows V]
 */
export function unembed({ output_head, embedding }, x, { d_model }) {
  return matmul(x, output_head ?? embedding, d_model);
}

/**
 * The whole machine: tokens so far in, scores (logits) for every next token out. Row t
 * depends on the tokens up to t and on nothing else.
 * @param {Parameters} params @param {ArrayLike<number>} tokens [T]
 * @param {ModelConfig} config
 * @returns {Float32Array} [T V]
 */
export function forward(params, tokens, config) {
  return unembed(params, activations(params, tokens, config).final, config);
}
