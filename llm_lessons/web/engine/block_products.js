// Here for speed alone: products with weights in blocks by the programs of
// `block_programs.js`. They are calculated in front of the file, in the memory in which
// it lies. A thread works some rows of a matrix out at a time.

import { NUMBERS_OF_BLOCK, placeOfRow, rowBytes } from "./blocks.js";
import { rowProgram, unpackProgram } from "./block_programs.js";
import { BLOCK_KINDS } from "./gguf_kinds.js";
import { multiplyIn } from "./multiply.js";
import { NUMBER_SIZE, programIn, roomFor } from "./speed.js";

/** @import { BlockKind } from "./gguf_kinds.js" */
/** @import { Multiply } from "./multiply.js" */
/** @import { Program } from "./speed.js" */
/** @import { Blocks } from "./blocks.js" */

/** Rows of x that are multiplied at once by weights which were worked out for them. */
const PANEL = 8;
const ROWS_AT_ONCE = 64; // of a matrix that are worked out at once

// Where everything stands, in numbers: x, sums of 32 of its numbers each, what comes of
// them, and what a thread needs for itself: sums of a panel, and weights worked out.
const X_NUMBERS = 2 ** 18;
const SUMS = X_NUMBERS;
const OUT = SUMS + 2 ** 13;
const OUT_NUMBERS = 2 ** 18;
const OWN_PLACE = OUT + OUT_NUMBERS;
const WEIGHTS_NUMBERS = 2 ** 17;
const OWN_NUMBERS = ROWS_AT_ONCE * PANEL + WEIGHTS_NUMBERS;
// Where there are several threads: what they tell each other, what comes of what they
// work out together, and then what each of the others needs for itself.
const TOLD = OWN_PLACE + OWN_NUMBERS;
const TOLD_NUMBERS = 16;
const OUT_OF_ALL = TOLD + TOLD_NUMBERS;
const OWN_OF_OTHERS = OUT_OF_ALL + OUT_NUMBERS;

/** @param {number} others threads that help */
export const deskNumbers = (others) =>
  others ? OWN_OF_OTHERS + others * OWN_NUMBERS : TOLD;

/**
 * Numbers of desks, and of a file behind them.
 * @param {number} size bytes of the file @param {number} others threads that help
 */
export const numbersFor = (size, others) =>
  deskNumbers(others) + Math.ceil(size / NUMBER_SIZE);

/**
 * Where a thread works. Programs for one row of x, and those that work weights out, by
 * the kind of block; `out` and `own` are places in `numbers`.
 * @typedef {object} BlockDesk
 * @property {Float32Array} numbers [deskNumbers]
 * @property {Multiply} multiply among them
 * @property {Record<BlockKind, Program>} byRow
 * @property {Record<BlockKind, Program>} unpack
 * @property {number} out where what comes of it stands
 * @property {number} own
 */
/**
 * `count` rows of a matrix, which lie at a place, to be multiplied with x: with a row
 * of it, or with several `rows`, which are turned into panels.
 * @typedef {{ kind: BlockKind, place: number, inputs: number, rows: number,
 *   count: number }} MatrixRows
 */

/**
 * The desk of a thread, or null where there is no WebAssembly.
 * @param {Float32Array} room that begins with `deskNumbers` numbers
 * @param {number} thread 0 is the one that asks others for help
 * @returns {BlockDesk | null}
 */
export function deskIn(room, thread) {
  const multiply = multiplyIn(room);
  if (!multiply) return null;
  const isFused = WebAssembly.validate(rowProgram("Q8_0", true));
  /** @param {(kind: BlockKind) => Uint8Array<ArrayBuffer>} make */
  const of = (make) => /** @type {Record<BlockKind, Program>} */ (Object.fromEntries(
    BLOCK_KINDS.map((kind) => [kind, programIn(room, make(kind))]),
  ));
  return {
    ...{ numbers: room, multiply },
    byRow: of((kind) => rowProgram(kind, isFused)),
    unpack: of(unpackProgram),
    out: thread ? OUT_OF_ALL : OUT,
    own: thread ? OWN_OF_OTHERS + (thread - 1) * OWN_NUMBERS : OWN_PLACE,
  };
}

