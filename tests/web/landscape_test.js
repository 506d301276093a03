// The landscape of the two knobs: its slope, its lowest place, its lines.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  contour,
  heights,
  lossOf,
  lowest,
  oddsAt,
  slopes,
} from "../../llm_lessons/web/widgets/two_knobs_loss.js";
import { random } from "./stand_ins.js";

const SHARES = [[0.5, 0.3, 0.2], [0.83, 0.11, 0.06], [0.01, 0.01, 0.98]];
/** @param {number[]} shares @param {number[]} knobs */
const loss = (shares, knobs) => lossOf(shares, oddsAt(knobs));

test("the slope is what the loss grows by, for a little turn of a knob", () => {
  const next = random(8);
  for (let turn = 0; turn < 20; turn += 1) {
    const shares = SHARES[turn % SHARES.length];
    const knobs = [4 * next() - 2, 4 * next() - 2];
    const slope = slopes(shares, oddsAt(knobs));
    for (const i of [0, 1]) {
      const [less, more] = [-1e-5, 1e-5].map((step) =>
        loss(shares, knobs.map((value, k) => (k === i ? value + step : value)))
      );
      assert.ok(Math.abs((more - less) / 2e-5 - slope[i]) < 1e-6);
    }
  }
});

test("nothing lies below the lowest place, and it is flat there", () => {
  const next = random(3);
  for (const shares of SHARES) {
    const place = lowest(shares);
    assert.ok(Math.abs(loss(shares, place) - lossOf(shares, shares)) < 1e-12);
    for (const slope of slopes(shares, oddsAt(place))) {
      assert.ok(Math.abs(slope) < 1e-12);
    }
    for (let turn = 0; turn < 20; turn += 1) {
      assert.ok(loss(shares, [8 * next() - 4, 8 * next() - 4]) >= loss(shares, place));
    }
  }
});

test("a line of the map has one height, and lower ground within", () => {
  for (const shares of SHARES) {
    const [a, b] = lowest(shares);
    const all = heights(lossOf(shares, shares), 9);
    assert.deepEqual(all, [...all].sort((one, other) => one - other));
    for (const height of all) {
      for (const [x, y] of contour(shares, height, 24)) {
        assert.ok(Math.abs(loss(shares, [x, y]) - height) < 1e-5);
        for (const share of [0.3, 0.9]) {
          const within = [a + share * (x - a), b + share * (y - b)];
          assert.ok(loss(shares, within) < height);
        }
      }
    }
  }
});
