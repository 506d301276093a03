// Attention while a model learns: forward, and backward with gradients.
//
// The function of `attention.js`, for rows that are read together; where everything
// stands, and the letters in the shapes: see `training_workspace.js`. Queries, keys and
// values of a token stand side by side: `qkv` [T N+2K H].

import { softmaxUpTo } from "./attention.js";
import { upToFours } from "./training_workspace.js";

/** @import { Workspace, LayerWorkspace } from "./training_workspace.js" */

/** Queries of a row that are worked out together: more do work that the mask wastes. */
const QUERIES_TOGETHER = 16;

/**
 * Turn each token's queries and keys by its position in its row, or back.
 * @param {Workspace} workspace @param {number} qkv the place of [T N+2K H]
 * @param {1 | -1} way 1 turns, -1 turns back
 */
export function rotateHeads(
  { numbers, config, rope: { cos, sin }, group },
  qkv,
  way,
) {
  const { n_heads, n_kv_heads, d_head } = config;
  const half = d_head / 2;
  for (let row = 0; row < group.rows; row += 1) {
    for (let at = group.starts[row]; at < group.starts[row + 1]; at += 1) {
      const angle = (at - group.starts[row]) * half;
      let place = qkv + at * (n_heads + 2 * n_kv_heads) * d_head;
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
 * A head of a row: where in `qkv` its queries, keys and values begin, where
 * its odds do, and where in `mixed` what comes of them; from one token to the next it
 * is `step` and `width` there. `isFirst` of those that ask the same keys.
 * @typedef {{ length: number, query: number, key: number, value: number, odds: number,
 *   mixed: number, step: number, width: number, isFirst: boolean }} HeadPlaces
 */

/**
 * Every head of every row; those that ask the same keys come together, and their keys
 * or values lie turned then, as [H slots] in `turned`.
 * @param {Workspace} workspace @param {LayerWorkspace} layer
 * @param {"key" | "value"} which
 * @returns {Generator<HeadPlaces, void>}
 */
function* eachHead({ config, group, numbers, turned, slots, capacity }, layer, which) {
  const { n_heads, n_kv_heads, d_head } = config;
  const [step, width] = [(n_heads + 2 * n_kv_heads) * d_head, n_heads * d_head];
  for (let row = 0; row < group.rows; row += 1) {
    const start = group.starts[row];
    const length = group.starts[row + 1] - start;
    for (let n = 0; n < n_heads; n += 1) {
      const shared = Math.floor(n * n_kv_heads / n_heads);
      const query = start * step + n * d_head;
      const key = start * step + (n_heads + shared) * d_head;
      const value = key + n_kv_heads * d_head;
      const isFirst = n % (n_heads / n_kv_heads) === 0;
      const from = layer.qkv + { key, value }[which];
      for (let t = 0; isFirst && t < length; t += 1) {
        for (let i = 0; i < d_head; i += 1) {
          numbers[turned + i * slots + t] = numbers[from + t * step + i];
        }
      }
      const odds = layer.odds + (n * capacity + start) * slots;
      const mixed = start * width + n * d_head;
      yield { length, query, key, value, odds, mixed, step, width, isFirst };
    }
  }
}

/**
 * Mix the values of the tokens that each token looks at.
 * @param {Workspace} workspace `odds` [N T slots] and `mixed` [T N H] are written
 * @param {LayerWorkspace} layer
 */
export function attendHeads(workspace, layer) {
  const { numbers, multiply, turned, slots, config: { d_head: size } } = workspace;
  for (const head of eachHead(workspace, layer, "key")) {
    const { step, width } = head;
    const [query, value] = [layer.qkv + head.query, layer.qkv + head.value];
    for (let t = 0; t < head.length; t += QUERIES_TOGETHER) {
      const many = Math.min(QUERIES_TOGETHER, head.length - t);
      const seen = t + many;
      const look = head.odds + t * slots;
      const [from, to] = [query + t * step, layer.mixed + head.mixed + t * width];
      const upTo = upToFours(seen);
      multiply(look, from, turned, many, upTo, size, slots, step, 1, slots, false);
      for (let i = 0; i < many; i += 1) {
        softmaxUpTo(numbers, look + i * slots, 1, t + i + 1, seen, 1 / Math.sqrt(size));
      }
      multiply(to, look, value, many, size, seen, width, slots, 1, step, false);
    }
  }
}

/**
 * From the gradient of what was mixed, `dMixed`, to that of queries, keys and values,
 * `dQkv`, as they were after they had been turned.
 * @param {Workspace} workspace @param {LayerWorkspace} layer
 */
export function attendHeadsBackward(workspace, layer) {
  for (const head of eachHead(workspace, layer, "value")) {
    queriesBackward(workspace, layer, head);
    keysAndValuesBackward(workspace, layer, head);
  }
}

/**
 * To the scores of one head of one row, `dOdds` [slots slots], and its queries.
 * @param {Workspace} workspace @param {LayerWorkspace} layer @param {HeadPlaces} head
 */
function queriesBackward(
  workspace,
  layer,
  { length, query, key, odds, mixed, step, width },
) {
  const { numbers, multiply, turned, slots, dOdds, config: { d_head: size } } =
    workspace;
  const times = 1 / Math.sqrt(size);
  for (let t = 0; t < length; t += QUERIES_TOGETHER) {
    const many = Math.min(QUERIES_TOGETHER, length - t);
    const seen = t + many;
    const upTo = upToFours(seen);
    const look = dOdds + t * slots;
    const [from, made] = [workspace.dMixed, layer.mixed].map((at) =>
      at + mixed + t * width
    );
    multiply(look, from, turned, many, upTo, size, slots, width, 1, slots, false);
    for (let i = 0; i < many; i += 1) {
      // The sum over all odds times their gradients is this, with less to add.
      let sum = 0;
      for (let h = i * width; h < i * width + size; h += 1) {
        sum += numbers[from + h] * numbers[made + h];
      }
      const at = (t + i) * slots;
      for (let s = at; s <= at + t + i; s += 1) {
        numbers[dOdds + s] = numbers[odds + s] * (numbers[dOdds + s] - sum) * times;
      }
      numbers.fill(0, dOdds + at + t + i + 1, dOdds + at + seen);
    }
    const to = workspace.dQkv + query + t * step;
    multiply(
      to,
      look,
      layer.qkv + key,
      many,
      size,
      seen,
      step,
      slots,
      1,
      step,
      false,
    );
  }
}

/**
 * To the keys and values that one head of one row looked at, added to what other heads
 * made of the same.
 * @param {Workspace} workspace @param {LayerWorkspace} layer @param {HeadPlaces} head
 */
function keysAndValuesBackward(workspace, layer, { step, width, ...head }) {
  const { multiply, slots, dOdds, dQkv, config: { d_head: size } } = workspace;
  const { length, query, key, value, odds, mixed, isFirst } = head;
  for (let s = 0; s < length; s += QUERIES_TOGETHER) {
    const [many, later, at] = [
      Math.min(QUERIES_TOGETHER, length - s),
      length - s,
      s * step,
    ];
    const sizes = /** @type {const} */ ([many, size, later, step, 1, slots]);
    const corner = s * slots + s;
    const qkv = layer.qkv + query + at;
    multiply(dQkv + key + at, dOdds + corner, qkv, ...sizes, step, !isFirst);
    const dMixed = workspace.dMixed + mixed + s * width;
    multiply(dQkv + value + at, odds + corner, dMixed, ...sizes, width, !isFirst);
  }
}
