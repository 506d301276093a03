// Numbers in 16 bits (float16), as weights are stored and sent. A typed array has them
// in the machine's order of bytes, which in a browser is lowest first.

const LEAST_NORMAL = 0x38800000; // the bits of 2 ** -14: below it steps are all alike
const TOO_LARGE = 0x47800000; // the bits of 2 ** 16

/**
 * The number that each of the 65,536 patterns of 16 bits stands for: a sign, 5 bits of
 * an exponent, and 10 more. The smallest numbers have no exponent of their own; with
 * the largest exponent, a pattern is infinite or no number.
 */
export function everyHalf() {
  const table = new Float32Array(2 ** 16);
  for (let first = 0; first < table.length; first += 1024) {
    const exponent = (first >> 10) & 31;
    const step = 2 ** (Math.max(exponent, 1) - 25) * (first >> 15 ? -1 : 1);
    const least = exponent ? 1024 : 0;
    for (let rest = 0; rest < 1024; rest += 1) {
      table[first + rest] = exponent === 31
        ? (rest ? NaN : step * Infinity)
        : step * (least + rest);
    }
  }
  return table;
}

/** @type {Float32Array | undefined} */
let numberOf;

/**
 * @param {Uint16Array} halves @param {Float32Array} into as many numbers
 */
export function fromHalves(halves, into) {
  numberOf ??= everyHalf();
  for (let i = 0; i < halves.length; i += 1) into[i] = numberOf[halves[i]];
}

/**
 * The nearest halves; of two that are as near, the even one. What is too large becomes
 * infinite.
 * @param {Float32Array} numbers @param {number} times they are multiplied by, before
 */
export function toHalves(numbers, times) {
  const halves = new Uint16Array(numbers.length);
  const single = new Float32Array(1);
  const bits = new Uint32Array(single.buffer);
  for (let i = 0; i < numbers.length; i += 1) {
    single[0] = numbers[i] * times;
    const sign = (bits[0] >>> 16) & 0x8000;
    const rest = bits[0] & 0x7fffffff;
    halves[i] = sign | halfOf(rest, Math.abs(single[0]));
  }
  return halves;
}

/**
 * @param {number} bits of a float32 without its sign @param {number} number the same
 */
function halfOf(bits, number) {
  if (bits >= TOO_LARGE) return Number.isNaN(number) ? 0x7e00 : 0x7c00;
  if (bits >= LEAST_NORMAL) {
    return (bits - 0x38000000 + 0xfff + ((bits >>> 13) & 1)) >>> 13;
  }
  const steps = number * 2 ** 24;
  const whole = Math.floor(steps);
  const above = steps - whole;
  return above > 0.5 || (above === 0.5 && whole % 2) ? whole + 1 : whole;
}
