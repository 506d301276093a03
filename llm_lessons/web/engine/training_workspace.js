// Where everything stands while a model learns: one array of numbers, made once.
//
// All but `numbers` itself are places in it. Letters in the shapes:
//     V vocab_size, D d_model, N n_heads, K n_kv_heads, H d_head, F d_ff,
//     T tokens of a group of rows, as many as there is room for: `capacity`

import { ropeAt } from "./attention.js";
import { countParameters } from "./parameters.js";
import { multiplyIn, plainMultiply } from "./multiply.js";
import { roomFor } from "./products.js";

/** @import { Rope } from "./attention.js" */
/** @import { ModelConfig } from "./parameters.js" */
/** @import { Multiply } from "./multiply.js" */
/**
 * Rows that are read together, head to tail.
 * @typedef {object} Group
 * @property {number} rows
 * @property {Int32Array} starts where each row begins, and where the last one ends
 * @property {Int32Array} read [T] the tokens
 * @property {Int32Array} next [T] the tokens that really come next
 */
/**
 * The array `numbers`, what multiplies in it, and what stands where.
 * @typedef {ReturnType<typeof workspaceFor>} Workspace
 */
/**
 * What a block leaves for the way back.
 * @typedef {Workspace["layers"][number]} LayerWorkspace
 */
/** Its weights. @typedef {Workspace["weights"][number]} LayerPlaces */

/** @param {number} count */
export function upToFours(count) {
  return Math.ceil(count / 4) * 4;
}

/**
 * Where the weights stand, as `parametersIn` lays them: those of queries, keys and
 * values are one matrix here, `qkv` [N+2K H, D], and those of gate and up another.
 * @param {ModelConfig} config
 */
function weightPlaces(config) {
  const { d_model: d, d_ff: f, vocab_size: v, n_heads, n_kv_heads, d_head } = config;
  let end = 0;
  /** @param {number} size */
  const next = (size) => (end += size) - size;
  const [embedding, final_norm] = [next(v * d), next(d)];
  const head = config.tie_embeddings ? embedding : next(v * d);
  const weights = Array.from({ length: config.n_layers }, () => ({
    attention_norm: next(d),
    qkv: next((n_heads + 2 * n_kv_heads) * d_head * d),
    output: next(n_heads * d_head * d),
    mlp_norm: next(d),
    gateUp: next(2 * f * d),
    down: next(f * d),
  }));
  return { embedding, final_norm, head, weights };
}

/** Room for so many tokens. @param {number} capacity @returns {Group} */
function groupFor(capacity) {
  return {
    rows: 0,
    starts: new Int32Array(capacity + 1),
    read: new Int32Array(capacity),
    next: new Int32Array(capacity),
  };
}

/**
 * A workspace for groups of so many tokens, from rows of so many. Its products go four
 * numbers at a time where the sizes are multiples of four and there is WebAssembly.
 * @param {ModelConfig} config @param {number} capacity @param {number} rowLength
 */
