// A model that learns in a page: its first weights, and a rate that was too high. Its
// gradients and a run are compared with JAX's in `test_training_in_page.py`.

import assert from "node:assert/strict";
import { test } from "node:test";
import { parametersIn } from "../../llm_lessons/web/engine/parameters.js";
import { Trainer } from "../../llm_lessons/web/engine/training.js";

const CONFIG = {
  ...{ vocab_size: 13, d_model: 8, n_layers: 2, n_heads: 4, n_kv_heads: 2, d_head: 4 },
  ...{ d_ff: 12, rope_theta: 10_000, norm_eps: 1e-5, tie_embeddings: true },
  max_seq_len: 64,
};
const RECIPE = { rows: 1, rowLength: 8, learningRate: () => 0.01 };

test("what is no number any more turns nothing", () => {
  const one = new Trainer(CONFIG, RECIPE);
  const batch = [1, 2, 3, 4, 5, 6, 7, 8, 9];
  assert.ok(one.step(batch) > 0);
  one.values[8] = NaN;
  const before = one.values.slice();
  one.step(batch);
  assert.deepEqual(one.values, before);
});

test("first weights come from a seed, spread as they should be", () => {
  const large = { ...CONFIG, d_model: 64, d_ff: 64 };
  const [one, same, other] = [5, 5, 6].map((seed) =>
    new Trainer(large, { ...RECIPE, seed })
  );
  assert.deepEqual(one.values, same.values);
  assert.notDeepEqual(one.values, other.values);
  const { layers: [layer], final_norm, embedding } = parametersIn(one.values, large);
  for (
    const [matrix, expected] of /** @type {[Float32Array, number][]} */ ([
      [layer.gate, 64 ** -0.5],
      [layer.down, (64 * 4) ** -0.5],
      [layer.output, (16 * 4) ** -0.5],
      [embedding, 0.02],
    ])
  ) {
    const mean = matrix.reduce((sum, one) => sum + one, 0) / matrix.length;
    const squares = matrix.reduce((sum, one) => sum + one * one, 0);
    const spread = Math.sqrt(squares / matrix.length);
    assert.ok(Math.abs(spread / expected - 1) < 0.1, `${spread} for ${expected}`);
    assert.ok(Math.abs(mean) < 0.15 * expected);
  }
  assert.ok([...final_norm, ...layer.mlp_norm].every((one) => one === 1));
});
