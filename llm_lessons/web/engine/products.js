// Products of some rows with a matrix: in plain loops, and for speed alone by
// WebAssembly (`products.c`), which calculates in the memory where the weights lie. A
// browser that has no instructions for four numbers at once goes without.

import { Refusal } from "./refusal.js";
import { FUSED, PLAIN } from "./products_wasm.js";

/** @import { Blocks, Matrix } from "./blocks.js" */

export const NUMBER_SIZE = 4; // bytes
const MEMORY_PAGE = 2 ** 16; // bytes, in which a memory is measured

// In front of the weights, in numbers: rows of x, what comes of them, and room for four
// rows of a matrix in blocks, of up to 4,096 numbers each, worked out.
const NUMBERS_AT_ONCE = 2 ** 18;
const OUT = NUMBERS_AT_ONCE;
const DESK = OUT + NUMBERS_AT_ONCE;
const WEIGHTS = DESK + 2 ** 14;

/** @typedef {(...given: (number | boolean)[]) => void} Program */
/**
 * A memory's numbers, and the functions of `products.c` in it, by their names.
 * @typedef {{ numbers: Float32Array, programs: Record<string, Program> }} Kernel
 */
/** By the memories in which weights lie. @type {WeakMap<ArrayBufferLike, Kernel>} */
const kernels = new WeakMap();

/** @type {WebAssembly.Module | undefined} */
let compiled;

/** The faster of the builds that this browser takes; undefined where it takes none. */
function compiledProducts() {
  for (const build of [FUSED, PLAIN]) {
    try {
      compiled ??= new WebAssembly.Module(moduleBytes(build));
    } catch {
      // it lacks some instructions, or all of them
    }
  }
  return compiled;
}

/** @param {string} base64 */
export const moduleBytes = (base64) =>
  Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

/**
 * Room for weights in a memory of WebAssembly; null where there is none.
 * @param {number} size bytes
 */
function roomInMemory(size) {
  const module = globalThis.WebAssembly && compiledProducts();
  if (!module) return null;
  const place = WEIGHTS * NUMBER_SIZE;
  const initial = Math.ceil((place + size) / MEMORY_PAGE);
  const memory = new WebAssembly.Memory({ initial });
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const programs = /** @type {Record<string, Program>} */ (exports);
  kernels.set(memory.buffer, { numbers: new Float32Array(memory.buffer), programs });
  return { buffer: memory.buffer, place };
}

/**
 * Room for the weights of a model, so that their products are fast.
 * @param {number} count
 */
export function roomFor(count) {
  const room = roomInMemory(count * NUMBER_SIZE);
  return room
    ? new Float32Array(room.buffer, room.place, count)
    : new Float32Array(count);
}

/**
 * Room for a file with weights in blocks, which are multiplied by WebAssembly alone.
 * @param {number} size bytes
 * @throws {Refusal} there is no WebAssembly @throws {RangeError} there is no room
 */
export function roomForFile(size) {
  const room = roomInMemory(size);
  if (room) return new Uint8Array(room.buffer, room.place, size);
  throw new Refusal(
    "This browser is too old to run it: it has no WebAssembly that multiplies four " +
      "numbers at once. All else in this page works.",
  );
}

/**
 * The function of `products.c` that has this name, for numbers in a room; undefined
 * where there is no WebAssembly.
 * @param {Float32Array} room @param {string} name
 */
export const programIn = (room, name) => kernels.get(room.buffer)?.programs[name];

/**
 * `matmul` by WebAssembly, or null where it is not done here: the matrix lies
 * elsewhere, or its rows or columns are no multiple of four.
 * @param {Float32Array} x [rows inputs] @param {Matrix} weight [outputs inputs]
 * @param {number} inputs
 * @returns {Float32Array | null} [rows outputs]
 */
export function product(x, weight, inputs) {
  const isPlain = weight instanceof Float32Array;
  const { buffer, byteOffset } = isPlain ? weight : weight.bytes;
  const kernel = kernels.get(buffer);
  const outputs = weight.length / inputs;
  if (!kernel || inputs % 4 || outputs % 4 || x.length === 0) return null;
  const { numbers, programs } = kernel;
  const run = programs[isPlain ? "F32" : weight.kind];
  const rows = x.length / inputs;
  const most = Math.floor(NUMBERS_AT_ONCE / Math.max(inputs, outputs));
  const [out, desk] = [OUT, DESK].map((place) => place * NUMBER_SIZE);
  const found = new Float32Array(rows * outputs);
  for (let row = 0; row < rows; row += most) {
    const count = Math.min(most, rows - row);
    numbers.set(x.subarray(row * inputs, (row + count) * inputs));
    run(0, byteOffset, out, count, outputs, inputs, desk);
    found.set(numbers.subarray(OUT, OUT + count * outputs), row * outputs);
  }
  return found;
}

/**
 * The numbers of one row of a matrix in blocks.
 * @param {Blocks} blocks @param {number} row
 * @returns {Float32Array} [inputs]
 */
export function unpackedRow({ kind, bytes, length, inputs }, row) {
  const { numbers, programs } = /** @type {Kernel} */ (kernels.get(bytes.buffer));
  const place = bytes.byteOffset + bytes.length / (length / inputs) * row;
  programs[`unpack_${kind}`](place, OUT * NUMBER_SIZE, inputs / 32);
  return numbers.slice(OUT, OUT + inputs);
}

/**
 * Every row of x with every row of a matrix: `x @ weight.T`. Matrices lie here as rows
 * of outputs, so that a product runs along memory.
 * @param {Float32Array} x [rows inputs] @param {Matrix} weight [outputs inputs]
 * @param {number} inputs
 * @returns {Float32Array} [rows outputs]
 */
export function matmul(x, weight, inputs) {
  return product(x, weight, inputs) ??
    plainProduct(x, /** @type {Float32Array} */ (weight), inputs);
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
