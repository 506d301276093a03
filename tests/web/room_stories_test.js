// Which words stand on the wall, and how large letters may be.

import assert from "node:assert/strict";
import { test } from "node:test";
import { wallOf } from "../../llm_lessons/web/room/activities/word_wall.js";
import { largestThatFits } from "../../llm_lessons/web/room/fit_letters.js";

test("the model's own words stand on the wall whether or not they were written", () => {
  /** @type {[string, number][]} */
  const words = [["Girl", 3], ["spaceship", 2], ["ox", 1]];
  const chances = new Map([["Girl", 0.3], ["spaceship", 0.0001], ["ox", 0]]);
  /** @type {[string, number][]} */
  const own = [["boy", 0.4], ["girl", 0.3], ["man", 0.1]];
  const wall = wallOf(words, chances, own);
  assert.deepEqual(wall.map(({ word, count }) => [word, count]), [
    ["Girl", 3],
    ["spaceship", 2],
    ["ox", 1],
    ["boy", 0],
    ["man", 0],
  ]);
  assert.deepEqual(wall.map(({ isOwn }) => isOwn), [true, false, false, true, true]);
  assert.deepEqual(wall.map(({ chance }) => chance), [0.3, 0.0001, 0, 0.4, 0.1]);
  const before = wallOf(words, new Map(), []);
  assert.ok(before.every(({ chance, isOwn }) => chance === null && !isOwn));
  assert.deepEqual(wallOf([], new Map(), own).map(({ word }) => word), [
    "boy",
    "girl",
    "man",
  ]);
});

test("letters are as large as fits, and no larger", () => {
  for (const room of [0.5, 0.9, 1.7]) {
    const size = largestThatFits(0.35, 2.6, (rem) => rem <= room);
    assert.ok(size <= room && size > room - 0.05, `${room}: ${size}`);
  }
  assert.equal(largestThatFits(0.35, 2.6, () => true), 2.6);
  assert.equal(largestThatFits(0.35, 2.6, () => false), 0.35);
});
