// Products of two matrices among the numbers of one array: by WebAssembly
// (`products.c`), or by plain loops.

import { NUMBER_SIZE, programIn } from "./products.js";

/**
 * All places are counted in numbers: out[i, j] is the sum over n of left[i, n] *
 * right[n, j], added to what stands there where `isAdded` says so. `rows` counts i,
 * `columns` j and `inner` n, all of them 1 or more. From one row of out to the next it
 * is `outBy`, of left `leftBy`, of right `rightBy`; from one number of a row of left to
 * the next it is `along`, so that a left matrix may lie turned.
 * @typedef {(out: number, left: number, right: number, rows: number, columns: number,
 *   inner: number, outBy: number, leftBy: number, along: number, rightBy: number,
 *   isAdded: boolean) => void} Multiply
 */

/**
 * `Multiply` among numbers that `roomFor` made, or null where there is no WebAssembly.
 * Columns have to be a multiple of four.
 * @param {Float32Array} room
 * @returns {Multiply | null}
 */
export function multiplyIn(room) {
  const [run, start] = [programIn(room, "multiply"), room.byteOffset];
  const place = (/** @type {number} */ at) => start + NUMBER_SIZE * at;
  return run
    ? (out, left, right, ...how) => run(place(out), place(left), place(right), ...how)
    : null;
}

/**
 * `Multiply` by plain loops, among these numbers.
 * @param {Float32Array} numbers
 * @returns {Multiply}
 */
export function plainMultiply(numbers) {
  return (out, left, right, rows, columns, inner, ...how) => {
    const [outBy, leftBy, along, rightBy, add] = how;
    const whole = columns - columns % 4;
    for (let i = 0; i < rows; i += 1) {
      const from = left + i * leftBy;
      const to = out + i * outBy;
      for (let j = 0; j < whole; j += 4) {
        fourSums(numbers, to + j, from, right + j, inner, along, rightBy, add);
      }
      for (let j = whole; j < columns; j += 1) {
        let sum = add ? numbers[to + j] : 0; // which may be no number
        for (let n = 0; n < inner; n += 1) {
          sum += numbers[from + n * along] * numbers[right + n * rightBy + j];
        }
        numbers[to + j] = sum;
      }
    }
  };
}

/**
 * Four neighbours of a row of `Multiply`'s out.
 * @param {Float32Array} numbers @param {number} out @param {number} left
 * @param {number} right @param {number} inner @param {number} along
 * @param {number} rightStep @param {boolean} add
 */
function fourSums(numbers, out, left, right, inner, along, rightStep, add) {
  let a = 0, b = 0, c = 0, d = 0;
  for (let n = 0, l = left, r = right; n < inner; n += 1, l += along, r += rightStep) {
    const value = numbers[l];
    a += value * numbers[r];
    b += value * numbers[r + 1];
    c += value * numbers[r + 2];
    d += value * numbers[r + 3];
  }
  numbers[out] = add ? numbers[out] + a : a;
  numbers[out + 1] = add ? numbers[out + 1] + b : b;
  numbers[out + 2] = add ? numbers[out + 2] + c : c;
  numbers[out + 3] = add ? numbers[out + 3] + d : d;
}
