// From scores to one token: the temperature, the cuts, and the flip of a biased coin.
//
// Beside `decoding/sampling.py`, for one row of scores [V]. Probabilities are float64
// here and float32 there, so a coin that falls within some millionths of the border
// between two tokens could draw the other one.

import { likeliestKept } from "./settings.js";

/** @import { Draw } from "./settings.js" */

/**
 * Turn scores into probabilities that add to one.
 * @param {ArrayLike<number>} logits [V]
 * @returns {Float64Array} [V]
 */
export function softmax(logits) {
  const size = logits.length;
  const probabilities = new Float64Array(size);
  let [highest, sum] = [-Infinity, 0];
  for (let i = 0; i < size; i += 1) if (logits[i] > highest) highest = logits[i];
  for (let i = 0; i < size; i += 1) {
    probabilities[i] = Math.exp(logits[i] - highest);
    sum += probabilities[i];
  }
  for (let i = 0; i < size; i += 1) probabilities[i] /= sum;
  return probabilities;
}

/**
 * Divide by the temperature: below 1 sharpens the odds, above 1 flattens them.
 * @param {Float64Array} logits @param {number} temperature above zero
 */
export function scale(logits, temperature) {
  const scaled = new Float64Array(logits.length);
  for (let i = 0; i < scaled.length; i += 1) scaled[i] = logits[i] / temperature;
  return scaled;
}

/**
 * Cut what the settings cut: its score becomes minus infinity, its probability zero.
 * @param {Float64Array} scaled scores, the highest of which is 0
 * @param {Partial<Draw>} settings
 */
export function cutOff(scaled, settings) {
  const falling = scaled.slice().sort().reverse();
  const kept = likeliestKept(falling, falling.map(Math.exp), settings);
  return scaled.map((score) => score >= falling[kept - 1] ? score : -Infinity);
}

/** The likeliest token; of equals the first. @param {ArrayLike<number>} logits */
export function argmax(logits) {
  let best = 0;
  for (let i = 1; i < logits.length; i += 1) if (logits[i] > logits[best]) best = i;
  return best;
}

/**
 * The biased coin: lay the probabilities end to end and take the one that u hits.
 * @param {Float64Array} logits minus infinity is never drawn
 * @param {number} u uniform in [0, 1): the coin
 */
export function flip(logits, u) {
  const probabilities = softmax(logits);
  let end = 0;
  for (let i = 0; i < probabilities.length; i += 1) {
    end += probabilities[i];
    if (end > u && probabilities[i] > 0) return i;
  }
  // Rounding could leave no hit at all; the likeliest token then stands in.
  return argmax(logits);
}

/**
 * Draw the next token; temperature 0 takes the likeliest.
 * @param {Float32Array} logits [V] @param {number} u uniform in [0, 1)
 * @param {Partial<Draw>} [settings]
 */
export function sample(logits, u, { temperature = 1, ...cuts } = {}) {
  if (temperature === 0) return argmax(logits);
  // Only differences count: with the highest at zero, a tiny temperature can't divide
  // it to infinity.
  const highest = logits[argmax(logits)];
  const x = new Float64Array(logits);
  for (let i = 0; i < x.length; i += 1) x[i] -= highest;
  const scaled = scale(x, temperature);
  const isCut = Object.values(cuts).some((setting) => setting !== null);
  return flip(isCut ? cutOff(scaled, cuts) : scaled, u);
}

const TURNS = [[13, 15, 26, 6], [17, 29, 16, 24]];

/**
 * Threefry-2x32, 20 rounds: a number of 64 bits, scrambled by a key (Salmon et al.,
 * "Parallel random numbers: as easy as 1, 2, 3", 2011). JAX makes its numbers so.
 * @param {[number, number]} key @param {[number, number]} count
 * @returns {[number, number]} of 32 bits each, not negative
 */
export function threefry(key, count) {
  const keys = [key[0], key[1], key[0] ^ key[1] ^ 0x1bd11bda];
  let [a, b] = [(count[0] + keys[0]) | 0, (count[1] + keys[1]) | 0];
  for (let group = 0; group < 5; group += 1) {
    for (const turn of TURNS[group % 2]) {
      a = (a + b) | 0;
      b = ((b << turn) | (b >>> (32 - turn))) ^ a;
    }
    a = (a + keys[(group + 1) % 3]) | 0;
    b = (b + keys[(group + 2) % 3] + group + 1) | 0;
  }
  return [a >>> 0, b >>> 0];
}

/**
 * One uniform number in [0, 1); depends on (seed, position) alone. The one that
 * `coin_at` gives in Python.
 * @param {number} seed any whole number; 32 bits of it reach the coin
 * @param {number} position how many tokens the model has read
 */
export function coin(seed, position) {
  const key = threefry([0, seed >>> 0], [0, position]); // jax.random.fold_in
  const [high, low] = threefry(key, [0, 0]);
  return ((high ^ low) >>> 9) / 2 ** 23; // as many bits as a float32 keeps of it
}
