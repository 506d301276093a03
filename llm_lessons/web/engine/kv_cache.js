// Keys and values kept from token to token: saved arithmetic, not memory.
//
// Beside `model/kv_cache.py`. Letters in the shapes as in transformer.js.

import { ropeAt } from "./attention.js";
import { block, embed, unembed } from "./transformer.js";

/** @import { ModelConfig, Parameters } from "./parameters.js" */
/** @import { LanguageModel } from "./model.js" */
/**
 * Keys and values already computed, of every layer; `length` slots are filled.
 * @typedef {object} KVCache
 * @property {Float32Array[]} keys [S K H] @property {Float32Array[]} values [S K H]
 * @property {number} length
 */

/**
 * An empty cache with room for so many tokens.
 * @param {ModelConfig} config @param {number} capacity
 * @returns {KVCache}
 */
function makeCache({ n_layers, n_kv_heads, d_head }, capacity) {
  const size = capacity * n_kv_heads * d_head;
  const empty = () => Array.from({ length: n_layers }, () => new Float32Array(size));
  return { keys: empty(), values: empty(), length: 0 };
}

/**
 * Room for so many tokens and perhaps more; what is there stays.
 * @param {KVCache} cache @param {number} length @param {ModelConfig} config
 */
function grow(cache, length, { n_kv_heads, d_head, max_seq_len }) {
  const [width, has] = [n_kv_heads * d_head, cache.keys[0]?.length ?? Infinity];
  if (length * width <= has) return;
  const size = Math.max(length * width, Math.min(2 * has, max_seq_len * width));
  const grown = (/** @type {Float32Array} */ one) => {
    const more = new Float32Array(size);
    more.set(one.subarray(0, cache.length * width));
    return more;
  };
  cache.keys = cache.keys.map(grown);
  cache.values = cache.values.map(grown);
}

/**
 * Read a text from its beginning; gives the scores after it, and a cache.
 * @param {Parameters} params @param {ArrayLike<number>} tokens [T]
 * @param {number} capacity @param {ModelConfig} config
 * @returns {{ logits: Float32Array, cache: KVCache }}
 */
export function prefill(params, tokens, capacity, config) {
  const cache = makeCache(config, capacity);
  return { logits: extend(params, tokens, cache, config), cache };
}

/**
 * Read on behind a cache, which grows where it has no room left; gives the stream.
 * @param {Parameters} params @param {ArrayLike<number>} tokens [T]
 * @param {KVCache} cache @param {ModelConfig} config
 * @returns {Float32Array} [T D]
 */
function readOn(params, tokens, cache, config) {
  grow(cache, cache.length + tokens.length, config);
  const rope = ropeAt(cache.length, tokens.length, config);
  let x = embed(params, tokens, config);
  params.layers.forEach((layer, i) => {
    const [keys, values] = [cache.keys[i], cache.values[i]];
    x = block(layer, x, rope, config, keys, values, cache.length).stream;
  });
  cache.length += tokens.length;
  return x;
}

/**
 * The same; gives the scores after the last token.
 * @param {Parameters} params @param {ArrayLike<number>} tokens [T]
 * @param {KVCache} cache @param {ModelConfig} config
 * @returns {Float32Array} [V]
 */
export function extend(params, tokens, cache, config) {
  const x = readOn(params, tokens, cache, config);
  return unembed(params, x.subarray(x.length - config.d_model), config);
}

/**
 * Read one more token.
 * @param {Parameters} params @param {number} token
 * @param {KVCache} cache @param {ModelConfig} config
 * @returns {Float32Array} [V]
 */
export function decodeStep(params, token, cache, config) {
  return extend(params, [token], cache, config);
}

const PIECE = 8; // tokens, at most, between two moments in which the page may draw

/** Reads with a cache of its own, and reads on where two texts part. */
export class Reader {
  /** @type {number[]} */
  #ids = [];

  /** @param {LanguageModel} lm */
  constructor(lm) {
    this.lm = lm;
    this.cache = makeCache(lm.config, 0);
  }

  /**
   * The scores after a text, [V]; `cache` then holds the text. Yields between pieces.
   * @param {number[]} ids from the start token on, no more than the window holds
   * @returns {Generator<void, Float32Array>}
   */
  *read(ids) {
    const { params, config } = this.lm;
    let done = 0;
    // The last token is read in any case, for its scores.
    const most = Math.min(ids.length - 1, this.#ids.length);
    while (done < most && ids[done] === this.#ids[done]) done += 1;
    // The first pieces are small: a browser is slow with what it has not done before.
    for (let size = 1;; size = Math.min(2 * size, PIECE)) {
      const end = Math.min(done + size, ids.length);
      this.cache.length = done;
      this.#ids = ids.slice(0, end);
      const piece = ids.slice(done, end);
      if (end === ids.length) return extend(params, piece, this.cache, config);
      readOn(params, piece, this.cache, config);
      done = end;
      yield;
    }
  }

  /**
   * Scores after the first tokens of what was read, and some more. What was read
   * behind them is forgotten.
   * @param {number} before how many tokens of it @param {number[]} more one or more
   */
  behind(before, more) {
    const { params, config } = this.lm;
    this.cache.length = before;
    this.#ids = [...this.#ids.slice(0, before), ...more];
    return extend(params, more, this.cache, config);
  }
}
