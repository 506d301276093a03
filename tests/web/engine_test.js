// The engine without Python: its products, its coin, what it opens and refuses. What it
// calculates is compared with Python in `test_engine.py`.

import assert from "node:assert/strict";
import { test } from "node:test";
import { attendFast, plainAttend } from "../../llm_lessons/web/engine/attention.js";
import { multiplyIn, plainMultiply } from "../../llm_lessons/web/engine/multiply.js";
import { offer, offered, opening } from "../../llm_lessons/web/engine/offered.js";
import { matmul, product, roomFor } from "../../llm_lessons/web/engine/products.js";
import {
  cutOff,
  flip,
  sample,
  softmax,
} from "../../llm_lessons/web/engine/sampling.js";
import { joinNeighbours } from "../../llm_lessons/web/engine/tokenizer.js";
import { random } from "./stand_ins.js";

test("neighbours join by their score, and of equals those farthest left", () => {
  const next = random(1);
  const pairs = ["aa", "ab", "ba", "aab", "aba", "abab"];
  const scores = new Map(pairs.map((pair) => [pair, Math.floor(3 * next())]));
  const scoreOf = (/** @type {string} */ one, /** @type {string} */ other) =>
    scores.get(one + other);
  for (let turn = 0; turn < 50; turn += 1) {
    const letters = Array.from({ length: 20 }, () => "aab".charAt(3 * next()));
    const parts = [...letters];
    for (;;) {
      const found = parts.slice(1).map((part, i) => scoreOf(parts[i], part) ?? -1);
      const best = Math.max(...found);
      if (best < 0 || parts.length === 1) break;
      const at = found.indexOf(best);
      parts.splice(at, 2, parts[at] + parts[at + 1]);
    }
    assert.deepEqual(joinNeighbours(letters, scoreOf), parts);
  }
});

