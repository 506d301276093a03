// From scores to a token in a page: cuts, and the biased coin.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  cutOff,
  flip,
  sample,
  softmax,
} from "../../llm_lessons/web/engine/sampling.js";

test("cuts keep the likeliest, and what ties with the last of them", () => {
  const scores = Float64Array.of(-2, 0, -1, 0, -4);
  const gone = -Infinity;
  const [two, three] = [[gone, 0, gone, 0, gone], [gone, 0, -1, 0, gone]];
  assert.deepEqual([...cutOff(scores, { top_k: 1 })], two);
  assert.deepEqual([...cutOff(scores, { top_k: 3 })], three);
  assert.deepEqual(cutOff(scores, { top_k: 9 }), scores);
  assert.deepEqual([...cutOff(scores, { top_p: 1e-300 })], two);
  assert.deepEqual([...cutOff(scores, { top_p: 0.9 })], three);
  assert.deepEqual(cutOff(scores, { top_p: 1 }), scores);
  assert.deepEqual([...cutOff(scores, { min_p: 1 })], two);
  assert.deepEqual([...cutOff(scores, { min_p: 0.3 })], three);
  assert.deepEqual(cutOff(scores, { min_p: 0 }), scores);
});

test("a coin hits the token whose part of the way it falls into", () => {
  const scores = Float64Array.of(0, 1, -Infinity, 2, -3);
  const odds = softmax(scores);
  let end = 0;
  for (const [token, chance] of odds.entries()) {
    if (chance) {
      assert.equal(flip(scores, end), token);
      assert.equal(flip(scores, end + 0.999 * chance), token);
    }
    end += chance;
  }
  const row = Float32Array.of(5, 7, 7);
  assert.equal(sample(row, 0.99, { temperature: 0 }), 1);
  assert.equal(sample(row, 0.99, { temperature: 1e-300 }), 2);
  assert.equal(sample(row, 0, { top_k: 1 }), 1);
});
