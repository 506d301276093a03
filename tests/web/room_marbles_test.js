// Marbles: answers that are read, intervals, names that lie apart, and a phone's clock.

import assert from "node:assert/strict";
import { test } from "node:test";
import { marbleAnswer } from "../../llm_lessons/web/room/activities/marble_problems.js";
import { keptRounds } from "../../llm_lessons/web/room/activities/marbles_kept.js";
import { inTurns } from "../../llm_lessons/web/room/activities/marbles_screen.js";
import { onlyNumber } from "../../llm_lessons/web/room/activities/number_pad.js";
import { shareWithin } from "../../llm_lessons/web/room/activities/right_share.js";
import { namesApart } from "../../llm_lessons/web/room/activities/share_curves.js";
import { keep } from "../../llm_lessons/web/room/kept.js";
import { random } from "./stand_ins.js";

test("an answer is the number where it belongs, and nothing else is one", () => {
  assert.equal(marbleAnswer(" 12.", 0), 12);
  assert.equal(marbleAnswer(" 12. Ann has 3.", 0), 12);
  assert.equal(marbleAnswer(" 12 + 7 = 19.", 0), null);
  assert.equal(marbleAnswer(" 12 + 7 = 19. Answer: 19.", 1), 19);
  assert.equal(marbleAnswer(" 12 + 7 = 19. Answer: 1", 1), null);
  assert.equal(marbleAnswer(" 19.", 1), null);
});

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

test("names lie apart, within the picture, and in the order of their curves", () => {
  const next = random(6);
  for (let turn = 0; turn < 300; turn += 1) {
    /** @type {[number, number]} */
    const wanted = [100 * next(), 100 * next()];
    const [a, b] = namesApart(wanted, 12, [0, 100]);
    assert.ok(Math.abs(a - b) >= 12 - 1e-9);
    assert.ok(Math.min(a, b) >= -1e-9 && Math.max(a, b) <= 100 + 1e-9);
    if (wanted[0] !== wanted[1]) assert.equal(a < b, wanted[0] < wanted[1]);
  }
});

test("every number of changes comes once before any comes again", () => {
  const problems = [1, 2, 3].flatMap((changes) =>
    [0, 1].map((answer) => ({ changes, at_once: "", steps: "", answer }))
  );
  const order = inTurns(problems).map(({ changes, answer }) => [answer, changes]);
  assert.deepEqual(order, [[0, 1], [0, 2], [0, 3], [1, 1], [1, 2], [1, 3]]);
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
