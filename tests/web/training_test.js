// A model that learns in a page: its first weights, and a step. Its gradients and a run
// are compared with JAX's in `test_training_in_page.py`.

import assert from "node:assert/strict";
import { test } from "node:test";
import { parametersIn } from "../../llm_lessons/web/engine/parameters.js";
import { Trainer } from "../../llm_lessons/web/engine/training.js";
import { finished, random } from "./stand_ins.js";

const CONFIG = {
  ...{ vocab_size: 13, d_model: 8, n_layers: 2, n_heads: 4, n_kv_heads: 2, d_head: 4 },
  ...{ d_ff: 12, rope_theta: 10_000, norm_eps: 1e-5, tie_embeddings: true },
  max_seq_len: 64,
};
const [ROWS, LENGTH] = [20, 30]; // more tokens than are read at once

/** Rows of random tokens, of which every second ends early. @param {number} seed */
function someBatch(seed) {
  const next = random(seed);
  const token = () => Math.floor(CONFIG.vocab_size * next());
  const rows = Array.from({ length: ROWS }, (_, row) => {
    const tokens = Array.from({ length: LENGTH + 1 }, token);
    return row % 2 ? tokens.fill(-1, Math.floor(next() * (LENGTH + 2))) : tokens;
  });
  return rows.flat();
}

test("a step is that of Adam, number by number, in pieces", () => {
  const learningRate = (/** @type {number} */ step) =>
    step < 5 ? 0.1 / (step + 1) : NaN;
  const one = new Trainer(CONFIG, { rows: ROWS, rowLength: LENGTH, learningRate });
  const next = random(1);
  one.values.forEach((_, i) => one.values[i] += next() - 0.5);
  const expected = Float64Array.from(one.values);
  const [first, second] = [0, 1].map(() => new Float64Array(expected.length));
  for (let step = 1; step <= 5; step += 1) {
    const pieces = one.stepInPieces(someBatch(step));
    assert.equal(pieces.next().done, false); // between which a page may draw
    finished(pieces);
    const length = Math.sqrt(one.gradient.reduce((sum, part) => sum + part ** 2, 0));
    one.gradient.forEach((part, i) => {
      const clipped = part / Math.max(1, length);
      first[i] = 0.9 * first[i] + 0.1 * clipped;
      second[i] = 0.98 * second[i] + 0.02 * clipped ** 2;
      const mean = first[i] / (1 - 0.9 ** step);
      const spread = Math.sqrt(second[i] / (1 - 0.98 ** step));
      expected[i] -= 0.1 / step * mean / (spread + 1e-8);
    });
    one.values.forEach((value, i) => assert.ok(Math.abs(value - expected[i]) < 1e-5));
  }
  one.values[0] = NaN; // what is no number any more turns nothing
  const before = one.values.slice();
  one.step(someBatch(6));
  assert.deepEqual(one.values, before);
});

test("first weights come from a seed, spread as they should be", () => {
  const large = { ...CONFIG, d_model: 64, d_ff: 64 };
  const recipe = { rows: 1, rowLength: 8, learningRate: () => 0.01 };
  const [one, same, other] = [5, 5, 6].map((seed) =>
    new Trainer(large, { ...recipe, seed })
  );
  assert.deepEqual(one.values, same.values);
  assert.notDeepEqual(one.values, other.values);
  const { layers: [layer], final_norm, embedding } = parametersIn(one.values, large);
  /** @type {[Float32Array, number][]} */
  const spreads = [
    [layer.gate, 64 ** -0.5],
    [layer.down, (64 * 4) ** -0.5],
    [layer.output, (16 * 4) ** -0.5],
    [embedding, 0.02],
  ];
  for (const [matrix, expected] of spreads) {
    const mean = matrix.reduce((sum, one) => sum + one, 0) / matrix.length;
    const squares = matrix.reduce((sum, one) => sum + one * one, 0);
    const spread = Math.sqrt(squares / matrix.length);
    assert.ok(Math.abs(spread / expected - 1) < 0.1, `${spread} for ${expected}`);
    assert.ok(Math.abs(mean) < 0.15 * expected);
  }
  assert.ok([...final_norm, ...layer.mlp_norm].every((one) => one === 1));
});
