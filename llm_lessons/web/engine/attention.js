// Attention: rotary positions, and how much each token looks at each.
//
// Beside `model/attention.py`. Letters in the shapes, as in transformer.js:
//     T tokens read now, S tokens attended to, N n_heads, K n_kv_heads, H d_head
// No mask is needed: a loop that ends at the token itself sees none that come later.
// `attendFast` is the same by products, for speed alone.

import { multiplyIn } from "./multiply.js";
import { roomFor } from "./products.js";

/** @import { ModelConfig } from "./parameters.js" */
/** @import { Multiply } from "./multiply.js" */
/**
 * The angles by which positions turn a head (arXiv 2104.09864), of each pair of it.
 * @typedef {{ cos: Float32Array, sin: Float32Array }} Rope [T half]
 */

/**
 * The angles of so many tokens, from a position on.
 * @param {number} first @param {number} steps @param {ModelConfig} config
 * @returns {Rope}
 */
export function ropeAt(first, steps, { d_head, rope_theta }) {
  const half = d_head / 2;
  const cos = new Float32Array(steps * half);
  const sin = new Float32Array(steps * half);
  for (let i = 0; i < half; i += 1) {
    const frequency = Math.fround(rope_theta ** (-i / half));
    for (let t = 0; t < steps; t += 1) {
      const angle = Math.fround((first + t) * frequency);
      cos[t * half + i] = Math.cos(angle);
      sin[t * half + i] = Math.sin(angle);
    }
  }
  return { cos, sin };
}

/**
 * Mark each token's position by turning pairs (i, i + H/2).
 * @param {Float32Array} x [T heads H] @param {Rope} rope
 * @param {ModelConfig} config
 * @returns {Float32Array} [T heads H]
 */
