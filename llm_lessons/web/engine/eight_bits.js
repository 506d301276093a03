// Weights in eight bits, for a file: 32 of them share a scale, as in llama.cpp's Q8_0.
//
// Beside `weights/kept_file.py`, which reads them.

const GROUP = 32; // weights that share a scale
const MOST = 127; // what the largest of a group becomes

/**
 * Each weight as a whole number from -127 to 127, to be taken times its group's scale.
 * @param {Float32Array} weights
 */
export function toEightBits(weights) {
  const numbers = new Int8Array(weights.length);
  const scales = new Float32Array(Math.ceil(weights.length / GROUP));
  scales.forEach((_, group) => {
    const start = group * GROUP;
    const own = weights.subarray(start, start + GROUP);
    const largest = own.reduce((most, one) => Math.max(most, Math.abs(one)), 0);
    scales[group] = largest / MOST;
    own.forEach((one, i) => {
      const times = Math.round(one / (scales[group] || 1));
      numbers[start + i] = Math.max(-MOST, Math.min(MOST, times));
    });
  });
  return { numbers, scales };
}

/** The weights again. @param {Int8Array} numbers @param {Float32Array} scales */
export function fromEightBits(numbers, scales) {
  return Float32Array.from(numbers, (one, i) => one * scales[Math.floor(i / GROUP)]);
}
