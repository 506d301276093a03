// How tokens look at each other while a model learns: there, and back with gradients.
//
// The function of `attention.js`, for rows that are read together; where everything
// stands, and the letters in the shapes: see `training_desk.js`. What a token asks, its
// keys and its values stand side by side: [T N+2K H].

import { asShares } from "./attention.js";
import { upToFours } from "./training_desk.js";

/** @import { Desk, LayerDesk } from "./training_desk.js" */

/** So many tokens of a row look back together; so at most as many look in vain. */
const TOGETHER = 16;

/**
 * Turn each token's queries and keys by its position in its row, or back.
 * @param {Desk} desk @param {number} asked the place of [T N+2K H]
 * @param {1 | -1} way 1 turns, -1 turns back
 */
export function turnHeads({ numbers, config, rope: { cos, sin }, group }, asked, way) {
  const { n_heads, n_kv_heads, d_head } = config;
  const half = d_head / 2;
  for (let row = 0; row < group.rows; row += 1) {
    for (let at = group.starts[row]; at < group.starts[row + 1]; at += 1) {
      const angle = (at - group.starts[row]) * half;
      let place = asked + at * (n_heads + 2 * n_kv_heads) * d_head;
      for (let head = 0; head < n_heads + n_kv_heads; head += 1, place += d_head) {
        for (let i = 0; i < half; i += 1) {
          const first = numbers[place + i];
          const second = numbers[place + half + i];
          const up = way * sin[angle + i];
          numbers[place + i] = first * cos[angle + i] - second * up;
          numbers[place + half + i] = second * cos[angle + i] + first * up;
        }
      }
    }
  }
}

/**
 * Mix the values of the tokens that each token looks at.
 * @param {Desk} desk of which `odds` [N T slots] and `mixed` [T N H] are written
 * @param {LayerDesk} layer
 */
export function mixValues(desk, layer) {
  const { n_heads, n_kv_heads } = desk.config;
  for (let row = 0; row < desk.group.rows; row += 1) {
    for (let shared = 0; shared < n_kv_heads; shared += 1) {
      turnMatrix(desk, layer, row, n_heads + shared);
      const first = shared * n_heads / n_kv_heads;
      for (let n = first; n < first + n_heads / n_kv_heads; n += 1) {
        mixOne(desk, layer, row, n, shared);
      }
    }
  }
}

/**
 * Lay one head's keys or values of a row as [H slots] into the desk's `turned`.
 * @param {Desk} desk @param {LayerDesk} layer @param {number} row
 * @param {number} head among queries, keys and values
 */
function turnMatrix({ numbers, config, group, turned, slots }, layer, row, head) {
  const { n_heads, n_kv_heads, d_head } = config;
  const step = (n_heads + 2 * n_kv_heads) * d_head;
  const start = group.starts[row];
  const from = layer.asked + start * step + head * d_head;
  for (let t = 0; t < group.starts[row + 1] - start; t += 1) {
    for (let i = 0; i < d_head; i += 1) {
      numbers[turned + i * slots + t] = numbers[from + t * step + i];
    }
  }
}

/**
 * One head of one row; its keys are turned already.
 * @param {Desk} desk @param {LayerDesk} layer
 * @param {number} row @param {number} n @param {number} shared
 */
function mixOne(desk, layer, row, n, shared) {
  const { multiply, group, turned, slots } = desk;
  const { n_heads, n_kv_heads, d_head: size } = desk.config;
  const [step, width] = [(n_heads + 2 * n_kv_heads) * size, n_heads * size];
  const start = group.starts[row];
  const length = group.starts[row + 1] - start;
  const query = layer.asked + start * step + n * size;
  const value = layer.asked + start * step + (n_heads + n_kv_heads + shared) * size;
  const odds = layer.odds + (n * desk.capacity + start) * slots;
  const mixed = layer.mixed + start * width + n * size;
  for (let t = 0; t < length; t += TOGETHER) {
    const many = Math.min(TOGETHER, length - t);
    const seen = t + many;
    const upTo = upToFours(seen);
    const look = odds + t * slots;
    const [from, to] = [query + t * step, mixed + t * width];
    multiply(look, from, turned, many, upTo, size, slots, step, 1, slots, false);
    for (let i = 0; i < many; i += 1) {
      asShares(desk.numbers, look + i * slots, 1, t + i + 1, seen, 1 / Math.sqrt(size));
    }
    multiply(to, look, value, many, size, seen, width, slots, 1, step, false);
  }
}

