// How tokens look at each other: rotary positions and attention.
//
// Beside `model/attention.py`. Letters in the shapes, as in transformer.js:
//     T tokens read now, S tokens attended to, N n_heads, K n_kv_heads, H d_head
// No mask is needed: a loop that ends at the token itself sees none that come later.

import { attendFast } from "./attention_products.js";

/** @import { ModelConfig } from "./parameters.js" */
/**
 * The angles by which positions turn a head (arXiv 2104.09864), of each pair of it.
 * @typedef {{ cos: Float32Array, sin: Float32Array }} Rope [T half]
 */

/**
 * The angles of so many tokens, from a position on.
 * @param {number} first @param {number} steps @param {ModelConfig} config
 * @returns {Rope}
 */
export function ropeAt(first, steps, { d_head, rope_theta, rope_stretch }) {
  const half = d_head / 2;
  const cos = new Float32Array(steps * half);
  const sin = new Float32Array(steps * half);
  for (let i = 0; i < half; i += 1) {
    const turned = rope_theta ** (-i / half) / (rope_stretch?.[i] ?? 1);
    const frequency = Math.fround(turned);
    for (let t = 0; t < steps; t += 1) {
      const angle = Math.fround((first + t) * frequency);
      cos[t * half + i] = Math.cos(angle);
      sin[t * half + i] = Math.sin(angle);
    }
  }
  return { cos, sin };
}

/**
 * Mark each token's position by turning pairs (i, i + H/2); null turns nothing.
 * @param {Float32Array} x [T heads H] @param {Rope | null} rope
 * @param {ModelConfig} config
 * @returns {Float32Array} [T heads H]
 */
export function rotate(x, rope, { d_head }) {
  if (!rope) return x;
  const { cos, sin } = rope;
  const half = d_head / 2;
  const heads = x.length / cos.length / 2;
  const turned = new Float32Array(x.length);
  for (let head = 0; head < x.length / d_head; head += 1) {
    const start = head * d_head;
    const angle = Math.floor(head / heads) * half;
    for (let i = 0; i < half; i += 1) {
      const first = x[start + i];
      const second = x[start + half + i];
      turned[start + i] = first * cos[angle + i] - second * sin[angle + i];
      turned[start + half + i] = second * cos[angle + i] + first * sin[angle + i];
    }
  }
  return turned;
}

/**
 * Who looks how much at whom: calls `seen` for every token and every head.
 * @param {Float32Array} q [T N H]
 * @param {Float32Array} k [S K H], in which the tokens read now stand from `slot` on
 * @param {number} slot @param {ModelConfig} config
 * @param {(t: number, n: number, weights: Float64Array, sum: number) => void} seen
 *   gets the weights of the tokens 0 to slot + t, and what they add up to
 */
function eachLook(q, k, slot, { n_heads, n_kv_heads, d_head }, seen) {
  const steps = q.length / (n_heads * d_head);
  const weights = new Float64Array(slot + steps);
  const half = d_head / 2;
  const size = 1 / Math.sqrt(d_head);
  for (let t = 0; t < steps; t += 1) {
    for (let n = 0; n < n_heads; n += 1) {
      const query = (t * n_heads + n) * d_head;
      const shared = Math.floor(n * n_kv_heads / n_heads); // the key head that it asks
      let highest = -Infinity;
      for (let s = 0; s <= slot + t; s += 1) {
        const key = (s * n_kv_heads + shared) * d_head;
        // Two sums, for one would wait for itself at every step.
        let first = 0, second = 0;
        for (let i = 0; i < half; i += 1) {
          first += q[query + i] * k[key + i];
          second += q[query + half + i] * k[key + half + i];
        }
        weights[s] = (first + second) * size;
        if (weights[s] > highest) highest = weights[s];
      }
      let sum = 0;
      for (let s = 0; s <= slot + t; s += 1) {
        weights[s] = Math.exp(weights[s] - highest);
        sum += weights[s];
      }
      seen(t, n, weights, sum);
    }
  }
}

/**
 * Mix the values of the tokens that each query looks at (arXiv 2305.13245).
 * @param {Float32Array} q [T N H]
 * @param {Float32Array} k [S K H], in which the tokens read now stand from `slot` on
 * @param {Float32Array} v [S K H] @param {number} slot @param {ModelConfig} config
 * @returns {Float32Array} [T N H]
 */
export function attend(q, k, v, slot, config) {
  return attendFast(q, k, v, slot, config) ?? plainAttend(q, k, v, slot, config);
}

/**
 * The same by plain loops.
 * @param {Float32Array} q @param {Float32Array} k @param {Float32Array} v
 * @param {number} slot @param {ModelConfig} config
 */
export function plainAttend(q, k, v, slot, config) {
  const { n_heads, n_kv_heads, d_head } = config;
  const mixed = new Float32Array(q.length);
  const mixture = new Float64Array(d_head);
  eachLook(q, k, slot, config, (t, n, weights, sum) => {
    const shared = Math.floor(n * n_kv_heads / n_heads);
    mixture.fill(0);
    for (let s = 0; s <= slot + t; s += 1) {
      const weight = weights[s];
      const value = (s * n_kv_heads + shared) * d_head;
      for (let i = 0; i < d_head; i += 1) mixture[i] += weight * v[value + i];
    }
    const place = (t * n_heads + n) * d_head;
    for (let i = 0; i < d_head; i += 1) mixed[place + i] = mixture[i] / sum;
  });
  return mixed;
}

/**
 * How much each query looks at each token; a query's weights add to one.
 * @param {Float32Array} q [T N H]
 * @param {Float32Array} k [S K H], in which the tokens read now stand from `slot` on
 * @param {number} slot @param {ModelConfig} config
 * @returns {Float32Array} [N T S], 0 for what comes later
 */
export function attentionWeights(q, k, slot, config) {
  const { n_heads, d_head } = config;
  const steps = q.length / (n_heads * d_head);
  const all = slot + steps;
  const looks = new Float32Array(n_heads * steps * all);
  eachLook(q, k, slot, config, (t, n, weights, sum) => {
    const row = (n * steps + t) * all;
    for (let s = 0; s <= slot + t; s += 1) looks[row + s] = weights[s] / sum;
  });
  return looks;
}
