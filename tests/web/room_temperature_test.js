// The room's own temperature, against a grid of all that it could be.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  COLDEST,
  HOTTEST,
  likelihoodOf,
  roomTemperature,
} from "../../llm_lessons_room/activities/next_word/room_temperature.js";
import { mergeWords } from "../../llm_lessons_room/activities/next_word/next_words.js";
import { flip, scale } from "../../llm_lessons/web/engine/sampling.js";
import { random } from "./stand_ins.js";

const STEPS = 4000;
const GRID = Array.from(
  { length: STEPS + 1 },
  (_, i) => COLDEST * (HOTTEST / COLDEST) ** (i / STEPS),
);
const STEP = Math.log(HOTTEST / COLDEST) / STEPS;

/** @param {number} seed */
function someScores(seed) {
  const next = random(seed);
  return Float64Array.from({ length: 60 }, () => 8 * next() ** 2);
}

/** @param {Float64Array} logits @param {number} heat @param {number} count */
function votesAt(logits, heat, count) {
  const next = random(count);
  /** @type {Map<number, number>} */
  const votes = new Map();
  for (let i = 0; i < count; i += 1) {
    const token = flip(scale(logits, heat), next());
    votes.set(token, (votes.get(token) ?? 0) + 1);
  }
  return votes;
}

test("the best temperature and its interval are those of a fine grid", () => {
  for (const [seed, heat] of [[1, 0.4], [2, 1], [3, 1.7], [4, 2.5], [5, 1]]) {
    const logits = someScores(seed);
    for (const count of [3, 25, 200]) {
      const votes = votesAt(logits, heat, count);
      const found = roomTemperature(logits, votes);
      assert.ok(found);
      const all = GRID.map((one) => likelihoodOf(logits, votes, one));
      const most = Math.max(...all);
      const inside = GRID.filter((_, i) => all[i] >= most - 1.92);
      const expected = [GRID[all.indexOf(most)], inside[0], inside.at(-1) ?? 0];
      [found.best, found.low, found.high].forEach((got, i) => {
        const off = Math.abs(Math.log(got / expected[i]));
        assert.ok(off < 2.5 * STEP, `${got}, ${expected[i]}`);
      });
    }
  }
});

test("what lies at an end or beyond is said to", () => {
  const logits = someScores(9);
  const best = logits.indexOf(Math.max(...logits));
  const worst = logits.indexOf(Math.min(...logits));
  assert.equal(roomTemperature(logits, new Map([[best, 9]]))?.beyond, "colder");
  assert.equal(roomTemperature(logits, new Map([[worst, 9]]))?.beyond, "hotter");
  assert.equal(roomTemperature(logits, new Map()), null);
});

test("a word is one in large letters or small, and is spelled as by most", () => {
  const words = mergeWords([["Castle", 1], ["castle", 3], ["Ås", 2], ["ås", 1]]);
  assert.deepEqual(words, [["castle", 4], ["Ås", 3]]);
});
