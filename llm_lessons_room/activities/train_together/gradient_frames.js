// Weights and gradients as they are sent: see `frames.py` beside it.

import { toHalves } from "../../../llm_lessons/web/engine/halves.js";

/** For pages that only show the model. */
export const NO_LINES = 2 ** 32 - 1;
const GRADIENT_SCALE = 1024;
const HEAD = 16; // bytes

/**
 * Weights that have come.
 * @typedef {object} WeightsFrame
 * @property {number} training which of the evening
 * @property {number} step of it, so far
 * @property {number} lines the batch that is to be read, or NO_LINES
 * @property {Uint16Array} halves the weights, float16
 */

/** @param {ArrayBuffer} bytes @returns {WeightsFrame} */
export function weightsIn(bytes) {
  const [training, step, lines] = new Uint32Array(bytes, 0, HEAD / 4);
  return { training, step, lines, halves: new Uint16Array(bytes, HEAD) };
}

/**
 * What a phone sends.
 * @param {WeightsFrame} frame that it answers @param {number} loss in nats
 * @param {number} letters that were guessed @param {Float32Array} gradient
 */
export function gradientFrame({ training, step }, loss, letters, gradient) {
  const bytes = new Uint8Array(HEAD + 2 * gradient.length);
  new Uint32Array(bytes.buffer, 0, HEAD / 4).set([training, step, 0, letters]);
  new Float32Array(bytes.buffer, 8, 1)[0] = loss;
  new Uint16Array(bytes.buffer, HEAD).set(toHalves(gradient, GRADIENT_SCALE));
  return bytes;
}
