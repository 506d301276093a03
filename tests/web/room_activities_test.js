// What a room's activities calculate: bars, places on a line, and a phone's dice.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  dotsOf,
  placeOf,
} from "../../llm_lessons_room/activities/temperature/screen.js";
import { sharesOf } from "../../llm_lessons_room/activities/guess/screen.js";
import { twoDigits } from "../../llm_lessons_room/activities/game/phone.js";

test("bars before and after have one scale, as shares of their own round", () => {
  const [before, after] = sharesOf([[10, 10, 5], [2, 8, 0]]);
  assert.deepEqual(after, [0.25, 1, 0]);
  assert.deepEqual(before, [0.5, 0.5, 0.25]);
  assert.deepEqual(sharesOf([[0, 0], []]), [[0, 0], []]);
});

test("a phone rolls every number from 00 to 99, each as easily as any other", () => {
  const all = Array.from(
    { length: 1000 },
    (_, place) => twoDigits((place + 0.5) / 1000),
  );
  const wanted = Array.from({ length: 100 }, (_, n) => (n < 10 ? `0${n}` : `${n}`));
  assert.deepEqual(all, wanted.flatMap((number) => Array(10).fill(number)));
  assert.equal(twoDigits(1 - 2 ** -32), "99", "the highest that a coin can be");
});

test("a temperature stands at its place on the line, and never beside it", () => {
  const [cold, warm, hot] = [0, 1, 2].map(placeOf);
  assert.equal(warm - cold, hot - warm);
  assert.ok(cold > 0 && hot < 1000);
  assert.equal(placeOf(3), hot);
});

test("equal temperatures are piled up, as high as there is room for", () => {
  const few = dotsOf([0.5, 1, 1, 1]);
  assert.deepEqual(few.map(([x]) => x), [0.5, 1, 1, 1].map(placeOf));
  const heights = few.slice(1).map(([, y]) => y);
  assert.deepEqual(heights, [...new Set(heights)], "none hides another");
  const many = dotsOf(Array(40).fill(1));
  assert.equal(many.length, 40);
  assert.ok(Math.min(...many.map(([, y]) => y)) > 0);
});
