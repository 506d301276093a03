// Here for speed alone: the products of `speed.js` by WebAssembly's instructions for
// four numbers at once. A browser that has none goes without, and is slower.

import { productProgram, tilesProgram } from "./simd_program.js";
import { forShared } from "./wasm_code.js";

/** @import { Multiply } from "./speed.js" */

/** So many numbers of x are multiplied at a time, and so many may come of it. */
const NUMBERS_AT_ONCE = 2 ** 18;
const NUMBER_SIZE = 4; // bytes
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
 * A program that works among numbers for which `roomFor` has made room.
 * @param {Float32Array} room @param {Uint8Array<ArrayBuffer>} program
 */
export function programIn(room, program) {
  const { memory } = /** @type {Kernel} */ (kernels.get(room.buffer));
  return startedIn(memory, program);
}

/**
 * `matmul` of `speed.js`, or null where it is not done here: the matrix lies elsewhere,
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
 * `Multiply` of `speed.js` among numbers that `roomFor` made, or null where there is no
 * WebAssembly. Columns have to be a multiple of four.
 * @param {Float32Array} room
 * @returns {Multiply | null}
 */
export function multiplyIn(room) {
  const kernel = kernels.get(room.buffer);
  if (!kernel) return null;
  const fused = tilesProgram(true);
  const program = WebAssembly.validate(fused) ? fused : tilesProgram(false);
  const run = programIn(room, program);
  const start = room.byteOffset;
  return (
    out,
    left,
    right,
    rows,
    columns,
    inner,
    outStep,
    leftStep,
    leftAlong,
    rightStep,
    isAdded,
  ) =>
    run(
      start + NUMBER_SIZE * out,
      start + NUMBER_SIZE * left,
      start + NUMBER_SIZE * right,
      rows,
      columns,
      inner,
      NUMBER_SIZE * outStep,
      NUMBER_SIZE * leftStep,
      NUMBER_SIZE * leftAlong,
      NUMBER_SIZE * rightStep,
      isAdded ? 1 : 0,
    );
}
