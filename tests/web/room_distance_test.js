// How far a room's flips lie from the odds, and what honest flips would lie off.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  countsByRow,
  elsewhereByChance,
  flipsIn,
  shareElsewhere,
} from "../../llm_lessons_room/web/parts/distance.js";
import { random } from "./stand_ins.js";

/** @param {number} rows @param {() => number} next */
function anyOdds(rows, next) {
  const weights = Array.from({ length: rows }, () => next() ** 3 + 0.01);
  const sum = weights.reduce((a, b) => a + b);
  return weights.map((weight) => weight / sum);
}

/** @param {number[]} odds @param {number} flips @param {() => number} next */
function flipped(odds, flips, next) {
  const counts = odds.map(() => 0);
  for (let flip = 0; flip < flips; flip += 1) {
    let [coin, row] = [next(), 0];
    while (row < odds.length - 1 && coin >= odds[row]) coin -= odds[row++];
    counts[row] += 1;
  }
  return counts;
}

test("so many flips are moved until they lie as the odds do", () => {
  const next = random(1);
  for (let turn = 0; turn < 200; turn += 1) {
    const odds = anyOdds(9, next);
    const counts = flipped(odds, 1 + Math.floor(60 * next()), next);
    const flips = counts.reduce((a, b) => a + b);
    // What lies in its place stays; all else has to move.
    const stays = odds.reduce(
      (sum, odd, i) => sum + Math.min(odd, counts[i] / flips),
      0,
    );
    assert.ok(Math.abs(shareElsewhere(counts, odds) - (1 - stays)) < 1e-12);
  }
  assert.equal(shareElsewhere([0, 0], [0.5, 0.5]), 0);
  assert.equal(shareElsewhere([4, 0], [0, 1]), 1);
  assert.equal(shareElsewhere([1, 3], [0.25, 0.75]), 0);
});

test("honest flips are off as far as is said, and less the more they are", () => {
  const next = random(2);
  const odds = [0.43, 0.2, 0.15, 0.11, 0.09, 0.02];
  let before = 1;
  for (const flips of [25, 75, 300]) {
    const rooms = Array.from(
      { length: 2000 },
      () => shareElsewhere(flipped(odds, flips, next), odds),
    );
    const mean = rooms.reduce((a, b) => a + b) / rooms.length;
    const said = elsewhereByChance(odds, flips);
    assert.ok(Math.abs(mean - said) < 0.08 * said, `${flips}: ${mean}, ${said}`);
    assert.ok(said < before);
    before = said;
  }
  assert.equal(elsewhereByChance(odds, 0), 0);
});

test("a flip counts in one row, with its space, without, or among all others", () => {
  const counts = { " co": 3, " house": 1, "␣x": 4, "?": 1 };
  const rows = countsByRow(counts, [" co", " house", " t"]);
  assert.deepEqual(rows, [3, 1, 0, 5]);
  assert.equal(rows.reduce((a, b) => a + b), flipsIn(counts));
  assert.deepEqual(countsByRow({ a: 2, " a": 3 }, [" a", "a"]), [3, 2, 0]);
});