/**
 * From the gradient of what was mixed, `dMixed`, to that of queries, keys and values,
 * `dAsked`, as they were after they had been turned.
 * @param {Desk} desk @param {LayerDesk} layer
 */
export function mixValuesBack(desk, layer) {
  const { n_heads, n_kv_heads } = desk.config;
  for (let row = 0; row < desk.group.rows; row += 1) {
    for (let shared = 0; shared < n_kv_heads; shared += 1) {
      turnMatrix(desk, layer, row, n_heads + n_kv_heads + shared);
      const first = shared * n_heads / n_kv_heads;
      for (let n = first; n < first + n_heads / n_kv_heads; n += 1) {
        lookBack(desk, layer, row, n, shared);
        seenBack(desk, layer, row, n, shared, n > first);
      }
    }
  }
}

/**
 * To the scores of one head of one row, `dOdds` [slots slots], and its queries.
 * @param {Desk} desk @param {LayerDesk} layer
 * @param {number} row @param {number} n @param {number} shared
 */
function lookBack(desk, layer, row, n, shared) {
  const { multiply, group, turned, slots, dOdds } = desk;
  const { n_heads, n_kv_heads, d_head: size } = desk.config;
  const [step, width] = [(n_heads + 2 * n_kv_heads) * size, n_heads * size];
  const start = group.starts[row];
  const length = group.starts[row + 1] - start;
  const key = layer.asked + start * step + (n_heads + shared) * size;
  const dQuery = desk.dAsked + start * step + n * size;
  for (let t = 0; t < length; t += TOGETHER) {
    const many = Math.min(TOGETHER, length - t);
    const seen = t + many;
    const upTo = upToFours(seen);
    const look = dOdds + t * slots;
    const mixed = (start + t) * width + n * size;
    const from = desk.dMixed + mixed;
    multiply(look, from, turned, many, upTo, size, slots, width, 1, slots, false);
    const odds = layer.odds + (n * desk.capacity + start + t) * slots;
    for (let i = 0; i < many; i += 1) {
      // The sum over all odds times their gradients is this, with less to add.
      let sum = 0;
      for (let h = i * width; h < i * width + size; h += 1) {
        sum += desk.numbers[from + h] * desk.numbers[layer.mixed + mixed + h];
      }
      const at = i * slots;
      const times = 1 / Math.sqrt(size);
      oddsBack(desk.numbers, look + at, odds + at, t + i + 1, seen, sum, times);
    }
    const to = dQuery + t * step;
    multiply(to, look, key, many, size, seen, step, slots, 1, step, false);
  }
}

/**
 * The gradient of chances becomes that of the scores, where it stands.
 * @param {Float32Array} numbers @param {number} place @param {number} odds
 * @param {number} count @param {number} seen @param {number} sum @param {number} times
 */
function oddsBack(numbers, place, odds, count, seen, sum, times) {
  for (let s = 0; s < count; s += 1) {
    numbers[place + s] = numbers[odds + s] * (numbers[place + s] - sum) * times;
  }
  for (let s = count; s < seen; s += 1) numbers[place + s] = 0;
}

/**
 * To the keys and values that one head of one row looked at.
 * @param {Desk} desk @param {LayerDesk} layer
 * @param {number} row @param {number} n @param {number} shared
 * @param {boolean} isAdded to what other heads made of the same keys and values
 */
function seenBack(desk, layer, row, n, shared, isAdded) {
  const { multiply, group, slots, dOdds } = desk;
  const { n_heads, n_kv_heads, d_head: size } = desk.config;
  const [step, width] = [(n_heads + 2 * n_kv_heads) * size, n_heads * size];
  const start = group.starts[row];
  const length = group.starts[row + 1] - start;
  for (let s = 0; s < length; s += TOGETHER) {
    const [many, later, at] = [Math.min(TOGETHER, length - s), length - s, start + s];
    const dKey = desk.dAsked + at * step + (n_heads + shared) * size;
    const query = layer.asked + at * step + n * size;
    const dLook = dOdds + s * slots + s;
    multiply(dKey, dLook, query, many, size, later, step, 1, slots, step, isAdded);
    const dValue = dKey + n_kv_heads * size;
    const look = layer.odds + (n * desk.capacity + at) * slots + s;
    const dMixed = desk.dMixed + at * width + n * size;
    multiply(dValue, look, dMixed, many, size, later, step, 1, slots, width, isAdded);
  }
}
