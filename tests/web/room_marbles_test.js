// Marbles: intervals, a field for a number, and a phone's clock.

import assert from "node:assert/strict";
import { test } from "node:test";
import { keptRounds } from "../../llm_lessons_room/activities/marbles/kept_rounds.js";
import { onlyNumber } from "../../llm_lessons_room/activities/marbles/number_pad.js";
import { shareWithin } from "../../llm_lessons_room/web/parts/right_share.js";
import { keep } from "../../llm_lessons_room/web/kept.js";

test("an interval ends where the counted share would be too far off", () => {
  for (const [right, asked] of [[0, 12], [3, 12], [12, 12], [1, 1], [40, 100]]) {
    const share = right / asked;
    for (const end of shareWithin({ right, asked })) {
      const isEdge = end === 0 || end === 1;
      const off = Math.abs(share - end) / Math.sqrt((end * (1 - end)) / asked);
      assert.ok(isEdge || Math.abs(off - 1.96) < 1e-3, `${right} of ${asked}: ${off}`);
    }
  }
  assert.deepEqual(shareWithin({ right: 0, asked: 0 }), [0, 1]);
});

test("a field takes a whole number", () => {
  assert.equal(onlyNumber("1a2 3"), "123");
  assert.equal(onlyNumber("-4-2"), "-42");
  assert.equal(onlyNumber("1234567"), "1234");
});

test("a phone's clock goes on when its page is loaded again", () => {
  /** @type {Map<string, string>} */
  const kept = new Map();
  Object.defineProperty(globalThis, "sessionStorage", {
    configurable: true,
    value: {
      getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
      setItem: (/** @type {string} */ key, /** @type {string} */ text) =>
        kept.set(key, text),
    },
  });
  // without it, the seat is kept by the page alone
  Object.defineProperty(globalThis, "localStorage", {
    configurable: true,
    value: null,
  });
  let now = 1_000_000;
  const clock = () => now;
  const first = keptRounds("marbles", clock);
  assert.equal(first.left(2, 8), 8);
  now += 3000;
  assert.equal(first.left(2, 8), 5);
  first.keep(2, { answer: 12 });
  const again = keptRounds("marbles", clock);
  assert.equal(again.left(2, 8), 5);
  assert.equal(again.of(2).answer, 12);
  now += 9000;
  assert.equal(again.left(2, 8), 0);
  assert.equal(again.left(3, 8), 8);
  assert.equal(keptRounds("another", clock).of(2).answer, undefined);
  keep("seat", "of another evening");
  assert.equal(keptRounds("marbles", clock).left(2, 8), 8);
  for (const name of ["sessionStorage", "localStorage"]) {
    Reflect.deleteProperty(globalThis, name);
  }
});