/** The same desk, for what threads work out together. @param {BlockDesk} desk */
export const deskOfAll = (desk) => ({ ...desk, out: OUT_OF_ALL });

/** What threads tell each other. @param {Float32Array} numbers of a desk */
export const toldIn = ({ buffer, byteOffset }) =>
  new Int32Array(buffer, byteOffset + TOLD * NUMBER_SIZE, TOLD_NUMBERS);

/** How many of the rows may be worked out at once. @param {MatrixRows} all */
export const mostAtOnce = ({ inputs, rows, count }) =>
  rows > 1
    ? Math.min(Math.floor(WEIGHTS_NUMBERS / inputs / 4) * 4, ROWS_AT_ONCE)
    : count;

/**
 * Put x where it is multiplied.
 * @param {BlockDesk} desk @param {Float32Array} x [rows inputs] @param {number} inputs
 */
function layOut({ numbers }, x, inputs) {
  if (x.length > inputs) return turnIntoPanels(x, inputs, numbers);
  numbers.set(x);
  for (let block = 0; block < inputs / NUMBERS_OF_BLOCK; block += 1) {
    let sum = 0;
    const end = (block + 1) * NUMBERS_OF_BLOCK;
    for (let i = end - NUMBERS_OF_BLOCK; i < end; i += 1) sum += x[i];
    numbers[SUMS + block] = sum;
  }
}

/**
 * Panels of eight of its rows, [inputs 8].
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
 * One part of the work: `size` rows of the matrix, or what is left of them.
 * @param {BlockDesk} desk @param {MatrixRows} all @param {number} size
 * @param {number} part
 */
export function workOut(desk, all, size, part) {
  const first = part * size;
  const many = Math.min(size, all.count - first);
  if (all.rows > 1) manyRowsOfBlocks(desk, all, first, many);
  else oneRowOfBlocks(desk, all, first, many);
}

/**
 * @param {BlockDesk} desk @param {MatrixRows} all @param {number} first
 * @param {number} many
 */
function oneRowOfBlocks({ numbers, byRow, out }, { kind, place, inputs }, first, many) {
  const [width, start] = [rowBytes(kind, inputs), numbers.byteOffset];
  const [sums, to] = [SUMS, out + first].map((at) => start + at * NUMBER_SIZE);
  const blocks = inputs / NUMBERS_OF_BLOCK;
  byRow[kind](start, sums, place + first * width, to, many, blocks, width);
}

/**
 * Weights are worked out, and multiplied with all of x.
 * @param {BlockDesk} desk @param {MatrixRows} all @param {number} first
 * @param {number} many
 */
function manyRowsOfBlocks({ numbers, multiply, unpack, out, own }, all, first, many) {
  const { kind, place, inputs, rows, count } = all;
  const weights = own + ROWS_AT_ONCE * PANEL;
  const to = numbers.byteOffset + weights * NUMBER_SIZE;
  const from = place + first * rowBytes(kind, inputs);
  unpack[kind](from, to, many * inputs / NUMBERS_OF_BLOCK);
  for (let row = 0; row < rows; row += PANEL) {
    const sizes = /** @type {const} */ ([many, PANEL, inputs]);
    multiply(own, weights, row * inputs, ...sizes, PANEL, inputs, 1, PANEL, false);
    const end = Math.min(rows - row, PANEL);
    for (let i = 0; i < many; i += 1) {
      const at = out + row * count + first + i;
      for (let t = 0; t < end; t += 1) {
        numbers[at + t * count] = numbers[own + i * PANEL + t];
      }
    }
  }
}

const FEWEST = 3; // rows of x for which weights are worked out

/**
 * Who calculates in a memory: this thread, or all `together`, with what stands there
 * then. See `threads.js`.
 * @typedef {{ alone: BlockDesk, all: Together | null }} Desks
 * @typedef {{ desk: BlockDesk, together: (rows: MatrixRows) => boolean }} Together
 */
