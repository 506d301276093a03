// All that a model knows: a plain tree of arrays, read from what a page brings along.
//
// Beside `model/config.py` and `model/parameters.py`. Letters in the shapes:
//     V vocab_size, D d_model, N n_heads, K n_kv_heads, H d_head, F d_ff
// Matrices lie turned, a row an output: see `matmul`.

import { Refusal } from "./checks.js";
import { roomFor } from "./simd.js";

/**
 * The shape of a model, as `ModelConfig` in Python.
 * @typedef {object} ModelConfig
 * @property {number} vocab_size @property {number} d_model @property {number} n_layers
 * @property {number} n_heads @property {number} n_kv_heads @property {number} d_head
 * @property {number} d_ff @property {number} rope_theta @property {number} norm_eps
 * @property {boolean} tie_embeddings @property {number} max_seq_len
 */
/**
 * The weights of one block.
 * @typedef {object} Layer
 * @property {Float32Array} attention_norm [D]
 * @property {Float32Array} query [N H, D]
 * @property {Float32Array} key [K H, D]
 * @property {Float32Array} value [K H, D]
 * @property {Float32Array} output [D, N H]
 * @property {Float32Array} mlp_norm [D]
 * @property {Float32Array} gate [F, D]
 * @property {Float32Array} up [F, D]
 * @property {Float32Array} down [D, F]
 */
/**
 * All weights of a model. `output_head` is null where the embedding is tied.
 * @typedef {object} Parameters
 * @property {Float32Array} embedding [V, D]
 * @property {Layer[]} layers
 * @property {Float32Array} final_norm [D]
 * @property {Float32Array | null} output_head [V, D]
 */

const LETTERS_AT_ONCE = 2 ** 17; // of base64; they stand for 49,152 numbers
export const DAMAGED = "The model of this page is damaged: fetch the page anew.";

/**
 * Weights of `float16` in base64, one matrix behind the other. Yields between pieces,
 * for the page to draw.
 * @param {string} packed @param {ModelConfig} config
 * @returns {Generator<void, Parameters>}
 */
export function* unpack(packed, config) {
  const { d_model: d, d_ff: f, vocab_size: v, n_layers } = config;
  const numbers = yield* asFloats(packed);
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

/**
 * What the bits of `float16` numbers stand for, lowest byte first: each is looked up in
 * a table of all that there are.
 * @param {string} base64
 * @returns {Generator<void, Float32Array>}
 */
function* asFloats(base64) {
  const table = everyHalf();
  const floats = roomFor(Math.floor(base64.length / 4 * 3) >> 1);
  let end = 0;
  for (let at = 0; at < base64.length; at += LETTERS_AT_ONCE) {
    yield;
    const bytes = bytesOf(base64.slice(at, at + LETTERS_AT_ONCE));
    for (let i = 0; i + 1 < bytes.length; i += 2) {
      floats[end] = table[bytes.charCodeAt(i) | (bytes.charCodeAt(i + 1) << 8)];
      end += 1;
    }
  }
  return floats.subarray(0, end); // the last letters may stand for nothing
}

/**
 * Bytes as letters of a text.
 * @param {string} base64
 */
function bytesOf(base64) {
  try {
    return atob(base64);
  } catch {
    throw new Refusal(DAMAGED);
  }
}

// The number that each of the 65,536 patterns of 16 bits stands for: a sign, 5 bits of
// an exponent, and 10 more. The smallest numbers have no exponent of their own.
function everyHalf() {
  const table = new Float32Array(2 ** 16);
  for (let first = 0; first < table.length; first += 1024) {
    const exponent = (first >> 10) & 31;
    const step = 2 ** (Math.max(exponent, 1) - 25) * (first >> 15 ? -1 : 1);
    const least = exponent ? 1024 : 0;
    for (let rest = 0; rest < 1024; rest += 1) {
      table[first + rest] = step * (least + rest);
    }
  }
  return table;
}
