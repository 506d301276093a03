// What a room's activities calculate: bars and intervals, a phone's dice, how fast a
// story is read, and where stories part.

import assert from "node:assert/strict";
import { test } from "node:test";
import { says } from "../../llm_lessons_room/activities/chat/phone.js";
import { twoDigits } from "../../llm_lessons_room/activities/talk/phone.js";
import {
  countPrefixes,
  divergedAt,
} from "../../llm_lessons_room/activities/stories/divergence.js";
import { paced } from "../../llm_lessons_room/activities/stories/phone.js";
import { sharesOf } from "../../llm_lessons_room/web/parts/question_screen.js";
import { shareWithin } from "../../llm_lessons_room/web/parts/right_share.js";
import { random } from "./stand_ins.js";

test("bars before and after have one scale, as shares of their own round", () => {
  const [before, after] = sharesOf([[10, 10, 5], [2, 8, 0]]);
  assert.deepEqual(after, [0.25, 1, 0]);
  assert.deepEqual(before, [0.5, 0.5, 0.25]);
  assert.deepEqual(sharesOf([[0, 0], []]), [[0, 0], []]);
});

test("a phone rolls every number from 00 to 99, each as easily as any other", () => {
  const rolled = Array.from({ length: 100 }, (_, n) => twoDigits((n + 0.5) / 100));
  assert.deepEqual(rolled.map(Number), [...rolled.keys()]);
  assert.deepEqual([rolled[7], twoDigits(1 - 2 ** -32)], ["07", "99"]);
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

test("countPrefixes are counted, and the last two part when all differ", () => {
  const next = random(4);
  for (let turn = 0; turn < 200; turn += 1) {
    const told = someStories(2 + Math.floor(9 * next()), next);
    const counts = countPrefixes(told);
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
    assert.equal(divergedAt(told), isTwice ? null : last);
  }
  assert.equal(divergedAt(someStories(1, next)), null);
  assert.deepEqual(countPrefixes([]), []);
});

test("an answer is read to its last piece, no faster than its pace", () => {
  const answer = [" dog", ".", " A", " cat"];
  /** @type {string[]} */
  const read = [];
  const steps = paced(answer, { least: 40 }, (piece) => read.push(piece), 5);
  const begun = performance.now();
  steps.next();
  assert.deepEqual(read, [" dog"], "the first comes at once");
  while (!steps.next().done);
  assert.deepEqual(read, answer);
  assert.ok(performance.now() - begun >= 3 * 5);
});

test("a name is heard where it stands as words, in whatever letters", () => {
  for (const name of ["Ida", "åse", "Ян", "Ida Moe", "Anne-Marie", "O'Neil"]) {
    assert.ok(says(`Your name is ${name.toUpperCase()}.`, name), name);
    assert.ok(!says(`Your name is ${name}x.`, name), name);
  }
  assert.ok(!says("You have not told me your name.", "Ida"));
  assert.ok(!says("Your name is Anne.", "Anne-Marie"));
  assert.ok(!says("Your name is Ida.", "?!"));
});