test("cuts keep the likeliest, and what ties with the last of them", () => {
  const scores = Float64Array.of(-2, 0, -1, 0, -4);
  const gone = -Infinity;
  const [two, three] = [[gone, 0, gone, 0, gone], [gone, 0, -1, 0, gone]];
  for (const cut of [{ top_k: 1 }, { top_p: 1e-300 }, { min_p: 1 }]) {
    assert.deepEqual([...cutOff(scores, cut)], two);
  }
  for (const cut of [{ top_k: 3 }, { top_p: 0.9 }, { min_p: 0.3 }]) {
    assert.deepEqual([...cutOff(scores, cut)], three);
  }
  for (const cut of [{ top_k: 9 }, { top_p: 1 }, { min_p: 0 }]) {
    assert.deepEqual(cutOff(scores, cut), scores);
  }
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

/** @param {Float32Array | null} found @param {Float32Array} expected */
function close(found, expected) {
  assert.ok(found, "there is no WebAssembly here");
  assert.equal(found.length, expected.length);
  found.forEach((number, i) => assert.ok(Math.abs(number - expected[i]) < 2e-6));
}

test("a product is the sum of products, whatever its sides", () => {
  const [draw, place] = [random(5), 4];
  const room = roomFor(3_000 + place);
  const shapes = [[3, 5, 7], [2, 2, 3], [5, 6, 4], [2, 8, 12], [7, 40, 60]];
  // the last ones of more rows than there is room for
  for (const [rows, inputs, outputs] of [...shapes, [7_000, 4, 40], [1_300, 12, 248]]) {
    const weight = room.subarray(place, place + inputs * outputs);
    weight.forEach((_, i) => weight[i] = draw() - 0.5);
    const x = Float32Array.from({ length: rows * inputs }, () => draw() - 0.5);
    const expected = new Float32Array(rows * outputs).map((_, i) => {
      const [row, o] = [Math.floor(i / outputs) * inputs, (i % outputs) * inputs];
      return weight.subarray(o, o + inputs)
        .reduce((sum, one, n) => sum + one * x[row + n], 0);
    });
    close(matmul(x, weight, inputs), expected);
    const isFast = inputs % 4 === 0 && outputs % 4 === 0;
    assert.equal(product(x, weight, inputs) !== null, isFast);
    // A matrix that lies elsewhere, such as one with a turned knob, is multiplied, too.
    assert.equal(product(x, weight.slice(), inputs), null);
    close(matmul(x, weight.slice(), inputs), expected);
  }
  assert.equal(product(new Float32Array(0), room.subarray(0, 16), 4), null);
});

test("where there is no WebAssembly there is room for weights all the same", () => {
  const kept = globalThis.WebAssembly;
  try {
    Reflect.deleteProperty(globalThis, "WebAssembly");
    const room = roomFor(16);
    assert.equal(room.length, 16);
    assert.equal(product(new Float32Array(4), room, 4), null);
    assert.equal(multiplyIn(room), null);
  } finally {
    globalThis.WebAssembly = kept;
  }
});

test("tiles are the same sums, however their matrices lie", () => {
  const draw = random(7);
  const room = roomFor(9_000);
  const multiply = multiplyIn(room);
  assert.ok(multiply, "there is no WebAssembly here");
  const before = room.map(() => draw() - 0.5);
  // Rows, columns, inner; odd steps, and a left matrix that lies as it is or turned.
  for (
    const [rows, columns, inner] of [[1, 4, 1], [4, 8, 3], [7, 20, 9], [13, 12, 30]]
  ) {
    for (const turned of [false, true]) {
      for (const isAdded of [false, true]) {
        const [leftStep, along] = turned ? [1, rows + 3] : [inner + 1, 1];
        const [outStep, rightStep] = [columns + 5, columns + 2];
        const expected = before.slice();
        room.set(before);
        for (const act of [multiply, plainMultiply(expected)]) {
          const sizes = /** @type {const} */ ([7, 3_001, 6_002, rows, columns, inner]);
          act(...sizes, outStep, leftStep, along, rightStep, isAdded);
        }
        close(room, expected);
      }
    }
  }
});

test("tokens look at the same, whatever the heads and the place in the text", () => {
  const shape = { vocab_size: 2, d_model: 8, n_layers: 1, d_ff: 8, max_seq_len: 2_000 };
  const others = { rope_theta: 10_000, norm_eps: 1e-5, tie_embeddings: true };
  for (const [n_heads, n_kv_heads, d_head] of [[9, 3, 64], [2, 2, 4], [4, 1, 8]]) {
    const config = { ...shape, ...others, n_heads, n_kv_heads, d_head };
    for (const [steps, slot] of [[1, 0], [1, 40], [8, 9], [21, 4]]) {
      const draw = random(steps + slot);
      const some = (/** @type {number} */ size) =>
        Float32Array.from({ length: size * d_head }, () => 2 * draw() - 1);
      const seen = (steps + slot + 2) * n_kv_heads;
      const [q, k, v] = [some(steps * n_heads), some(seen), some(seen)];
      close(attendFast(q, k, v, slot, config), plainAttend(q, k, v, slot, config));
    }
  }
  const config = { ...shape, ...others, n_heads: 1, n_kv_heads: 1, d_head: 6 };
  const six = new Float32Array(6);
  assert.equal(attendFast(six, six, six, 0, config), null);
});

const tiny = () => JSON.parse('{ "name": "tiny" }'); // nobody asks it anything

test("a model is opened in pieces, and whoever is in a hurry does not wait", () => {
  let pieces = 0;
  offer("slow", function* () {
    for (; pieces < 9; pieces += 1) yield;
    return tiny();
  }, () => null);
  const steps = opening("slow");
  for (let i = 0; i < 3; i += 1) assert.equal(steps.next().done, false);
  assert.equal(pieces, 2);
  const lm = offered("slow");
  assert.deepEqual(steps.next(), { done: true, value: true });
  assert.deepEqual([pieces, offered("slow")], [9, lm]);
  assert.deepEqual(opening("nobody").next(), { done: true, value: false });
});
