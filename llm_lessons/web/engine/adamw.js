// How a gradient becomes a step: AdamW (arXiv 1711.05101).
//
// Beside `training/optimizer.py`, which has AdamW for a part of the weights.

/** @import { Desk } from "./training_desk.js" */

// What each running mean keeps of itself in a step, and what is never divided by less.
const [KEPT_OF_MEAN, KEPT_OF_SQUARES, EPSILON] = [0.9, 0.98, 1e-8];

/**
 * Turn every weight of a desk by its gradient. A gradient that is longer than `clip`,
 * all weights together, is shortened to it; one that holds no numbers turns nothing.
 * @param {Desk} desk
 * @param {number} step of the training, counted from 1
 * @param {number} rate how far a weight is turned at the most, about
 * @param {number} weightDecay pull towards zero, times the rate
 * @param {number} clip
 */
export function turnWeights(desk, step, rate, weightDecay, clip) {
  const { count, numbers, toGradient } = desk;
  let squares = 0;
  for (let i = toGradient; i < toGradient + count; i += 1) squares += numbers[i] ** 2;
  if (!Number.isFinite(squares)) return;
  const share = Math.min(1, clip / Math.sqrt(squares));
  // Both means began at zero, and are too small by so much.
  const lack = 1 - KEPT_OF_MEAN ** step;
  const lackOfSquares = 1 - KEPT_OF_SQUARES ** step;
  for (let i = 0; i < count; i += 1) {
    const gradient = numbers[i + toGradient] * share;
    const mean = i + 2 * toGradient;
    const square = i + 3 * toGradient;
    numbers[mean] += (1 - KEPT_OF_MEAN) * (gradient - numbers[mean]);
    numbers[square] += (1 - KEPT_OF_SQUARES) * (gradient ** 2 - numbers[square]);
    const size = Math.sqrt(numbers[square] / lackOfSquares) + EPSILON;
    const pull = weightDecay * numbers[i];
    numbers[i] -= rate * (numbers[mean] / lack / size + pull);
  }
}
