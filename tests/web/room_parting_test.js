// Where stories part, against comparing every two of them, and where one may end.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  beginnings,
  lastPartedAt,
} from "../../llm_lessons_room/activities/stories/parting.js";
import { isToldOut } from "../../llm_lessons_room/activities/stories/story_length.js";
import { random } from "./stand_ins.js";

/** @param {number} count @param {() => number} next */
function someStories(count, next) {
  return Array.from({ length: count }, (_, seat) => {
    const length = 3 + Math.floor(6 * next());
    const pieces = Array.from({ length }, () => " abc"[Math.floor(3 * next() ** 2)]);
    return { seat, pieces };
  });
}

/** How many tokens two texts share; if one goes on where the other ends, all of it. */
function shared(/** @type {string[]} */ a, /** @type {string[]} */ b) {
  let count = 0;
  while (count < a.length && count < b.length && a[count] === b[count]) count += 1;
  return count;
}

/** @param {string[]} a @param {string[]} b */
const isSame = (a, b) => shared(a, b) === Math.max(a.length, b.length);

test("beginnings are counted, and the last two part when all differ", () => {
  const next = random(4);
  for (let turn = 0; turn < 200; turn += 1) {
    const told = someStories(2 + Math.floor(9 * next()), next);
    const counts = beginnings(told);
    counts.forEach((count, i) => {
      // One of each kind: those that no earlier one is the same as, so far.
      const kinds = told.filter(({ pieces }, own) =>
        !told.slice(0, own).some((other) =>
          isSame(pieces, other.pieces) || shared(pieces, other.pieces) > i
        )
      );
      assert.equal(count, kinds.length);
    });
    assert.deepEqual(counts, counts.toSorted((a, b) => a - b));
    const pairs = told.flatMap((a, i) => told.slice(0, i).map((b) => [a, b]));
    const isTwice = pairs.some(([a, b]) => isSame(a.pieces, b.pieces));
    const last = Math.max(...pairs.map(([a, b]) => shared(a.pieces, b.pieces))) + 1;
    assert.equal(lastPartedAt(told), isTwice ? null : last);
  }
  assert.equal(lastPartedAt(someStories(1, next)), null);
  assert.deepEqual(beginnings([]), []);
});

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
