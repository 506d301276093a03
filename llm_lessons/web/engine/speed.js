// Here for speed alone: products of a few rows with a matrix, as plain loops, and by
// WebAssembly's instructions for four numbers at once. A browser that has none goes
// without, and is slower.

import { unpackRow } from "./blocks.js";
import { forShared, productProgram } from "./wasm_code.js";

/** @import { Blocks, Matrix } from "./blocks.js" */

/** So many numbers of x are multiplied at a time, and so many may come of it. */
const NUMBERS_AT_ONCE = 2 ** 18;
export const NUMBER_SIZE = 4; // bytes
const MEMORY_PAGE = 2 ** 16; // bytes, in which a memory is measured

/** @typedef {(...places: number[]) => void} Program */
/**
 * A memory, its numbers, and the program of the products in it.
 * @typedef {{ memory: WebAssembly.Memory, numbers: Float32Array, run: Program }} Kernel
 */
/** By the memories in which weights lie. @type {WeakMap<ArrayBufferLike, Kernel>} */
const kernels = new WeakMap();

/**
 * Room for the weights of a model, so that their products are fast.
 * @param {number} count
 * @returns {Float32Array}
 */
export function roomFor(count) {
  if (!globalThis.WebAssembly?.validate(productProgram())) {
    return new Float32Array(count);
  }
  const initial = pagesFor(count);
  return roomIn(new WebAssembly.Memory({ initial }), count);
}

/** @param {number} count */
const pagesFor = (count) =>
  Math.ceil((2 * NUMBERS_AT_ONCE + count) * NUMBER_SIZE / MEMORY_PAGE);

/**
 * The same, in a memory that threads may share.
 * @param {number} count
 * @throws {Error} there is no such memory, or no WebAssembly
 */
export function sharedRoomFor(count) {
  const initial = pagesFor(count);
  const memory = new WebAssembly.Memory({ initial, maximum: initial, shared: true });
  return { memory, room: roomIn(memory, count) };
}

/**
 * The same, in a memory that there is.
 * @param {WebAssembly.Memory} memory @param {number} count
 */
export function roomIn(memory, count) {
  const numbers = new Float32Array(memory.buffer);
  const run = startedIn(memory, productProgram());
  kernels.set(memory.buffer, { memory, numbers, run });
  return new Float32Array(memory.buffer, 2 * NUMBERS_AT_ONCE * NUMBER_SIZE, count);
}

/**
 * A program that has the memory to work in.
 * @param {WebAssembly.Memory} memory @param {Uint8Array<ArrayBuffer>} program
 */
function startedIn(memory, program) {
  const isShared = !(memory.buffer instanceof ArrayBuffer);
  const module = new WebAssembly.Module(isShared ? forShared(program) : program);
  const { exports } = new WebAssembly.Instance(module, { m: { m: memory } });
  return /** @type {Program} */ (exports.f);
}

/**
 * A program that works among numbers for which `roomFor` has made room; null where
 * there is no WebAssembly.
 * @param {Float32Array} room @param {Uint8Array<ArrayBuffer>} program
 */
export function programIn(room, program) {
  const kernel = kernels.get(room.buffer);
  return kernel ? startedIn(kernel.memory, program) : null;
}

/**
 * `matmul`, or null where it is not done here: the matrix lies elsewhere,
 * or its rows or columns are no multiple of four.
 * @param {Float32Array} x [rows inputs] @param {Float32Array} weight [outputs inputs]
 * @param {number} inputs
 * @returns {Float32Array | null} [rows outputs]
 */
