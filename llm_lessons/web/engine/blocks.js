// Weights as GGUF files keep them: 32 numbers of a row in few bits, and their scale.
//
// As in llama.cpp's ggml/src/ggml-common.h. Q4_1: scale and lowest number as `float16`,
// then two numbers a byte, the first 16 in the lower halves; a weight is its number
// times the scale, and the lowest one more. Q4_0: the same, and the lowest, which is
// left out, is -8 times the scale. Q8_0: the scale, then a byte each, signed. F16:
// `float16` each, of which 32 are called a block here, too.

import { BLOCK_BYTES } from "./gguf_kinds.js";
import { numberOfHalf } from "./halves.js";

/** @import { BlockKind } from "./gguf_kinds.js" */
/**
 * A matrix, where it lies in its file; nothing of it is ever written.
 * @typedef {object} Blocks
 * @property {BlockKind} kind
 * @property {Uint8Array} bytes of the matrix alone, a row behind the other
 * @property {number} length how many weights it has
 * @property {number} inputs numbers of a row, a multiple of 32
 * @property {Int32Array | null} order which of its rows is our first, our second, ...;
 *   null where they lie in our order
 * @property {(x: Float32Array, blocks: Blocks) => Float32Array | null} product
 *   `matmul` with it, or null where plain loops do it; pages without such a matrix
 *   needn't bring its programs along
 */
/** @typedef {Float32Array | Blocks} Matrix */

export const NUMBERS_OF_BLOCK = 32;
/**
 * With how many numbers of 16 bits a block begins.
 * @type {Record<BlockKind, number>}
 */
const HALVES = { Q4_0: 1, Q4_1: 2, Q8_0: 1, F16: NUMBERS_OF_BLOCK };

/** Of one row. @param {BlockKind} kind @param {number} inputs */
export const rowBytes = (kind, inputs) => inputs / NUMBERS_OF_BLOCK * BLOCK_BYTES[kind];

/** @param {Blocks} blocks @param {number} row ours */
export const placeOfRow = ({ kind, inputs, order }, row) =>
  (order ? order[row] : row) * rowBytes(kind, inputs);

/**
 * The numbers of one row of a matrix.
 * @param {Matrix} matrix @param {number} row @param {number} inputs numbers of a row
 * @returns {Float32Array} [inputs]
 */
export function rowIn(matrix, row, inputs) {
  if (matrix instanceof Float32Array) {
    return matrix.subarray(row * inputs, (row + 1) * inputs);
  }
  const numbers = new Float32Array(inputs);
  unpackRow(matrix, row, numbers);
  return numbers;
}

/**
 * All numbers of a matrix, as they lie there or worked out.
 * @param {Matrix} matrix
 * @returns {Float32Array}
 */
export function numbersIn(matrix) {
  if (matrix instanceof Float32Array) return matrix;
  const { length, inputs } = matrix;
  const numbers = new Float32Array(length);
  for (let row = 0; row < length / inputs; row += 1) {
    unpackRow(matrix, row, numbers.subarray(row * inputs, (row + 1) * inputs));
  }
  return numbers;
}

/**
 * Work out a row.
 * @param {Blocks} blocks @param {number} row @param {Float32Array} to [inputs]
 */
export function unpackRow(blocks, row, to) {
  const { kind, bytes } = blocks;
  let at = placeOfRow(blocks, row);
  const unpack = UNPACK[kind];
  for (let i = 0; i < to.length; i += NUMBERS_OF_BLOCK) {
    unpack(bytes, at, to, i);
    at += BLOCK_BYTES[kind];
  }
}

/** @param {Uint8Array} bytes @param {number} at */
const halfAt = (bytes, at) => numberOfHalf(bytes[at] | bytes[at + 1] << 8);

/**
 * Two numbers a byte.
 * @param {Uint8Array} bytes @param {number} at of the first @param {number} scale
 * @param {number} low @param {Float32Array} to @param {number} first
 */
function unpackNibbles(bytes, at, scale, low, to, first) {
  for (let i = 0; i < 16; i += 1) {
    const two = bytes[at + i];
    to[first + i] = (two & 15) * scale + low;
    to[first + 16 + i] = (two >> 4) * scale + low;
  }
}

/**
 * Work out the block at a place.
 * @type {Record<BlockKind, (bytes: Uint8Array, at: number, to: Float32Array,
 *   first: number) => void>}
 */
const UNPACK = {
  Q4_0(bytes, at, to, first) {
    const scale = halfAt(bytes, at);
    unpackNibbles(bytes, at + 2, scale, -8 * scale, to, first);
  },
  Q4_1(bytes, at, to, first) {
    const [scale, low] = [halfAt(bytes, at), halfAt(bytes, at + 2)];
    unpackNibbles(bytes, at + 4, scale, low, to, first);
  },
  Q8_0(bytes, at, to, first) {
    const scale = halfAt(bytes, at);
    for (let i = 0; i < NUMBERS_OF_BLOCK; i += 1) {
      to[first + i] = (bytes[at + 2 + i] << 24 >> 24) * scale;
    }
  },
  F16(bytes, at, to, first) {
    for (let i = 0; i < NUMBERS_OF_BLOCK; i += 1) {
      to[first + i] = halfAt(bytes, at + 2 * i);
    }
  },
};

/**
 * Whether all weights are numbers: no scale and no lowest number is infinite or none.
 * @param {Blocks} blocks
 */
export function areFinite({ kind, bytes }) {
  const ends = 2 * HALVES[kind];
  for (let at = 0; at < bytes.length; at += BLOCK_BYTES[kind]) {
    for (let i = 1; i < ends; i += 2) {
      if ((bytes[at + i] & 0x7c) === 0x7c) return false;
    }
  }
  return true;
}
