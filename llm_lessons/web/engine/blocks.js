// Weights as SmolLM2's file keeps them, 32 numbers of a row in few bits each with their
// scale. What is in a block, `products.c` says.

import { unpackedRow } from "./products.js";

/** Bytes of a block. */
export const BLOCK_BYTES = { Q4_1: 20, Q8_0: 34 };
export const NUMBERS_OF_BLOCK = 32;

/**
 * A matrix, where it lies in its file, for which `roomForFile` made room.
 * @typedef {object} Blocks
 * @property {keyof BLOCK_BYTES} kind
 * @property {Uint8Array} bytes of the matrix alone, a row behind the other
 * @property {number} length how many weights it has
 * @property {number} inputs numbers of a row, a multiple of 32
 */
/** @typedef {Float32Array | Blocks} Matrix */

/**
 * The numbers of one row of a matrix.
 * @param {Matrix} matrix @param {number} row @param {number} inputs numbers of a row
 * @returns {Float32Array} [inputs]
 */
export function rowIn(matrix, row, inputs) {
  return matrix instanceof Float32Array
    ? matrix.subarray(row * inputs, (row + 1) * inputs)
    : unpackedRow(matrix, row);
}

/**
 * All numbers of a matrix, as they lie there or worked out.
 * @param {Matrix} matrix
 * @returns {Float32Array}
 */
export function numbersIn(matrix) {
  if (matrix instanceof Float32Array) return matrix;
  const numbers = new Float32Array(matrix.length);
  for (let start = 0; start < matrix.length; start += matrix.inputs) {
    numbers.set(unpackedRow(matrix, start / matrix.inputs), start);
  }
  return numbers;
}