export function workspaceFor(config, capacity, rowLength) {
  const { d_model: d, d_ff: f, n_heads, n_kv_heads, d_head } = config;
  const [slots, columns] = [upToFours(rowLength), upToFours(config.vocab_size)];
  const [qkv, mixed] = [(n_heads + 2 * n_kv_heads) * d_head, n_heads * d_head];
  // First come all weights, then their gradients, and as far behind each other the two
  // means of Adam.
  const count = countParameters(config);
  const toGradient = upToFours(count);
  let end = 4 * toGradient;
  /** Of [T width], or other rows. @param {number} width @param {number} [tokens] */
  const next = (width, tokens = capacity) => {
    const place = end;
    end += upToFours(width * tokens);
    return place;
  };
  const layers = Array.from({ length: config.n_layers }, () => ({
    ...{ stream: next(d), normed: next(d), factors: next(1), qkv: next(qkv) },
    ...{ odds: next(n_heads * slots), mixed: next(mixed), middle: next(d) },
    ...{ middleNormed: next(d), middleFactors: next(1), gateUp: next(2 * f) },
    ...{ sigmoid: next(f), hidden: next(f) },
    // Its matrices turned, a row an input.
    ...{ transposedQkv: next(qkv, d), transposedOutput: next(d, mixed) },
    ...{ transposedGateUp: next(2 * f, d), transposedDown: next(d, f) },
  }));
  const shared = {
    ...{ final: next(d), finalNormed: next(d), finalFactors: next(1) },
    // The scores, and then their gradients.
    ...{ transposedHead: next(columns, d), scores: next(columns) },
    ...{ dStream: next(d), dNormed: next(d), dQkv: next(qkv) },
    ...{ dMixed: next(mixed), dGateUp: next(2 * f), dHidden: next(f) },
    // Of one head of one row: the gradient of its odds, and its keys or values turned.
    ...{ dOdds: next(slots, slots), turned: next(slots, d_head) },
  };
  const numbers = roomFor(end);
  const fits = [d, f, d_head].every((size) => size % 4 === 0);
  const multiply = fits && multiplyIn(numbers) || plainMultiply(numbers);
  const [rope, group] = [ropeAt(0, rowLength, config), groupFor(capacity)];
  const facts = { config, numbers, multiply, rope, group, capacity, slots, columns };
  const places = { count, toGradient, ...weightPlaces(config), layers };
  return { ...facts, ...places, ...shared };
}

/**
 * Transpose all matrices, as `linear` multiplies with them. It is to be
 * called whenever the weights have changed.
 * @param {Workspace} workspace
 */
export function transposeMatrices(workspace) {
  const { d_model: d, d_ff: f, vocab_size, n_heads, n_kv_heads, d_head } =
    workspace.config;
  const [qkv, mixed] = [(n_heads + 2 * n_kv_heads) * d_head, n_heads * d_head];
  const { numbers } = workspace;
  transposeInto(
    numbers,
    workspace.transposedHead,
    workspace.head,
    vocab_size,
    d,
    workspace.columns,
  );
  for (let i = 0; i < workspace.layers.length; i += 1) {
    const [layer, weights] = [workspace.layers[i], workspace.weights[i]];
    transposeInto(numbers, layer.transposedQkv, weights.qkv, qkv, d, qkv);
    transposeInto(numbers, layer.transposedOutput, weights.output, d, mixed, d);
    transposeInto(numbers, layer.transposedGateUp, weights.gateUp, 2 * f, d, 2 * f);
    transposeInto(numbers, layer.transposedDown, weights.down, d, f, d);
  }
}

/**
 * Rows become columns.
 * @param {Float32Array} numbers @param {number} to [columns, step]
 * @param {number} from [rows, columns] @param {number} rows @param {number} columns
 * @param {number} step from a row of what is written to the next
 */
function transposeInto(numbers, to, from, rows, columns, step) {
  for (let row = 0; row < rows; row += 1) {
    for (let i = 0; i < columns; i += 1) {
      numbers[to + i * step + row] = numbers[from + row * columns + i];
    }
  }
}

/**
 * Lay as many rows as there is room for into the workspace's group, head to tail and
 * without their padding; the next group begins with the row that is returned.
 * @param {Workspace} workspace @param {ArrayLike<number>} batch
 * @param {number} row the first @param {number} rows @param {number} width
 */
export function gather({ group, capacity }, batch, row, rows, width) {
  let end = 0;
  group.rows = 0;
  while (row < rows) {
    const first = row * width;
    let length = 0;
    while (length < width - 1 && batch[first + length + 1] >= 0) length += 1;
    if (end + length > capacity) break;
    for (let t = 0; t < length; t += 1) {
      group.read[end + t] = batch[first + t];
      group.next[end + t] = batch[first + t + 1];
    }
    group.starts[group.rows] = end;
    end += length;
    if (length) group.rows += 1;
    row += 1;
  }
  group.starts[group.rows] = end;
  return row;
}