export function rotate(x, rope, { d_head }) {
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
 * Softmax of q @ k.T, before it is divided by its sum: calls `seen` for every query.
 * @param {Float32Array} q [T N H]
 * @param {Float32Array} k [S K H], in which the tokens read now stand from `slot` on
 * @param {number} slot @param {ModelConfig} config
 * @param {(t: number, n: number, weights: Float64Array, sum: number) => void} seen
 *   gets the weights of the tokens 0 to slot + t, and what they add up to
 */
function eachQuery(q, k, slot, { n_heads, n_kv_heads, d_head }, seen) {
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
  eachQuery(q, k, slot, config, (t, n, weights, sum) => {
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
  eachQuery(q, k, slot, config, (t, n, weights, sum) => {
    const row = (n * steps + t) * all;
    for (let s = 0; s <= slot + t; s += 1) looks[row + s] = weights[s] / sum;
  });
  return looks;
}

const QUERIES_AT_ONCE = 8; // tokens
// Numbers of the memory: keys, values, and what becomes of them.
const CACHE_NUMBERS = 2 ** 18;
const SCORE_NUMBERS = 2 ** 17;

/** @typedef {{ room: Float32Array, multiply: Multiply }} AttendingRoom */
/**
 * Made when it is first asked for; null where there is none.
 * @type {AttendingRoom | null | undefined}
 */
let attendingRoom;

function roomToAttend() {
  if (attendingRoom !== undefined) return attendingRoom;
  const room = roomFor(2 * CACHE_NUMBERS + 2 * SCORE_NUMBERS);
  const multiply = multiplyIn(room);
  attendingRoom = multiply && { room, multiply };
  return attendingRoom;
}

/**
 * `attend` by products, or null where it is not done here: there is no WebAssembly, too
 * little room, or a head whose width is no multiple of four.
 * @param {Float32Array} q [T N H]
 * @param {Float32Array} k [S K H] @param {Float32Array} v [S K H]
 * @param {number} slot @param {ModelConfig} config
 * @returns {Float32Array | null} [T N H]
 */
export function attendFast(q, k, v, slot, { n_heads, n_kv_heads, d_head }) {
  const steps = q.length / (n_heads * d_head);
  const width = n_kv_heads * d_head;
  const [seen, group] = [slot + steps, n_heads / n_kv_heads];
  const columns = Math.ceil(QUERIES_AT_ONCE * group / 4) * 4;
  const most = Math.max(seen * columns, 2 * d_head * columns);
  if (d_head % 4 || seen * width > CACHE_NUMBERS || most > SCORE_NUMBERS) return null;
  const found = roomToAttend();
  if (!found) return null;
  const { room } = found;
  room.set(k.subarray(0, seen * width));
  room.set(v.subarray(0, seen * width), CACHE_NUMBERS);
  const mixed = new Float32Array(q.length);
  for (let first = 0; first < steps; first += QUERIES_AT_ONCE) {
    const count = Math.min(QUERIES_AT_ONCE, steps - first);
    for (let shared = 0; shared < n_kv_heads; shared += 1) {
      const together = { first, count, slot, shared, group, width, d_head };
      attendTogether(found, q, mixed, together);
    }
  }
  return mixed;
}

/**
 * Queries that are worked out together: of some tokens, by all heads that share keys.
 * @typedef {object} Together
 * @property {number} first token of those read now @property {number} count
 * @property {number} slot of the first token that is read now
 * @property {number} shared the head of keys and values
 * @property {number} group heads that share it
 * @property {number} width numbers of all keys of a token @property {number} d_head
 */

/**
 * @param {AttendingRoom} own @param {Float32Array} q [T N H]
 * @param {Float32Array} mixed [T N H], which is written
 * @param {Together} together
 */
function attendTogether({ room, multiply }, q, mixed, together) {
  const { first, count, slot, shared, group, width, d_head } = together;
  const [asked, columns] = [count * group, Math.ceil(count * group / 4) * 4];
  const [looks, small] = [2 * CACHE_NUMBERS, 2 * CACHE_NUMBERS + SCORE_NUMBERS];
  const seen = slot + first + count;
  const heads = width / d_head * group;
  /** Where what a column asks stands in q. @param {number} column */
  const from = (column) =>
    ((first + Math.floor(column / group)) * heads + shared * group + column % group) *
    d_head;
  room.fill(0, small, small + d_head * columns);
  for (let column = 0; column < asked; column += 1) {
    const start = from(column);
    for (let i = 0; i < d_head; i += 1) {
      room[small + i * columns + column] = q[start + i];
    }
  }
  const keys = shared * d_head;
  // Rows are the tokens that are seen: [seen columns].
  const scored = /** @type {const} */ ([seen, columns, d_head, columns, width]);
  multiply(looks, keys, small, ...scored, 1, columns, false);
  for (let column = 0; column < asked; column += 1) {
    const last = slot + first + Math.floor(column / group);
    softmaxUpTo(room, looks + column, columns, last + 1, seen, 1 / Math.sqrt(d_head));
  }
  const values = CACHE_NUMBERS + keys;
  const sizes = /** @type {const} */ ([asked, d_head, seen]);
  multiply(small, looks, values, ...sizes, d_head, 1, columns, width, false);
  for (let column = 0; column < asked; column += 1) {
    const start = small + column * d_head;
    mixed.set(room.subarray(start, start + d_head), from(column));
  }
}

/**
 * Scores as shares that add to one, and 0 for what comes later.
 * @param {Float32Array} numbers @param {number} at of the first @param {number} step
 * @param {number} count of those that may be seen @param {number} all
 * @param {number} times what the scores are multiplied with
 */
export function softmaxUpTo(numbers, at, step, count, all, times) {
  const end = at + count * step;
  let [highest, sum] = [-Infinity, 0];
  for (let i = at; i < end; i += step) if (numbers[i] > highest) highest = numbers[i];
  for (let i = at; i < end; i += step) {
    const share = Math.exp((numbers[i] - highest) * times);
    numbers[i] = share;
    sum += share;
  }
  for (let i = at; i < end; i += step) numbers[i] /= sum;
  for (let i = end; i < at + all * step; i += step) numbers[i] = 0;
}
