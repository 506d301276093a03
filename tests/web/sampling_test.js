// From scores to a token in a page: cuts, the biased coin, and where it comes from.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  coin,
  cutOff,
  flip,
  sample,
  softmax,
  threefry,
} from "../../llm_lessons/web/engine/sampling.js";

test("Threefry gives the numbers that its authors published", () => {
  const ones = 0xffffffff;
  assert.deepEqual(threefry([0, 0], [0, 0]), [0x6b200159, 0x99ba4efe]);
  assert.deepEqual(threefry([ones, ones], [ones, ones]), [0x1cb996fc, 0xbb002be7]);
  assert.deepEqual(
    threefry([0x13198a2e, 0x03707344], [0x243f6a88, 0x85a308d3]),
    [0xc4923a9c, 0x483df7a0],
  );
});

test("coins are spread evenly from 0 to 1", () => {
  const coins = Array.from(
    { length: 4000 },
    (_, i) => coin(i % 20, Math.floor(i / 20)),
  );
  assert.ok(coins.every((one) => one >= 0 && one < 1));
  assert.equal(new Set(coins).size > 3990, true);
  for (let tenth = 0; tenth < 10; tenth += 1) {
    const here = coins.filter((one) => Math.floor(10 * one) === tenth).length;
    assert.ok(Math.abs(here - 400) < 80, `${here} in tenth ${tenth}`);
  }
});

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
