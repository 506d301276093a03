// What a training in a page begins with, and what it refuses.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Trainer } from "../../llm_lessons/web/engine/training.js";
import { LENGTH, ROWS, SHAPES, someBatch, trainer } from "./tiny_trainers.js";

const [config] = SHAPES;

test("first weights come from a seed, spread as they should be", () => {
  const large = { ...config, d_model: 64, d_ff: 64 };
  const recipe = { rows: 1, rowLength: 8, learningRate: () => 0.01 };
  const [one, same, other] = [5, 5, 6].map((seed) =>
    new Trainer(large, { ...recipe, seed })
  );
  assert.deepEqual(one.values, same.values);
  assert.notDeepEqual(one.values, other.values);
  const { layers: [layer], final_norm, embedding } = one.weights();
  /** @type {[Float32Array, number][]} */
  const spreads = [
    [layer.gate, 64 ** -0.5],
    [layer.down, (64 * 4) ** -0.5],
    [layer.output, (16 * 4) ** -0.5],
    [embedding, 0.02],
  ];
  for (const [matrix, expected] of spreads) {
    const squares = matrix.reduce((sum, one) => sum + one * one, 0);
    const spread = Math.sqrt(squares / matrix.length);
    assert.ok(Math.abs(spread / expected - 1) < 0.1, `${spread} for ${expected}`);
    const mean = matrix.reduce((sum, one) => sum + one, 0) / matrix.length;
    assert.ok(Math.abs(mean) < 0.15 * expected);
  }
  assert.ok(
    [final_norm, layer.mlp_norm].every((norm) => norm.every((one) => one === 1)),
  );
});

test("sizes and batches that don't do are refused, with what would", () => {
  const made = trainer(config);
  const good = someBatch(config, 1);
  const before = made.values.slice();
  const with_ = (/** @type {number} */ place, /** @type {number} */ token) => {
    const batch = good.slice();
    batch[place] = token;
    return batch;
  };
  /** @type {[ArrayLike<number>, RegExp][]} */
  const batches = [
    [good.slice(1), /must be 3 rows of 22 tokens.*: 66 numbers; it was 65 numbers\.$/],
    [
      with_(2, 13),
      /must be whole numbers from 0 to 12, or -1 .*; it was 13 at place 2\.$/,
    ],
    [Array.from(with_(0, 0), (id, i) => i === 4 ? 0.5 : id), /it was 0\.5 at place 4/],
    [with_(3, -1), /-1 at their ends only; it was a token behind -1 at 4\.$/],
    [good.map((id, i) => i % (LENGTH + 1) ? -1 : id), /two tokens or more/],
  ];
  for (const [batch, sentence] of batches) {
    for (const act of [made.step, made.loss, made.measure]) {
      assert.throws(() => act.call(made, batch), sentence);
    }
  }
  assert.equal(made.steps, 0);
  assert.deepEqual(made.values, before);
  assert.throws(() => trainer({ ...config, d_head: 3 }), /d_head \(3\) must be even/);
  assert.throws(() => trainer({ ...config, n_heads: 3 }), /must be a multiple of n_kv/);
  assert.throws(
    () => trainer({ ...config, d_ff: 0 }),
    /d_ff must be a whole number, 1/,
  );
  assert.throws(
    () => trainer(config, { rowLength: 65 }),
    /rowLength .* from 1 to 64; it/,
  );
  assert.throws(
    () => trainer(config, { rows: ROWS / 2 }),
    /rows must be a whole number/,
  );
});
