// A model that learns in a page: how it begins, its loss, its gradients and its steps.

import assert from "node:assert/strict";
import { test } from "node:test";
import { parametersIn } from "../../llm_lessons/web/engine/parameters.js";
import { Trainer } from "../../llm_lessons/web/engine/training.js";
import { finished, random } from "./stand_ins.js";

/** @import { ModelConfig } from "../../llm_lessons/web/engine/parameters.js" */
/** @import { Recipe } from "../../llm_lessons/web/engine/training.js" */

const CONFIG = {
  ...{ vocab_size: 13, d_model: 8, n_layers: 2, n_heads: 4, n_kv_heads: 2, d_head: 4 },
  ...{ d_ff: 12, rope_theta: 10_000, norm_eps: 1e-5, tie_embeddings: true },
  max_seq_len: 64,
};
const ROWS = 3;
const LENGTH = 21; // tokens a row: they look back in more than one go

/**
 * Rows of random tokens, of which some end early and one is empty or of one token.
 * @param {ModelConfig} config @param {number} seed
 */
function someBatch({ vocab_size }, seed, rows = ROWS, length = LENGTH) {
  const next = random(seed);
  const batch = new Int32Array(rows * (length + 1)).fill(-1);
  for (let row = 0; row < rows; row += 1) {
    const end = row === 0 ? length + 1 : Math.floor(next() * (length + 2));
    for (let t = 0; t < end; t += 1) {
      batch[row * (length + 1) + t] = Math.floor(next() * vocab_size);
    }
  }
  return batch;
}

/**
 * With uneven numbers for all weights, so that every part of the model counts.
 * @param {ModelConfig} config @param {Partial<Recipe>} [own]
 */
function trainer(config, own) {
  const recipe = { rows: ROWS, rowLength: LENGTH, learningRate: () => 0.01, ...own };
  const made = new Trainer(config, recipe);
  const next = random(1);
  made.values.forEach((_, i) => made.values[i] = 1.4 * (next() - 0.5));
  const { layers, final_norm } = made.weights();
  const norms = layers.flatMap((one) => [one.attention_norm, one.mlp_norm]);
  for (const norm of [final_norm, ...norms]) {
    norm.forEach((_, i) => norm[i] = 0.5 + next());
  }
  return made;
}

/** @param {ArrayLike<number>} found @param {ArrayLike<number>} expected */
function close(found, expected, within = 1e-5) {
  assert.equal(found.length, expected.length);
  const size = Math.max(...Array.from(expected, Math.abs));
  for (let i = 0; i < found.length; i += 1) {
    const apart = Math.abs(found[i] - expected[i]) / size;
    assert.ok(apart < within, `${found[i]} for ${expected[i]} at ${i}`);
  }
}

// Gradients are compared with JAX's in `test_training_in_page.py`.
test("a step is that of Adam, number by number, in pieces", () => {
  const [rows, rowLength] = [20, 30];
  const learningRate = (/** @type {number} */ step) =>
    step < 5 ? 0.1 / (step + 1) : NaN;
  const one = trainer(CONFIG, { rows, rowLength, learningRate });
  const expected = Float64Array.from(one.values);
  const [first, second] = [0, 1].map(() => new Float64Array(expected.length));
  for (let step = 1; step <= 5; step += 1) {
    const pieces = one.stepInPieces(someBatch(CONFIG, step, rows, rowLength));
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
    close(one.values, expected, 1e-5);
  }
  one.values[0] = NaN; // what is no number any more turns nothing
  const before = one.values.slice();
  one.step(someBatch(CONFIG, 6, rows, rowLength));
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

test("sizes and batches that don't do are refused, with what would", () => {
  const made = trainer(CONFIG);
  const good = someBatch(CONFIG, 1);
  const before = made.values.slice();
  const with_ = (/** @type {number} */ place, /** @type {number} */ token) =>
    Array.from(good, (one, i) => i === place ? token : one);
  /** @type {[ArrayLike<number>, RegExp][]} */
  const batches = [
    [good.slice(1), /must be 3 rows of 22 tokens.*: 66 numbers; it was 65 numbers\.$/],
    [
      with_(2, 13),
      /must be whole numbers from 0 to 12, or -1 .*; it was 13 at place 2/,
    ],
    [with_(4, 0.5), /it was 0\.5 at place 4/],
    [with_(3, -1), /-1 at their ends only; it was a token behind -1 at 4\.$/],
    [good.map((id, i) => i % (LENGTH + 1) ? -1 : id), /two tokens or more/],
  ];
  for (const [batch, sentence] of batches) {
    for (const act of [made.step, made.loss]) {
      assert.throws(() => act.call(made, batch), sentence);
    }
  }
  assert.equal(made.steps, 0);
  assert.deepEqual(made.values, before);
  /** @type {[() => unknown, RegExp][]} */
  const sizes = [
    [() => trainer({ ...CONFIG, d_head: 3 }), /d_head \(3\) must be even/],
    [() => trainer({ ...CONFIG, n_heads: 3 }), /must be a multiple of n_kv/],
    [() => trainer({ ...CONFIG, d_ff: 0 }), /d_ff must be a whole number, 1/],
    [() => trainer(CONFIG, { rowLength: 65 }), /rowLength .* from 1 to 64; it/],
    [() => trainer(CONFIG, { rows: ROWS / 2 }), /rows must be a whole number/],
  ];
  for (const [act, sentence] of sizes) assert.throws(act, sentence);
});
