// Percents, the likeliest at temperature 0, and the stops of top-k.

import assert from "node:assert/strict";
import { test } from "node:test";
import { topKStops } from "../../llm_lessons/web/lib/draw_sliders.js";
import { oddsOf, percent, sortScores } from "../../llm_lessons/web/lib/odds.js";

test("at temperature 0 the likeliest takes all", () => {
  const odds = oddsOf(sortScores(Float32Array.of(1, 3, 2)), { temperature: 0 });
  assert.deepEqual([0, 1, 2].map(odds.chance), [1, 0, 0]);
  assert.equal(odds.bits, 0);
});

test("percents never round something to nothing, or nearly all to all", () => {
  const told = [0, 1e-9, 0.0009, 0.001, 0.5, 0.999, 0.9999, 1].map(percent);
  assert.deepEqual(
    told.map((text) => text.replace("\u00a0", " ")),
    ["0 %", "<0.1 %", "<0.1 %", "0.1 %", "50.0 %", "99.9 %", ">99.9 %", "100 %"],
  );
});

test("the stops of top-k grow, end below the vocabulary, and hold what is set", () => {
  for (const size of [3, 11, 1024, 49_152]) {
    for (const current of [null, 1, 37, 1000]) {
      const stops = topKStops(size, current);
      assert.ok(stops.every((k, i) => i === 0 || k > stops[i - 1]));
      assert.ok(stops.every((k) => Number.isInteger(k) && k >= 1 && k < size));
      if (current !== null && current < size) assert.ok(stops.includes(current));
      assert.ok(stops.length < 60);
    }
  }
});
