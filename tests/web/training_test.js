// A model that learns in a page: its loss, its gradients and its steps.

import assert from "node:assert/strict";
import { test } from "node:test";
import { turnWeights } from "../../llm_lessons/web/engine/adamw.js";
import { goBack, readGroup } from "../../llm_lessons/web/engine/gradients.js";
import { countParameters } from "../../llm_lessons/web/engine/parameters.js";
import { argmax } from "../../llm_lessons/web/engine/sampling.js";
import { product } from "../../llm_lessons/web/engine/simd.js";
import { plainMultiply } from "../../llm_lessons/web/engine/speed.js";
import { Trainer } from "../../llm_lessons/web/engine/training.js";
import {
  deskFor,
  gather,
  turnMatrices,
} from "../../llm_lessons/web/engine/training_desk.js";
import { forward } from "../../llm_lessons/web/engine/transformer.js";
import { random } from "./stand_ins.js";
import {
  LENGTH,
  ROWS,
  scatter,
  shape,
  SHAPES,
  someBatch,
  trainer,
} from "./tiny_trainers.js";

/** @import { ModelConfig } from "../../llm_lessons/web/engine/parameters.js" */

/** @template T @param {() => T} act */
function withoutWebAssembly(act) {
  const kept = globalThis.WebAssembly;
  try {
    Reflect.deleteProperty(globalThis, "WebAssembly");
    return act();
  } finally {
    globalThis.WebAssembly = kept;
  }
}

/**
 * The very same functions in float64: what gives loss and gradient for some weights.
 * @param {ModelConfig} config @param {Int32Array} batch
 */
function inFloat64(config, batch, rows = ROWS, length = LENGTH) {
  const desk = deskFor(config, rows * length, length);
  const wide = new Float64Array(desk.numbers.length);
  desk.numbers = /** @type {Float32Array} */ (/** @type {unknown} */ (wide));
  desk.multiply = plainMultiply(desk.numbers);
  assert.equal(gather(desk, batch, 0, rows, length + 1), rows);
  const tokens = desk.group.starts[desk.group.rows];
  const values = desk.numbers.subarray(0, desk.count);
  const loss = () => {
    turnMatrices(desk);
    return readGroup(desk, 1 / tokens) / tokens;
  };
  const gradient = () => {
    desk.numbers.fill(0, desk.toGradient, 2 * desk.toGradient);
    loss();
    goBack(desk);
    return desk.numbers.slice(desk.toGradient, desk.toGradient + desk.count);
  };
  return { values, loss, gradient };
}

/** @param {ArrayLike<number>} numbers */
const largest = (numbers) => Math.max(...Array.from(numbers, Math.abs));

/** @param {ArrayLike<number>} found @param {ArrayLike<number>} expected */
function close(found, expected, within = 1e-5) {
  assert.equal(found.length, expected.length);
  const size = largest(expected);
  for (let i = 0; i < found.length; i += 1) {
    const apart = Math.abs(found[i] - expected[i]) / size;
    assert.ok(apart < within, `${found[i]} for ${expected[i]} at ${i}`);
  }
}

test("every gradient is what a small turn of its weight does to the loss", () => {
  for (const [seed, config] of SHAPES.entries()) {
    const batch = someBatch(config, seed);
    const { values, loss, gradient } = inFloat64(config, batch);
    scatter(values, config, seed);
    const found = gradient();
    const size = largest(found);
    const every = config.n_layers ? 5 : 1;
    for (let i = 0; i < values.length; i += every) {
      const kept = values[i];
      const [more, less] = [1e-6, -1e-6].map((by) => {
        values[i] = kept + by;
        return loss();
      });
      values[i] = kept;
      const apart = Math.abs((more - less) / 2e-6 - found[i]) / size;
      assert.ok(apart < 1e-7, `shape ${seed}, weight ${i}: ${apart}`);
    }
  }
});

test("in float32 the gradients are the same, four at a time or by plain loops", () => {
  for (const [seed, config] of SHAPES.entries()) {
    // More than is read at once: the gradients of several groups add up.
    for (const [rows, length] of [[ROWS, LENGTH], [12, 33], [1, 1]]) {
      const batch = someBatch(config, seed, rows, length);
      const wide = inFloat64(config, batch, rows, length);
      scatter(wide.values, config);
      const expected = wide.gradient();
      const make = () => trainer(config, { rows, rowLength: length });
      for (const one of [make(), withoutWebAssembly(make)]) {
        assert.ok(Math.abs(one.measure(batch) - wide.loss()) < 1e-5);
        close(one.gradient, expected);
      }
    }
  }
});