/** By the files' memories; null where products are not fast. */
/** @type {WeakMap<ArrayBufferLike, Desks | null>} */
const desks = new WeakMap();

/**
 * Room for the bytes of a file, so that the products with its weights are fast. Where
 * there is no WebAssembly it is plain memory.
 * @param {number} size bytes
 * @returns {Uint8Array}
 */
export function roomForFile(size) {
  const room = roomFor(numbersFor(size, 0));
  const alone = deskIn(room, 0);
  return behindDesks(room, size, 0, alone && { alone, all: null });
}

/**
 * Room for the bytes of a file, behind the desks.
 * @param {Float32Array} room [numbersFor] @param {number} size bytes
 * @param {number} others threads that help @param {Desks | null} own
 */
export function behindDesks(room, size, others, own) {
  desks.set(room.buffer, own);
  const { buffer, byteOffset } = room.subarray(deskNumbers(others));
  return new Uint8Array(buffer, byteOffset, size);
}

/**
 * The bytes of a file where products are fast: as they are if there is room for them
 * already, else in a copy.
 * @param {Uint8Array} bytes
 */
export function inRoomForFile(bytes) {
  if (desks.has(bytes.buffer)) return bytes;
  const room = roomForFile(bytes.length);
  if (!desks.get(room.buffer)) return bytes; // a copy would not be faster
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
  const own = desks.get(blocks.bytes.buffer);
  const { inputs, order } = blocks;
  const outputs = blocks.length / inputs;
  const fits = outputs <= OUT_NUMBERS && PANEL * inputs <= WEIGHTS_NUMBERS;
  if (!own || !fits || outputs % 4 || !x.length) return null;
  const rows = x.length / inputs;
  const found = new Float32Array(rows * outputs);
  const most = rows < FEWEST ? 1 : Math.floor(X_NUMBERS / inputs / PANEL) * PANEL;
  for (let row = 0; row < rows; row += most) {
    const some = x.subarray(row * inputs, (row + most) * inputs);
    rowsAtOnce(own, some, blocks, found.subarray(row * outputs));
  }
  if (order) reorderRows(found, rows, order);
  return found;
}

/**
 * @param {Desks} own @param {Float32Array} x [rows inputs] @param {Blocks} blocks
 * @param {Float32Array} found [rows outputs], and perhaps more; its columns stand as
 *   the rows of the matrix lie
 */
function rowsAtOnce(own, x, blocks, found) {
  const { kind, inputs, bytes } = blocks;
  const [rows, outputs] = [x.length / inputs, blocks.length / inputs];
  layOut(own.alone, x, inputs);
  const most = Math.floor(OUT_NUMBERS / rows / 4) * 4;
  for (let first = 0; first < outputs; first += most) {
    const count = Math.min(most, outputs - first);
    const place = bytes.byteOffset + placeOfRow({ ...blocks, order: null }, first);
    const { numbers, out } = worked(own, { kind, place, inputs, rows, count });
    for (let row = 0; row < rows; row += 1) {
      const at = out + row * count;
      found.set(numbers.subarray(at, at + count), row * outputs + first);
    }
  }
}

/**
 * Have them worked out; gives the desk where what came of it stands.
 * @param {Desks} own @param {MatrixRows} rows
 */
function worked(own, rows) {
  if (own.all?.together(rows)) return own.all.desk;
  own.all = null; // those who gave no answer once
  const size = mostAtOnce(rows);
  const parts = Math.ceil(rows.count / size);
  for (let part = 0; part < parts; part += 1) workOut(own.alone, rows, size, part);
  return own.alone;
}

/** @param {Float32Array} found @param {number} rows @param {Int32Array} order */
function reorderRows(found, rows, order) {
  const outputs = order.length;
  for (let row = 0; row < rows; row += 1) {
    const as = found.slice(row * outputs, (row + 1) * outputs);
    for (let o = 0; o < outputs; o += 1) found[row * outputs + o] = as[order[o]];
  }
}
