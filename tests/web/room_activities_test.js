// What a room's activities calculate: bars, and a phone's dice.

import assert from "node:assert/strict";
import { test } from "node:test";
import { sharesOf } from "../../llm_lessons/web/room/activities/guess_screen.js";
import { twoDigits } from "../../llm_lessons/web/room/activities/game_phone.js";

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
