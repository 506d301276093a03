// Here for speed alone: products with weights in blocks by the programs of
// `block_programs.js`, in the memory in which the file lies.

import { placeOfRow } from "./blocks.js";
import {
  deskIn,
  deskNumbers,
  layOut,
  mostAtOnce,
  numbersFor,
  OUT_NUMBERS,
  PANEL,
  WEIGHTS_NUMBERS,
  workOut,
  X_NUMBERS,
} from "./block_desk.js";
import { roomFor } from "./simd.js";

/** @import { BlockDesk, MatrixRows } from "./block_desk.js" */
/** @import { Blocks } from "./blocks.js" */

const FEWEST = 3; // rows of x for which weights are worked out

/**
 * Who calculates in a memory: this thread, or all `together`, with what stands there
 * then. See `threads.js`.
 * @typedef {{ alone: BlockDesk, all: Together | null }} Desks
 * @typedef {{ desk: BlockDesk, together: (rows: MatrixRows) => boolean }} Together
 */
/**
 * By the memories in which files lie; null where products are not fast.
 * @type {WeakMap<ArrayBufferLike, Desks | null>}
 */
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
  return new Uint8Array(
    room.buffer,
    room.subarray(deskNumbers(others)).byteOffset,
    size,
  );
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
  if (!own || outputs % 4 || !x.length) return null;
  if (PANEL * inputs > Math.min(X_NUMBERS, WEIGHTS_NUMBERS)) return null;
  if (outputs > OUT_NUMBERS) return null;
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