export function product(x, weight, inputs) {
  const kernel = kernels.get(weight.buffer);
  const outputs = weight.length / inputs;
  if (!kernel || inputs % 4 || outputs % 4 || x.length === 0) return null;
  const { numbers, run } = kernel;
  const rows = x.length / inputs;
  const most = Math.floor(NUMBERS_AT_ONCE / Math.max(inputs, outputs));
  const [place, size] = [NUMBERS_AT_ONCE * NUMBER_SIZE, inputs * NUMBER_SIZE];
  const found = new Float32Array(rows * outputs);
  for (let row = 0; row < rows; row += most) {
    const count = Math.min(most, rows - row);
    numbers.set(x.subarray(row * inputs, (row + count) * inputs));
    run(0, weight.byteOffset, place, count, outputs, size);
    const made = numbers.subarray(NUMBERS_AT_ONCE, NUMBERS_AT_ONCE + count * outputs);
    found.set(made, row * outputs);
  }
  return found;
}

/**
 * Every row of x with every row of a matrix: `x @ weight.T`. Matrices lie here as rows
 * of outputs, so that a product runs along memory.
 * @param {Float32Array} x [rows inputs] @param {Matrix} weight [outputs inputs]
 * @param {number} inputs
 * @returns {Float32Array} [rows outputs]
 */
export function matmul(x, weight, inputs) {
  if (!(weight instanceof Float32Array)) {
    return weight.product(x, weight) ?? plainBlockProduct(x, weight);
  }
  return product(x, weight, inputs) ?? plainProduct(x, weight, inputs);
}

/**
 * The same by plain loops, for a matrix in blocks: a row of it is worked out, and
 * multiplied with all rows of x.
 * @param {Float32Array} x [rows inputs] @param {Blocks} blocks
 */
export function plainBlockProduct(x, blocks) {
  const { inputs } = blocks;
  const [rows, outputs] = [x.length / inputs, blocks.length / inputs];
  const out = new Float32Array(rows * outputs);
  const weights = new Float32Array(inputs);
  for (let o = 0; o < outputs; o += 1) {
    unpackRow(blocks, o, weights);
    for (let row = 0; row < rows; row += 1) {
      let sum = 0;
      for (let i = 0; i < inputs; i += 1) sum += x[row * inputs + i] * weights[i];
      out[row * outputs + o] = sum;
    }
  }
  return out;
}

/**
 * The same by plain loops, four rows of the matrix at a time. Sums are float64, which
 * is what JavaScript adds in; adding in float32 took twice as long.
 * @param {Float32Array} x @param {Float32Array} weight @param {number} inputs
 */
function plainProduct(x, weight, inputs) {
  const rows = x.length / inputs;
  const outputs = weight.length / inputs;
  const out = new Float32Array(rows * outputs);
  const whole = outputs - outputs % 4;
  for (let o = 0; o < whole; o += 4) {
    for (let row = 0; row < rows; row += 1) {
      fourOutputs(x, weight, inputs, row, o, out, outputs);
    }
  }
  for (let o = whole; o < outputs; o += 1) {
    for (let row = 0; row < rows; row += 1) {
      let sum = 0;
      for (let i = 0; i < inputs; i += 1) {
        sum += x[row * inputs + i] * weight[o * inputs + i];
      }
      out[row * outputs + o] = sum;
    }
  }
  return out;
}

/**
 * Four outputs, from `o` on, of one row.
 * @param {Float32Array} x @param {Float32Array} weight @param {number} inputs
 * @param {number} row @param {number} o
 * @param {Float32Array} out @param {number} outputs
 */
function fourOutputs(x, weight, inputs, row, o, out, outputs) {
  const p = row * inputs;
  const a = o * inputs;
  const b = a + inputs;
  const c = b + inputs;
  const d = c + inputs;
  let sumA = 0, sumB = 0, sumC = 0, sumD = 0;
  for (let i = 0; i < inputs; i += 1) {
    const value = x[p + i];
    sumA += weight[a + i] * value;
    sumB += weight[b + i] * value;
    sumC += weight[c + i] * value;
    sumD += weight[d + i] * value;
  }
  const place = row * outputs + o;
  out[place] = sumA;
  out[place + 1] = sumB;
  out[place + 2] = sumC;
  out[place + 3] = sumD;
}
