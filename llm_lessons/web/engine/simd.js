// Here for speed alone: the products of `speed.js` by WebAssembly's instructions for
// four numbers at once. A browser that has none goes without, and is slower.

import { productProgram } from "./simd_program.js";

/** So many numbers of x are multiplied at a time, and so many may come of it. */
const NUMBERS_AT_ONCE = 2 ** 18;
const NUMBER_SIZE = 4; // bytes
const MEMORY_PAGE = 2 ** 16; // bytes, in which a memory is measured

/**
 * A memory as numbers, and the program that works in it.
 * @typedef {{ numbers: Float32Array, run: (...places: number[]) => void }} Kernel
 */
/** By the memories in which weights lie. @type {WeakMap<ArrayBufferLike, Kernel>} */
const kernels = new WeakMap();

/**
 * Room for the weights of a model, so that their products are fast.
 * @param {number} count
 * @returns {Float32Array}
 */
export function roomFor(count) {
  const program = productProgram();
  if (!globalThis.WebAssembly?.validate(program)) return new Float32Array(count);
  const size = (2 * NUMBERS_AT_ONCE + count) * NUMBER_SIZE;
  const memory = new WebAssembly.Memory({ initial: Math.ceil(size / MEMORY_PAGE) });
  const module = new WebAssembly.Module(program);
  const { exports } = new WebAssembly.Instance(module, { m: { m: memory } });
  const run = /** @type {Kernel["run"]} */ (exports.f);
  kernels.set(memory.buffer, { numbers: new Float32Array(memory.buffer), run });
  return new Float32Array(memory.buffer, 2 * NUMBERS_AT_ONCE * NUMBER_SIZE, count);
}

/**
 * `matmul` of `speed.js`, or null where it is not done here: the matrix lies elsewhere,
 * or its rows or columns are no multiple of four.
 * @param {Float32Array} x [rows inputs]
 * @param {Float32Array} weight [outputs inputs]
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
