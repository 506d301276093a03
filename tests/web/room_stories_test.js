// How long stories are, which words stand on the wall, and how large letters may be.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  heatOf,
  isAgain,
  isToldOut,
  longestWait,
} from "../../llm_lessons/web/room/activities/story_length.js";
import { wallOf } from "../../llm_lessons/web/room/activities/word_wall.js";
import { wordOf } from "../../llm_lessons/web/room/activities/weighed.js";
import { largestThatFits } from "../../llm_lessons/web/room/fit_letters.js";

test("a story ends with a sentence, and not before it is long enough", () => {
  const shown = { prompt: "Once", least: 3, tokens: 6 };
  const ended = (/** @type {string} */ text) => isToldOut(text.split("|"), shown);
  assert.ok(!ended(" Ida|."), "too short");
  assert.ok(!ended(" Ida| ran| home"), "within a sentence");
  assert.ok(ended(" Ida| ran|."));
  for (const end of ["!", "?", ".”", '."', ". ", "»."]) {
    assert.ok(ended(` Ida| ran|${end}`), end);
  }
  assert.ok(!ended(" Ida| ran|. And"), "a new sentence has begun");
});

test("the longest wait is said for the longest story", () => {
  const [short, long] = [20, 60].map((tokens) => longestWait({ prompt: "", tokens }));
  assert.ok(short >= 1 && long === 3 * short);
  assert.equal(longestWait({ prompt: "" }), long);
});

test("each round has its temperature, and one alone is no again", () => {
  const shown = { prompt: "Once", temperatures: [0, 2, 0.7] };
  assert.deepEqual([1, 2, 3].map((round) => heatOf(shown, round)), [0, 2, 0.7]);
  assert.ok(isAgain(shown) && !isAgain({ prompt: "", temperatures: [1] }));
  assert.equal(heatOf({ prompt: "" }, 1), 1);
});

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

test("a token is read as a word, without its space and with its ending", () => {
  assert.equal(wordOf(" co", "ttage"), "cottage");
  assert.equal(wordOf(" house"), "house");
  assert.equal(wordOf("."), ".");
  assert.equal(wordOf(" "), "␣");
});
