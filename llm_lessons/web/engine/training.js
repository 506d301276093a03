// How a model learns where there is no Python: loss, gradients and steps by Adam (arXiv
// 1412.6980).
//
// Beside `training/loop.py` and `training/optimizer.py`. One step at a time: who calls
// decides when the next one comes, in a worker or between two frames of a page.

import { backward, forward } from "./gradients.js";
import { drawParameters, parametersIn } from "./parameters.js";
import { gather, transposeMatrices, workspaceFor } from "./training_workspace.js";

/** @import { Workspace } from "./training_workspace.js" */
/** @import { ModelConfig, Parameters } from "./parameters.js" */

// What each running mean keeps of itself in a step, and what is never divided by less.
const [KEPT_OF_MEAN, KEPT_OF_SQUARES, EPSILON] = [0.9, 0.98, 1e-8];
const CLIP = 1; // how long a gradient may be, all weights together

/**
 * Turn every weight of a workspace by its gradient. A gradient that is too long is
 * shortened; one that holds no numbers, as where a rate was too high, turns nothing.
 * @param {Workspace} workspace @param {number} step of the training, counted from 1
 * @param {number} rate how far a weight is turned at the most, about
 */
function updateWeights({ count, numbers, toGradient }, step, rate) {
  let squares = 0;
  for (let i = toGradient; i < toGradient + count; i += 1) squares += numbers[i] ** 2;
  if (!Number.isFinite(squares)) return;
  const share = Math.min(1, CLIP / Math.sqrt(squares));
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
    numbers[i] -= rate * (numbers[mean] / lack / size);
  }
}

/**
 * How many tokens of a batch are predicted: all but the first of each row.
 * @param {ArrayLike<number>} batch @param {number} width
 */
function predictedIn(batch, width) {
  let count = 0;
  for (let i = 0; i < batch.length; i += 1) if (i % width && batch[i] >= 0) count += 1;
  return count;
}

/**
 * How a model is trained.
 * @typedef {object} Recipe
 * @property {number} rows texts read side by side in one step
 * @property {number} rowLength tokens a row, of which each predicts the next
 * @property {(step: number) => number} learningRate of a step, counted from 0: where it
 *   rises and falls is for the caller to say
 * @property {number} [seed] of the first weights: a whole number, see `drawParameters`
 */

// Read and gone back through at once: what is worked on stays near, and a phone does so
// many, of 100,000 weights, in some 25 ms.
const TOKENS_TOGETHER = 128;

/** A model in training: its weights, its optimiser's state, and how far it is. */
export class Trainer {
  /** @type {Workspace} */
  #workspace;
  /** @type {Recipe} */
  #recipe;
  #steps = 0;

  /**
   * A model with random weights. All memory that it ever needs is taken here.
   * @param {ModelConfig} config @param {Recipe} recipe
   */
  constructor(config, recipe) {
    const { rows, rowLength, seed = 0 } = recipe;
    this.#recipe = recipe;
    const together = Math.max(rowLength, Math.min(TOKENS_TOGETHER, rows * rowLength));
    this.#workspace = workspaceFor(config, together, rowLength);
    drawParameters(this.values, config, seed);
  }

  /** How many steps it has gone. */
  get steps() {
    return this.#steps;
  }

  /** All weights, in the order of `parametersIn`: the very ones that are trained. */
  get values() {
    const { numbers, count } = this.#workspace;
    return numbers.subarray(0, count);
  }

  /** What `measureInPieces` found for each of the weights, in the same order. */
  get gradient() {
    const { numbers, count, toGradient } = this.#workspace;
    return numbers.subarray(toGradient, toGradient + count);
  }

  /**
   * The weights as the engine reads them. Nothing is copied: they change with every
   * step, and `slice` keeps an array as it is now.
   * @returns {Parameters<Float32Array>}
   */
  weights() {
    return parametersIn(this.values, this.#workspace.config);
  }

  /**
   * Read a batch, and turn every weight a little.
   * @param {ArrayLike<number>} batch [rows, rowLength + 1], one row behind another: as
   *   in Python a row holds what is read and, moved on by one, what is to be predicted.
   *   It may end with -1, which is neither read nor predicted. None of this is checked.
   * @returns {number} the batch's loss before that: the mean surprise at the tokens
   *   that really came next, in nats
   */
  step(batch) {
    return finish(this.stepInPieces(batch));
  }

  /**
   * The same in pieces, between which a page may draw: a few hundred tokens each.
   * @param {ArrayLike<number>} batch as for `step`
   * @returns {Generator<void, number>} the loss
   */
  *stepInPieces(batch) {
    const loss = yield* this.#pieces(batch, true);
    const rate = this.#recipe.learningRate(this.#steps);
    this.#steps += 1;
    updateWeights(this.#workspace, this.#steps, rate);
    return loss;
  }

  /**
   * The loss and, in `gradient`, what each weight has to do with it; none is turned.
   * @param {ArrayLike<number>} batch as for `step`
   * @returns {Generator<void, number>} the loss
   */
  measureInPieces(batch) {
    return this.#pieces(batch, true);
  }

  /**
   * The loss alone, as for a text that is held out.
   * @param {ArrayLike<number>} batch as for `step`
   */
  loss(batch) {
    return finish(this.#pieces(batch, false));
  }

  /**
   * Read a batch, a group of rows at a time.
   * @param {ArrayLike<number>} batch @param {boolean} isLearned
   * @returns {Generator<void, number>}
   */
  *#pieces(batch, isLearned) {
    const workspace = this.#workspace;
    const { rows, rowLength } = this.#recipe;
    const tokens = predictedIn(batch, rowLength + 1);
    transposeMatrices(workspace);
    if (isLearned) {
      workspace.numbers.fill(0, workspace.toGradient, 2 * workspace.toGradient);
    }
    let sum = 0;
    for (let row = 0; row < rows;) {
      row = gather(workspace, batch, row, rows, rowLength + 1);
      sum += forward(workspace, 1 / tokens);
      if (isLearned) backward(workspace);
      if (row < rows) yield;
    }
    return sum / tokens;
  }
}

/**
 * What a generator returns, run to its end at once.
 * @template T @param {Generator<void, T>} steps
 */
function finish(steps) {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
