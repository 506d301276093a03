// The way through the machine in steps is the way in one go.

import assert from "node:assert/strict";
import { test } from "node:test";
import { activationsInSteps } from "../../llm_lessons/web/engine/steps.js";
import { activations } from "../../llm_lessons/web/engine/transformer.js";
import { finished } from "./stand_ins.js";
import { SIZES, weights } from "./tiny_model.js";

/** @import { Known } from "../../llm_lessons/web/engine/steps.js" */

const CONFIG = { ...SIZES, vocab_size: 7, n_layers: 3 };
const PARAMS = weights(CONFIG, 3);
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
