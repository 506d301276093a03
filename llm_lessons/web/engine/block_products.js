// Here for speed alone: products with weights in blocks by the programs of
// `block_programs.js`, in the memory in which the file lies.

import { NUMBERS_OF_BLOCK, placeOfRow } from "./blocks.js";
import { rowProgram, unpackProgram } from "./block_programs.js";
import { BLOCK_BYTES, BLOCK_KINDS } from "./gguf_kinds.js";
import { multiplyIn, programIn, roomFor } from "./simd.js";

/** @import { Blocks } from "./blocks.js" */
/** @import { BlockKind } from "./gguf_kinds.js" */
/** @import { Program } from "./simd.js" */
/** @import { Multiply } from "./speed.js" */

const NUMBER_BYTES = 4;
/** Rows of x that are multiplied at once by weights which were worked out for them. */
const PANEL = 8;
const FEWEST = 3; // rows of x for which weights are worked out
// Where everything stands in front of the file, in numbers: x, sums of 32 of its
// numbers each, what comes of them, and weights worked out.
const X_NUMBERS = 2 ** 18;
const SUMS = X_NUMBERS;
const OUT = SUMS + 2 ** 13;
const OUT_NUMBERS = 2 ** 18;
const WEIGHTS = OUT + OUT_NUMBERS;
const WEIGHTS_NUMBERS = 2 ** 17;
const DESK_NUMBERS = WEIGHTS + WEIGHTS_NUMBERS;
const ROWS_AT_ONCE = 64; // of a matrix that are worked out at once

/**
 * A memory in front of whose file there is room to calculate. Programs for one row of
 * x, and those that work weights out, by the kind of block.
 * @typedef {object} BlockDesk
 * @property {Float32Array} numbers [DESK_NUMBERS]
 * @property {Multiply} multiply among them
 * @property {Record<BlockKind, Program>} byRow
 * @property {Record<BlockKind, Program>} unpack
 */
/** By the memories in which files lie. @type {WeakMap<ArrayBufferLike, BlockDesk>} */
const desks = new WeakMap();

/**
 * Room for the bytes of a file, so that the products with its weights are fast. Where
 * there is no WebAssembly it is plain memory.
 * @param {number} size bytes
 * @returns {Uint8Array}
 */
export function roomForFile(size) {
  const room = roomFor(DESK_NUMBERS + Math.ceil(size / NUMBER_BYTES));
  const numbers = room.subarray(0, DESK_NUMBERS);
  const multiply = multiplyIn(room);
  if (multiply) {
    const fused = rowProgram("Q8_0", true);
    const isFused = WebAssembly.validate(fused);
    /** @param {(kind: BlockKind) => Uint8Array<ArrayBuffer>} make */
    const of = (make) => /** @type {Record<BlockKind, Program>} */ (Object.fromEntries(
      BLOCK_KINDS.map((kind) => [kind, programIn(room, make(kind))]),
    ));
    const byRow = of((kind) => rowProgram(kind, isFused));
    desks.set(room.buffer, { numbers, multiply, byRow, unpack: of(unpackProgram) });
  }
  return new Uint8Array(room.buffer, room.byteOffset + numbers.byteLength, size);
}

/**
 * The bytes of a file where products are fast: as they are if they lie there, else in
 * a copy.
 * @param {Uint8Array} bytes
 */
export function inRoomForFile(bytes) {
  if (desks.has(bytes.buffer)) return bytes;
  const room = roomForFile(bytes.length);
  if (!desks.has(room.buffer)) return bytes; // a copy would not be faster
  room.set(bytes);
  return room;
}

/**
 * `matmul` of `speed.js` for a matrix in blocks, or null where it is not done here: it
 * lies elsewhere, its rows are no multiple of four, or there is not enough room.
 * @param {Float32Array} x [rows inputs] @param {Blocks} blocks
 * @returns {Float32Array | null} [rows outputs]
 */
export function blockProduct(x, blocks) {
  const desk = desks.get(blocks.bytes.buffer);
  const { inputs } = blocks;
  const outputs = blocks.length / inputs;
  if (!desk || outputs % 4 || !x.length) return null;
  if (PANEL * inputs > Math.min(X_NUMBERS, WEIGHTS_NUMBERS)) return null;
  if (outputs > OUT_NUMBERS) return null;
  const rows = x.length / inputs;
  const found = new Float32Array(rows * outputs);
  if (rows < FEWEST) {
    for (let row = 0; row < rows; row += 1) {
      const one = x.subarray(row * inputs, (row + 1) * inputs);
      oneRowOfBlocks(desk, one, blocks, found.subarray(row * outputs));
    }
    return found;
  }
  const most = Math.floor(X_NUMBERS / inputs / PANEL) * PANEL;
  for (let row = 0; row < rows; row += most) {
    const some = x.subarray(row * inputs, (row + most) * inputs);
    manyRowsOfBlocks(desk, some, blocks, found.subarray(row * outputs));
  }
  return found;
}

