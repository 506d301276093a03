// Here for speed alone: products of a few rows with a matrix, as plain loops, and four
// numbers at a time where there are instructions for that (`simd.js`).

import { product } from "./simd.js";

/**
 * Every row of x with every row of a matrix: `x @ weight.T`. Matrices lie here as rows
 * of outputs, so that a product runs along memory.
 * @param {Float32Array} x [rows inputs]
 * @param {Float32Array} weight [outputs inputs]
 * @param {number} inputs
 * @returns {Float32Array} [rows outputs]
 */
export function matmul(x, weight, inputs) {
  return product(x, weight, inputs) ?? plainProduct(x, weight, inputs);
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
