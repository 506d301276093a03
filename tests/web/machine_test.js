// The machine's picture: states unpacked, and places.

import assert from "node:assert/strict";
import { test } from "node:test";
import { barsOf, states } from "../../llm_lessons/web/widgets/machine_numbers.js";
import { along, placesOf } from "../../llm_lessons/web/widgets/machine_picture.js";
import { random } from "./stand_ins.js";

const [LAYERS, HEADS, TOKENS, BARS] = [2, 2, 3, 4];
const PAIRS = (TOKENS * (TOKENS + 1)) / 2;
const SIZES = { layers: LAYERS, heads: HEADS, tokens: TOKENS };
const WORDS = TOKENS * (3 * BARS + 4 * (LAYERS + 1)); // of a state

/** Bytes that begin somewhere within their buffer. @param {ArrayBufferView} array */
function within({ buffer, byteLength }) {
  const bytes = new Uint8Array(byteLength + 2);
  bytes.set(new Uint8Array(buffer), 2);
  return new DataView(bytes.buffer, 2);
}

/** @param {number} count of states @param {number} seed */
function packed(count, seed) {
  const next = random(seed);
  const table = Float32Array.from({ length: count * WORDS }, next);
  const looks = Uint16Array.from(
    { length: count * LAYERS * HEADS * PAIRS },
    () => Math.floor(65_536 * next()),
  );
  return { table, looks, bytes: within(table), lookBytes: within(looks) };
}

test("states come apart as they were packed", () => {
  const { table, looks, bytes, lookBytes } = packed(3, 1);
  assert.equal(barsOf(4 * WORDS, TOKENS, LAYERS), BARS);
  const all = states(bytes, lookBytes, BARS, SIZES);
  assert.equal(all.length, 3);
  const [start, wide] = [2 * WORDS, LAYERS + 1];
  assert.deepEqual(all[2].ids(1), table.slice(start + BARS, start + 2 * BARS));
  const own = start + TOKENS * (3 * BARS + 2 * wide);
  assert.deepEqual(all[2].own(2), table.slice(own + 2 * wide, own + 3 * wide));
  assert.deepEqual(all[2].ranks(2), table.slice(-wide));
  const first = ((2 * LAYERS + 1) * HEADS + 0) * PAIRS + 3; // the third token's looks
  const expected = [...looks.slice(first, first + 3)].map((one) => one / 65_535);
  assert.deepEqual([...all[2].looks(1, 0, 2)], expected);
  assert.equal(all[0].looks(0, 1, 0).length, 1);
});

test("all has its place within the picture, at any width", () => {
  const names = Array.from({ length: 18 }, (_, i) => `␣word${i}`);
  for (const [layers, heads] of [[6, 3], [30, 9], [1, 1]]) {
    for (const width of [280, 480, 744, 1200]) {
      const places = placesOf(width, { layers, heads, names });
      assert.ok(places.whole >= width);
      assert.ok(places.guess + places.guessWidth <= places.whole);
      assert.ok(places.x(0) > places.cellX(heads));
      assert.ok(places.x(17) < places.guess);
      assert.ok(places.y(layers) < places.cellY(layers - 1));
      assert.ok(places.cellY(0) + places.high < places.y(0));
      assert.equal(places.isCompact, layers > 12);
    }
  }
});

test("the first place stands at the end, the last at the beginning", () => {
  assert.equal(along(1, 1000), 1);
  assert.equal(along(1000, 1000), 0);
  assert.ok(Math.abs(along(10, 1000) - 2 / 3) < 1e-12);
});
