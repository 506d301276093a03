// Products four numbers at a time are those of the plain loops.

import assert from "node:assert/strict";
import { test } from "node:test";

import { product, roomFor } from "../../llm_lessons/web/engine/simd.js";
import { matmul, plainProduct } from "../../llm_lessons/web/engine/speed.js";
import { random } from "./stand_ins.js";

/** @param {Float32Array | null} found @param {Float32Array} expected */
function close(found, expected) {
  assert.ok(found, "there is no WebAssembly here");
  assert.equal(found.length, expected.length);
  found.forEach((number, i) => assert.ok(Math.abs(number - expected[i]) < 2e-6));
}

test("the same products, also of more rows than there is room for", () => {
  const [draw, place] = [random(5), 4];
  const room = roomFor(3_000 + place);
  const shapes = [[1, 4, 4], [2, 8, 12], [7, 40, 60], [7_000, 4, 40], [1_300, 12, 248]];
  for (const [rows, inputs, outputs] of shapes) {
    const weight = room.subarray(place, place + inputs * outputs);
    weight.forEach((_, i) => weight[i] = draw() - 0.5);
    const x = Float32Array.from({ length: rows * inputs }, () => draw() - 0.5);
    const expected = plainProduct(x, weight, inputs);
    close(product(x, weight, inputs), expected);
    close(matmul(x, weight, inputs), expected);
    // A matrix that lies elsewhere, such as one with a turned knob, is multiplied, too.
    assert.equal(product(x, weight.slice(), inputs), null);
    close(matmul(x, weight.slice(), inputs), expected);
  }
});

test("what is no multiple of four is left to the plain loops", () => {
  const room = roomFor(24);
  for (const [inputs, outputs] of [[6, 4], [4, 6]]) {
    const weight = room.subarray(0, inputs * outputs);
    assert.equal(product(new Float32Array(inputs), weight, inputs), null);
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
  } finally {
    globalThis.WebAssembly = kept;
  }
});
