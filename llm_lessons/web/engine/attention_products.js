// Here for speed alone: attention by the products of `simd.js`, with keys and values
// copied into a memory where they are fast.

import { multiplyIn, roomFor } from "./simd.js";

/** @import { ModelConfig } from "./parameters.js" */
/** @import { Multiply } from "./speed.js" */

const LOOK_TOGETHER = 8; // tokens that look together
// Numbers of the memory: keys, values, and what becomes of them.
const SEEN_NUMBERS = 2 ** 18;
const LOOK_NUMBERS = 2 ** 17;

/** @typedef {{ room: Float32Array, multiply: Multiply }} LookingDesk */
/**
 * Made when it is first asked for; null where there is none.
 * @type {LookingDesk | null | undefined}
 */
let lookingDesk;

function deskToLook() {
  if (lookingDesk !== undefined) return lookingDesk;
  const room = roomFor(2 * SEEN_NUMBERS + 2 * LOOK_NUMBERS);
  const multiply = multiplyIn(room);
  lookingDesk = multiply && { room, multiply };
  return lookingDesk;
}

/**
 * `attend` of `attention.js`, or null where it is not done here: there is no
 * WebAssembly, too little room, or a head whose width is no multiple of four.
 * @param {Float32Array} q [T N H]
 * @param {Float32Array} k [S K H] @param {Float32Array} v [S K H]
 * @param {number} slot @param {ModelConfig} config
 * @returns {Float32Array | null} [T N H]
 */
export function attendFast(q, k, v, slot, { n_heads, n_kv_heads, d_head }) {
  const steps = q.length / (n_heads * d_head);
  const width = n_kv_heads * d_head;
  const [seen, group] = [slot + steps, n_heads / n_kv_heads];
  const columns = Math.ceil(LOOK_TOGETHER * group / 4) * 4;
  const most = Math.max(seen * columns, 2 * d_head * columns);
  if (d_head % 4 || seen * width > SEEN_NUMBERS || most > LOOK_NUMBERS) return null;
  const found = deskToLook();
  if (!found) return null;
  const { room } = found;
  room.set(k.subarray(0, seen * width));
  room.set(v.subarray(0, seen * width), SEEN_NUMBERS);
  const mixed = new Float32Array(q.length);
  for (let first = 0; first < steps; first += LOOK_TOGETHER) {
    const count = Math.min(LOOK_TOGETHER, steps - first);
    for (let shared = 0; shared < n_kv_heads; shared += 1) {
      const together = { first, count, slot, shared, group, width, d_head };
      lookTogether(found, q, mixed, together);
    }
  }
  return mixed;
}

/**
 * Tokens that look together, by all heads that ask the same keys.
 * @typedef {object} Together
 * @property {number} first token of those read now @property {number} count
 * @property {number} slot of the first token that is read now
 * @property {number} shared the head of keys and values @property {number} group heads
 * @property {number} width numbers of all keys of a token @property {number} d_head
 */

/**
 * @param {LookingDesk} desk @param {Float32Array} q [T N H] @param {Float32Array} mixed
 * @param {Together} together
 */
function lookTogether({ room, multiply }, q, mixed, together) {
  const { first, count, slot, shared, group, width, d_head } = together;
  const [asked, columns] = [count * group, Math.ceil(count * group / 4) * 4];
  const [looks, small] = [2 * SEEN_NUMBERS, 2 * SEEN_NUMBERS + LOOK_NUMBERS];
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
    asShares(room, looks + column, columns, last + 1, seen, 1 / Math.sqrt(d_head));
  }
  const values = SEEN_NUMBERS + keys;
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
function asShares(numbers, at, step, count, all, times) {
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
