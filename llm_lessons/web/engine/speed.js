// Here for speed alone: products of a few rows with a matrix, as plain loops, and four
// numbers at a time where there are instructions for that (`simd.js`).

import { unpackRow } from "./blocks.js";
import { product } from "./simd.js";

/** @import { Blocks, Matrix } from "./blocks.js" */

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
 * The same by plain loops. Four rows of the matrix are read at a time, for two rows of
 * x where there are two: so each number that is read is used several times. Sums are
 * float64, which is what JavaScript adds in; adding in float32 took twice as long.
 * @param {Float32Array} x @param {Float32Array} weight @param {number} inputs
 */
export function plainProduct(x, weight, inputs) {
  const rows = x.length / inputs;
  const outputs = weight.length / inputs;
  const out = new Float32Array(rows * outputs);
  const whole = outputs - outputs % 4;
  for (let o = 0; o < whole; o += 4) {
    let row = 0;
    for (; row + 1 < rows; row += 2) twoRows(x, weight, inputs, row, o, out, outputs);
    if (row < rows) oneRow(x, weight, inputs, row, o, out, outputs);
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
function oneRow(x, weight, inputs, row, o, out, outputs) {
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

/**
 * Four outputs, from `o` on, of a row and of the next one.
 * @param {Float32Array} x @param {Float32Array} weight @param {number} inputs
 * @param {number} row @param {number} o
 * @param {Float32Array} out @param {number} outputs
 */
function twoRows(x, weight, inputs, row, o, out, outputs) {
  const p = row * inputs;
  const q = p + inputs;
  const a = o * inputs;
  const b = a + inputs;
  const c = b + inputs;
  const d = c + inputs;
  let sumA = 0, sumB = 0, sumC = 0, sumD = 0;
  let nextA = 0, nextB = 0, nextC = 0, nextD = 0;
  for (let i = 0; i < inputs; i += 1) {
    const value = x[p + i];
    const next = x[q + i];
    let number = weight[a + i];
    sumA += number * value;
    nextA += number * next;
    number = weight[b + i];
    sumB += number * value;
    nextB += number * next;
    number = weight[c + i];
    sumC += number * value;
    nextC += number * next;
    number = weight[d + i];
    sumD += number * value;
    nextD += number * next;
  }
  let place = row * outputs + o;
  out[place] = sumA;
  out[place + 1] = sumB;
  out[place + 2] = sumC;
  out[place + 3] = sumD;
  place += outputs;
  out[place] = nextA;
  out[place + 1] = nextB;
  out[place + 2] = nextC;
  out[place + 3] = nextD;
}

/**
 * A product of two matrices that stand somewhere among some numbers, all places counted
 * in numbers: out[i, j] is the sum over n of left[i, n] * right[n, j], added to what
 * stands there where `isAdded` says so. `rows` counts i, `columns` j and `inner` n, all
 * of them 1 or more. From one row of out to the next it is `outStep`, of left
 * `leftStep`, of right `rightStep`; from one number of a row of left to the next it is
 * `leftAlong`, so that a left matrix may lie turned.
 * @typedef {(out: number, left: number, right: number, rows: number, columns: number,
 *   inner: number, outStep: number, leftStep: number, leftAlong: number,
 *   rightStep: number, isAdded: boolean) => void} Multiply
 */

/**
 * `Multiply` by plain loops, among these numbers.
 * @param {Float32Array} numbers
 * @returns {Multiply}
 */
export function plainMultiply(numbers) {
  return (
    out,
    left,
    right,
    rows,
    columns,
    inner,
    outStep,
    leftStep,
    along,
    rightStep,
    add,
  ) => {
    const whole = columns - columns % 4;
    for (let i = 0; i < rows; i += 1) {
      const from = left + i * leftStep;
      const to = out + i * outStep;
      for (let j = 0; j < whole; j += 4) {
        fourSums(numbers, to + j, from, right + j, inner, along, rightStep, add);
      }
      for (let j = whole; j < columns; j += 1) {
        let sum = add ? numbers[to + j] : 0; // which may be no number
        for (let n = 0; n < inner; n += 1) {
          sum += numbers[from + n * along] * numbers[right + n * rightStep + j];
        }
        numbers[to + j] = sum;
      }
    }
  };
}

/**
 * Four neighbours of a row of `Multiply`'s out.
 * @param {Float32Array} numbers @param {number} out
 * @param {number} left @param {number} right @param {number} inner
 * @param {number} along @param {number} rightStep @param {boolean} add
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
