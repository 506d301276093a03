// Numbers in 16 bits (float16), as weights are stored and sent. A typed array has them
// in the machine's order of bytes, which in a browser is lowest first.

const LEAST_NORMAL = 0x38800000; // the bits of 2 ** -14: below it steps are all alike
const TOO_LARGE = 0x47800000; // the bits of 2 ** 16

const bitsOf = new Int32Array(1);
const numberOf = new Float32Array(bitsOf.buffer);

/**
 * What the bits of a half stand for: a sign, 5 bits of an exponent, and 10 more. Those
 * of a `float32` are the same, but for more bits in the exponent and behind the others:
 * so it is too small by 2 ** 112. With the largest exponent it is infinite, or none.
 * @param {number} bits 16 of them
 */
export function numberOfHalf(bits) {
  bitsOf[0] = (bits << 16 >> 3) & 0x8fffe000;
  const number = numberOf[0] * 2 ** 112;
  if ((bits & 0x7c00) !== 0x7c00) return number;
  return bits & 0x3ff ? NaN : number * Infinity;
}

/** @param {Uint16Array} halves @param {Float32Array} into as many numbers */
export function fromHalves(halves, into) {
  for (let i = 0; i < halves.length; i += 1) into[i] = numberOfHalf(halves[i]);
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