test("what learns is the function that the engine computes", () => {
  for (const config of SHAPES) {
    const one = trainer(config);
    const batch = someBatch(config, 4);
    let [sum, count] = [0, 0];
    for (let row = 0; row < ROWS; row += 1) {
      const start = row * (LENGTH + 1);
      const tokens = batch.subarray(start, start + LENGTH + 1).filter((id) => id >= 0);
      if (tokens.length < 2) continue;
      const scores = forward(one.weights(), tokens.subarray(0, -1), config);
      for (let t = 0; t + 1 < tokens.length; t += 1, count += 1) {
        const size = config.vocab_size;
        const here = Array.from(scores.subarray(t * size, (t + 1) * size));
        const all = here.reduce((all, score) => all + Math.exp(score), 0);
        sum += Math.log(all) - here[tokens[t + 1]];
      }
    }
    assert.ok(Math.abs(one.loss(batch) - sum / count) < 1e-5);
  }
});

test("padding changes nothing, nor do rows that hold nothing else", () => {
  const [config] = SHAPES;
  const batch = someBatch(config, 6);
  const padded = new Int32Array(5 * (LENGTH + 9)).fill(-1);
  for (let row = 0; row < ROWS; row += 1) {
    const tokens = batch.subarray(row * (LENGTH + 1), (row + 1) * (LENGTH + 1));
    padded.set(tokens, (row + 1) * (LENGTH + 9));
  }
  const [one, other] = [trainer(config), trainer(config, { rows: 5, rowLength: 29 })];
  for (let step = 0; step < 3; step += 1) {
    assert.equal(one.step(batch), other.step(padded));
    assert.deepEqual(one.values, other.values);
  }
});

test("a step is that of AdamW, number by number", () => {
  const [config] = SHAPES;
  const desk = deskFor(config, 4, 4);
  const next = random(3);
  const { count, numbers, toGradient } = desk;
  assert.equal(count, countParameters(config));
  const [values, gradient] = [0, 1].map((part) =>
    numbers.subarray(part * toGradient, part * toGradient + count)
  );
  scatter(values, config);
  const expected = Float64Array.from(values);
  const [first, second] = [new Float64Array(count), new Float64Array(count)];
  for (let step = 1; step <= 6; step += 1) {
    const [rate, decay, clip] = [0.1 / step, 0.2, step < 4 ? 1 : 100];
    gradient.forEach((_, i) => gradient[i] = next() - 0.4);
    const length = Math.sqrt(gradient.reduce((sum, one) => sum + one * one, 0));
    assert.ok(length > 1 && length < 100);
    for (let i = 0; i < count; i += 1) {
      const clipped = length > clip ? gradient[i] / length * clip : gradient[i];
      first[i] = 0.9 * first[i] + 0.1 * clipped;
      second[i] = 0.98 * second[i] + 0.02 * clipped ** 2;
      const mean = first[i] / (1 - 0.9 ** step);
      const spread = Math.sqrt(second[i] / (1 - 0.98 ** step));
      expected[i] -= rate * (mean / (spread + 1e-8) + decay * expected[i]);
    }
    turnWeights(desk, step, rate, decay, clip);
    close(values, expected, 1e-6);
  }
  const before = numbers.slice();
  gradient[7] = NaN;
  turnWeights(desk, 7, 0.1, 0.2, 1);
  gradient[7] = before[toGradient + 7];
  assert.deepEqual(numbers, before);
});

test("a tiny model learns one line by heart, and the engine writes it", () => {
  const config = shape({ vocab_size: 9, d_model: 16, d_ff: 16, max_seq_len: 24 });
  const line = [0, 5, 3, 8, 3, 1, 5, 5, 2, 7, 3, 3, 6];
  const rates = /** @type {number[]} */ ([]);
  const learningRate = (/** @type {number} */ step) => {
    rates.push(step);
    return 0.02 * Math.min(1, (step + 1) / 10);
  };
  const made = new Trainer(config, { rows: 1, rowLength: 12, learningRate, seed: 2 });
  const begun = made.step(line);
  assert.ok(Math.abs(begun - Math.log(9)) < 0.2, `${begun}`);
  while (made.steps < 120) made.step(line);
  assert.ok(made.loss(line) < 0.01, `${made.loss(line)}`);
  assert.deepEqual(rates, Array.from({ length: 120 }, (_, step) => step));
  const written = [0];
  while (written.length < line.length) {
    const scores = forward(made.weights(), written, config);
    written.push(argmax(scores.subarray(-config.vocab_size)));
  }
  assert.deepEqual(written, line);
  const { query } = made.weights().layers[0];
  assert.ok(product(new Float32Array(16), query, 16), "the engine multiplies slowly");
});

test("a step in pieces is the same step", () => {
  const [config] = SHAPES;
  const [rows, rowLength] = [20, 30];
  const batch = someBatch(config, 8, rows, rowLength);
  const [one, other] = [0, 1].map(() => trainer(config, { rows, rowLength }));
  const pieces = one.stepInPieces(batch);
  let count = 1;
  let step = pieces.next();
  for (; !step.done; count += 1) step = pieces.next();
  assert.ok(count > 1);
  assert.equal(step.value, other.step(batch));
  assert.deepEqual(one.values, other.values);
});