/**
 * @param {BlockDesk} desk @param {Float32Array} x [inputs] @param {Blocks} blocks
 * @param {Float32Array} found [outputs], and perhaps more
 */
function oneRowOfBlocks({ numbers, byRow }, x, blocks, found) {
  const { kind, inputs, bytes, order } = blocks;
  const outputs = blocks.length / inputs;
  const count = inputs / NUMBERS_OF_BLOCK;
  numbers.set(x);
  for (let block = 0; block < count; block += 1) {
    let sum = 0;
    const end = (block + 1) * NUMBERS_OF_BLOCK;
    for (let i = end - NUMBERS_OF_BLOCK; i < end; i += 1) sum += x[i];
    numbers[SUMS + block] = sum;
  }
  const [from, sums, out] = [0, SUMS, OUT].map((place) =>
    numbers.byteOffset + place * NUMBER_BYTES
  );
  const width = count * BLOCK_BYTES[kind];
  byRow[kind](from, sums, bytes.byteOffset, out, outputs, count, width);
  if (!order) found.set(numbers.subarray(OUT, OUT + outputs));
  else for (let o = 0; o < outputs; o += 1) found[o] = numbers[OUT + order[o]];
}

/**
 * Weights are worked out, some rows of them at a time, and multiplied with all of x,
 * which lies turned: in panels of eight of its rows, [inputs 8].
 * @param {BlockDesk} desk @param {Float32Array} x [rows inputs]
 * @param {Blocks} blocks @param {Float32Array} found [rows outputs], and perhaps more
 */
function manyRowsOfBlocks({ numbers, multiply, unpack }, x, blocks, found) {
  const { kind, inputs, bytes, order } = blocks;
  const outputs = blocks.length / inputs;
  const rows = x.length / inputs;
  const panels = Math.ceil(rows / PANEL);
  turnIntoPanels(x, inputs, numbers);
  const whole = Math.floor(WEIGHTS_NUMBERS / inputs / 4) * 4;
  const most = Math.min(whole, ROWS_AT_ONCE);
  for (let first = 0; first < outputs; first += most) {
    const many = Math.min(most, outputs - first);
    const place = bytes.byteOffset + placeOfRow({ ...blocks, order: null }, first);
    const to = numbers.byteOffset + WEIGHTS * NUMBER_BYTES;
    unpack[kind](place, to, many * inputs / NUMBERS_OF_BLOCK);
    for (let panel = 0; panel < panels; panel += 1) {
      const right = panel * PANEL * inputs;
      const sizes = /** @type {const} */ ([many, PANEL, inputs]);
      multiply(OUT, WEIGHTS, right, ...sizes, PANEL, inputs, 1, PANEL, false);
      const end = Math.min(rows - panel * PANEL, PANEL);
      for (let i = 0; i < many; i += 1) {
        const o = first + i;
        for (let t = 0; t < end; t += 1) {
          found[(panel * PANEL + t) * outputs + o] = numbers[OUT + i * PANEL + t];
        }
      }
    }
  }
  if (order) reorderRows(found, rows, order);
}

/**
 * @param {Float32Array} x [rows inputs] @param {number} inputs
 * @param {Float32Array} to [panels inputs 8], 0 for rows that there are not
 */
function turnIntoPanels(x, inputs, to) {
  const rows = x.length / inputs;
  to.fill(0, 0, Math.ceil(rows / PANEL) * PANEL * inputs);
  for (let row = 0; row < rows; row += 1) {
    const panel = Math.floor(row / PANEL);
    let at = panel * PANEL * inputs + row % PANEL;
    for (let i = row * inputs; i < (row + 1) * inputs; i += 1, at += PANEL) {
      to[at] = x[i];
    }
  }
}

/**
 * @param {Float32Array} found [rows outputs] @param {number} rows
 * @param {Int32Array} order
 */
function reorderRows(found, rows, order) {
  const outputs = order.length;
  for (let row = 0; row < rows; row += 1) {
    const as = found.slice(row * outputs, (row + 1) * outputs);
    for (let o = 0; o < outputs; o += 1) found[row * outputs + o] = as[order[o]];
  }
}
