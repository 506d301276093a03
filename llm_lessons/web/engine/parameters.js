// All that a model knows: a plain tree of arrays, read from what a page brings along.
//
// Beside `model/config.py` and `model/parameters.py`. Letters in the shapes:
//     V vocab_size, D d_model, N n_heads, K n_kv_heads, H d_head, F d_ff
// Matrices lie turned, a row an output: see `matmul`.

import { Refusal } from "./refusal.js";
import { numberOfHalf } from "./halves.js";
import { threefry } from "./sampling.js";
import { roomFor } from "./products.js";

/** @import { Matrix } from "./blocks.js" */

/**
 * The shape of a model, as `ModelConfig` in Python.
 * @typedef {object} ModelConfig
 * @property {number} vocab_size @property {number} d_model @property {number} n_layers
 * @property {number} n_heads @property {number} n_kv_heads @property {number} d_head
 * @property {number} d_ff @property {number} rope_theta @property {number} norm_eps
 * @property {boolean} tie_embeddings @property {number} max_seq_len
 */
/**
 * The weights of one block of layers.
 * @template {Matrix} [Form=Matrix]
 * @typedef {object} Layer
 * @property {Float32Array} attention_norm [D] @property {Form} query [N H, D]
 * @property {Form} key [K H, D] @property {Form} value [K H, D]
 * @property {Form} output [D, N H] @property {Float32Array} mlp_norm [D]
 * @property {Form} gate [F, D] @property {Form} up [F, D] @property {Form} down [D, F]
 */
/**
 * All weights of a model. `output_head` is null where the embedding is tied.
 * @template {Matrix} [Form=Matrix]
 * @typedef {object} Parameters
 * @property {Form} embedding [V, D] @property {Layer<Form>[]} layers
 * @property {Float32Array} final_norm [D] @property {Form | null} output_head [V, D]
 */

const LETTERS_AT_ONCE = 2 ** 17; // of base64; they stand for 49,152 numbers
const DAMAGED = "The model of this page is damaged: fetch the page anew.";

/**
 * Weights of `float16` in base64, one matrix behind the other. Yields between pieces,
 * for the page to draw.
 * @param {string} packed @param {ModelConfig} config
 * @returns {Generator<void, Parameters<Float32Array>>}
 */
export function* unpack(packed, config) {
  const numbers = yield* asFloats(packed);
  return parametersIn(numbers, config);
}

/**
 * The tree of the matrices that lie one behind the other; nothing is copied.
 * @param {Float32Array} numbers [countParameters] @param {ModelConfig} config
 * @returns {Parameters<Float32Array>}
 */
export function parametersIn(numbers, config) {
  const { d_model: d, d_ff: f, vocab_size: v, n_layers } = config;
  const [asked, shared] = [config.n_heads, config.n_kv_heads].map((n) =>
    n * config.d_head * d
  );
  let end = 0;
  /** @param {number} size */
  const next = (size) => numbers.subarray(end, end += size);
  const embedding = next(v * d);
  const final_norm = next(d);
  const output_head = config.tie_embeddings ? null : next(v * d);
  const layers = Array.from({ length: n_layers }, () => ({
    attention_norm: next(d),
    query: next(asked),
    key: next(shared),
    value: next(shared),
    output: next(asked),
    mlp_norm: next(d),
    gate: next(f * d),
    up: next(f * d),
    down: next(d * f),
  }));
  if (end !== numbers.length) throw new Refusal(DAMAGED);
  return { embedding, layers, final_norm, output_head };
}

/** How many weights a model of this shape has. @param {ModelConfig} config */
export function countParameters(config) {
  const { d_model: d, d_ff: f, vocab_size: v, n_heads, n_kv_heads, d_head } = config;
  const layer = 2 * d + 2 * (n_heads + n_kv_heads) * d_head * d + 3 * f * d;
  return (config.tie_embeddings ? 1 : 2) * v * d + d + config.n_layers * layer;
}

/**
 * Draw random weights into an array, as `init_parameters` in Python does but with other
 * numbers: normal, with standard deviation 1/sqrt(inputs); norms are 1. The weights 2 i
 * and 2 i + 1 of the array come from Threefry-2x32 with the key (0, seed) at the count
 * (0, i), by the Box-Muller transform.
 * @param {Float32Array} numbers [countParameters] @param {ModelConfig} config
 * @param {number} seed any whole number; 32 bits of it count
 */
export function drawParameters(numbers, config, seed) {
  for (let i = 0; i < numbers.length; i += 2) {
    const [a, b] = threefry([0, seed >>> 0], [0, i / 2]);
    const radius = Math.sqrt(-2 * Math.log((a + 1) / 2 ** 32));
    const angle = 2 * Math.PI * b / 2 ** 32;
    numbers[i] = radius * Math.cos(angle);
    if (i + 1 < numbers.length) numbers[i + 1] = radius * Math.sin(angle);
  }
  const { embedding, final_norm, output_head, layers } = parametersIn(numbers, config);
  const { d_model, d_ff, n_layers, n_heads, d_head } = config;
  /** @param {Float32Array} matrix @param {number} times */
  const scale = (matrix, times) => {
    for (let i = 0; i < matrix.length; i += 1) matrix[i] *= times;
  };
  scale(embedding, 0.02); // so that a tied output starts out close to even odds
  if (output_head) scale(output_head, 1 / Math.sqrt(d_model));
  final_norm.fill(1);
  for (const layer of layers) {
    layer.attention_norm.fill(1);
    layer.mlp_norm.fill(1);
    const { query, key, value, gate, up } = layer;
    for (const one of [query, key, value, gate, up]) scale(one, 1 / Math.sqrt(d_model));
    // What a block adds to the stream starts small, so that depth adds no noise.
    scale(layer.output, 1 / Math.sqrt(n_heads * d_head * 2 * n_layers));
    scale(layer.down, 1 / Math.sqrt(d_ff * 2 * n_layers));
  }
}

/**
 * What the bits of `float16` numbers stand for, lowest byte first.
 * @param {string} base64
 * @returns {Generator<void, Float32Array>}
 */
function* asFloats(base64) {
  const floats = roomFor(Math.floor(base64.length / 4 * 3) >> 1);
  let end = 0;
  for (let at = 0; at < base64.length; at += LETTERS_AT_ONCE) {
    yield;
    const bytes = bytesOf(base64.slice(at, at + LETTERS_AT_ONCE));
    for (let i = 0; i + 1 < bytes.length; i += 2) {
      const bits = bytes.charCodeAt(i) | (bytes.charCodeAt(i + 1) << 8);
      floats[end] = numberOfHalf(bits);
      end += 1;
    }
  }
  return floats.subarray(0, end); // the last letters may stand for nothing
}

/** Bytes as letters of a text. @param {string} base64 */
function bytesOf(base64) {
  try {
    return atob(base64);
  } catch {
    throw new Refusal(DAMAGED);
  }
}
