// The way through the machine in steps is the way in one go.

import assert from "node:assert/strict";
import { test } from "node:test";
import { activationsInSteps } from "../../llm_lessons/web/engine/steps.js";
import { activations } from "../../llm_lessons/web/engine/transformer.js";
import { finished, random } from "./stand_ins.js";

/** @import { Known } from "../../llm_lessons/web/engine/steps.js" */

const CONFIG = {
  vocab_size: 7,
  d_model: 8,
  n_layers: 3,
  n_heads: 4,
  n_kv_heads: 2,
  d_head: 4,
  d_ff: 10,
  rope_theta: 10_000,
  norm_eps: 1e-5,
  tie_embeddings: true,
  max_seq_len: 24,
};
const next = random(3);
/** @param {number} size */
const numbers = (size) => Float32Array.from({ length: size }, () => 2 * next() - 1);
const PARAMS = {
  embedding: numbers(7 * 8),
  final_norm: numbers(8),
  output_head: null,
  layers: Array.from({ length: 3 }, () => ({
    attention_norm: numbers(8),
    query: numbers(16 * 8),
    key: numbers(8 * 8),
    value: numbers(8 * 8),
    output: numbers(16 * 8),
    mlp_norm: numbers(8),
    gate: numbers(80),
    up: numbers(80),
    down: numbers(80),
  })),
};
const IDS = Array.from({ length: 19 }, (_, i) => (5 * i) % 7);
const WHOLE = activations(PARAMS, IDS, CONFIG);
/** @param {Known} known */
const inSteps = (known) => finished(activationsInSteps(PARAMS, IDS, CONFIG, known));

test("a text of which nothing is known", () => {
  assert.deepEqual(inSteps({}), WHOLE);
});

test("a text that begins as another one", () => {
  for (const count of [0, 1, 8, 10, IDS.length]) {
    const other = [...IDS.slice(0, count), 1, 1];
    const begun = { found: activations(PARAMS, other, CONFIG), count };
    assert.deepEqual(inSteps({ begun }), WHOLE);
  }
});

test("a text whose first layers are known: those are not run again", () => {
  for (const steps of [1, 2, 4]) {
    const found = inSteps({ stream: WHOLE.stream.slice(0, steps) });
    assert.deepEqual(found.stream, WHOLE.stream);
    assert.deepEqual(found.final, WHOLE.final);
    for (const name of /** @type {const} */ (["queries", "keys", "values"])) {
      assert.deepEqual(found[name], WHOLE[name].slice(steps - 1));
    }
  }
});
