// The engine without Python: its plain products, its agenda, and what it refuses.
// All that it calculates is compared with Python in `test_engine.py`.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Agenda } from "../../llm_lessons/web/engine/agenda.js";
import { unpack } from "../../llm_lessons/web/engine/parameters.js";
import { matmul } from "../../llm_lessons/web/engine/speed.js";
import { random } from "./stand_ins.js";
import { tinyModel } from "./tiny_model.js";

test("a product is the sum of products, whatever its sides", () => {
  const next = random(2);
  for (const [rows, inputs, outputs] of [[1, 6, 4], [3, 5, 7], [2, 2, 3], [5, 8, 8]]) {
    const x = Float32Array.from({ length: rows * inputs }, next);
    const weight = Float32Array.from({ length: outputs * inputs }, next);
    const found = matmul(x, weight, inputs);
    assert.equal(found.length, rows * outputs);
    found.forEach((one, place) => {
      const [row, o] = [Math.floor(place / outputs), place % outputs];
      let sum = 0;
      for (let i = 0; i < inputs; i += 1) {
        sum += x[row * inputs + i] * weight[o * inputs + i];
      }
      assert.ok(Math.abs(one - sum) <= 1e-6);
    });
  }
});

test("an agenda hands out the best score first, then from the left", () => {
  const next = random(1);
  const agenda = new Agenda();
  const pairs = Array.from({ length: 500 }, (_, left) => ({
    score: Math.floor(20 * next()),
    left,
    right: left + 1,
    joined: "",
  }));
  for (const pair of pairs) agenda.add(pair);
  const order = pairs.toSorted((a, b) => b.score - a.score || a.left - b.left);
  assert.deepEqual(pairs.map(() => agenda.take()), order);
  assert.equal(agenda.take(), undefined);
});

test("what does not do is refused in one sentence", () => {
  const lm = tinyModel();
  const { config } = lm;
  /** @type {[() => unknown, RegExp][]} */
  const refused = [
    [() => lm.encode(JSON.parse("7")), /^text must be a text, .*; it was 7\.$/],
    [() => lm.generate("a", { top_k: 0 }), /^top_k must be a whole number from 1 /],
    [() => lm.generate("a", { top_p: 1.5 }), /^top_p must be above 0 and at most 1, /],
    [() => lm.generate("a", { min_p: 1.5 }), /^min_p must be from 0 to 1, /],
    [() => lm.generate("a", { seed: 0.5 }), /^seed must be a whole number; it was 0/],
    [() => lm.generate("a", { maxTokens: 0 }), /^maxTokens must be .*, 1 or more; /],
    [
      () => lm.silenced([[1, 0]]),
      /^layer must be a whole number from 0 to 0; it was 1/,
    ],
    [() => lm.silenced([[0, 2]]), /^head must be a whole number from 0 to 1; it was 2/],
    [
      () => lm.withWeight({ matrix: "layers[2].up", row: 0, column: 0 }, 1),
      /^There is no matrix "layers\[2\]\.up" in this model\.$/,
    ],
    [
      () => lm.withWeight({ matrix: "embedding", row: 257, column: 0 }, 1),
      /^row must be a whole number from 0 to 256; it was 257\.$/,
    ],
    [() => [...unpack(btoa("abcd"), config)], /^The model of this page is damaged: /],
    [() => [...unpack("<html>", config)], /^The model of this page is damaged: /],
  ];
  for (const [act, sentence] of refused) assert.throws(act, { message: sentence });
});
