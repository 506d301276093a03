// What a room's activities calculate: bars and intervals, a phone's dice, digits and
// clock, where stories part and end, and a real model's answers.

import assert from "node:assert/strict";
import { test } from "node:test";
import { twoDigits } from "../../llm_lessons_room/activities/game/phone.js";
import { sharesOf } from "../../llm_lessons_room/activities/guess/screen.js";
import { keptRounds } from "../../llm_lessons_room/activities/marbles/kept_rounds.js";
import { onlyNumber } from "../../llm_lessons_room/activities/marbles/number_pad.js";
import {
  beginnings,
  lastPartedAt,
} from "../../llm_lessons_room/activities/stories/parting.js";
import { toRead } from "../../llm_lessons_room/activities/stories/phone.js";
import { firstTokens } from "../../llm_lessons_room/activities/stories/real_odds.js";
import { isToldOut } from "../../llm_lessons_room/activities/stories/story_length.js";
import { keep } from "../../llm_lessons_room/web/kept.js";
import { countsByRow } from "../../llm_lessons_room/web/parts/distance.js";
import { shareWithin } from "../../llm_lessons_room/web/parts/right_share.js";
import { random } from "./stand_ins.js";

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
  const ended = (/** @type {string} */ text) => isToldOut(text.split("|"), 3);
  assert.ok(!ended(" Ida|."), "too short");
  assert.ok(!ended(" Ida| ran| home"), "within a sentence");
  assert.ok(ended(" Ida| ran|."));
  for (const end of ["!", "?", ".”", '."', ". ", "»."]) {
    assert.ok(ended(` Ida| ran|${end}`), end);
  }
  assert.ok(!ended(" Ida| ran|. And"), "a new sentence has begun");
});

// Numbers are told in the language of the page.
Object.assign(globalThis, { document: { documentElement: { lang: "en" } } });

test("an answer is read to its last piece, no faster than its pace", () => {
  const answer = [" dog", ".", " A", " cat"];
  /** @type {string[]} */
  const read = [];
  const steps = toRead(answer, { least: 40 }, (piece) => read.push(piece), 5);
  const begun = performance.now();
  steps.next();
  assert.deepEqual(read, [" dog"], "the first comes at once");
  while (!steps.next().done);
  assert.deepEqual(read, answer);
  assert.ok(performance.now() - begun >= 3 * 5);
});

test("first tokens are counted, and nobody's coin is lost", () => {
  const pieces = [[" dog", "."], [" cat"], [" dog", "!"], [""], ["constructor"]];
  const told = pieces.map((one, i) => ({ seat: i + 1, pieces: one }));
  const drawn = firstTokens(told);
  assert.deepEqual(drawn, { " dog": 2, " cat": 1, "": 1, constructor: 1 });
  assert.deepEqual(countsByRow(drawn, [" dog", " cat", " pig"]), [2, 1, 0, 2]);
  assert.deepEqual(firstTokens([]), {});
});
