// A model that learns in a page: its loss, its gradients and its steps.

import assert from "node:assert/strict";
import { test } from "node:test";
import { turnWeights } from "../../llm_lessons/web/engine/adamw.js";
import { countParameters } from "../../llm_lessons/web/engine/parameters.js";
import { deskFor } from "../../llm_lessons/web/engine/training_desk.js";
import { random } from "./stand_ins.js";
import { LENGTH, ROWS, scatter, SHAPES, someBatch, trainer } from "./tiny_trainers.js";

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

// Against JAX's: `test_training_in_page.py`.
test("the gradients are the same, four at a time or by plain loops", () => {
  for (const [seed, config] of SHAPES.entries()) {
    // More than is read at once: the gradients of several groups add up.
    for (const [rows, length] of [[ROWS, LENGTH], [12, 33], [1, 1]]) {
      const batch = someBatch(config, seed, rows, length);
      const make = () => trainer(config, { rows, rowLength: length });
      const [fast, plain] = [make(), withoutWebAssembly(make)];
      assert.ok(Math.abs(fast.measure(batch) - plain.measure(batch)) < 1e-5);
      close(fast.gradient, plain.gradient);
    }
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
