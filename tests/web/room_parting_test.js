// Where stories part, against comparing every two of them.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  beginnings,
  blocksOf,
  lastPartedAt,
} from "../../llm_lessons/web/room/activities/parting.js";
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

test("blocks cover all tokens of the first columns once, and share beginnings", () => {
  const next = random(5);
  for (let turn = 0; turn < 100; turn += 1) {
    const told = someStories(12, next);
    const blocks = blocksOf(told, 5);
    /** @type {Map<number, number>} */
    const rowOf = new Map();
    for (const { pieces, seat } of told) {
      pieces.slice(0, 5).forEach((piece, column) => {
        const own = blocks.filter((b) => b.column === column && b.seats.includes(seat));
        assert.equal(own.length, 1);
        assert.equal(own[0].piece, piece);
        assert.equal(own[0].rows, own[0].seats.length);
        for (const other of own[0].seats) {
          assert.ok(shared(pieces, told[other].pieces) > column);
        }
        rowOf.set(seat, own[0].row);
      });
    }
    for (let column = 0; column < 5; column += 1) {
      const rows = blocks.filter((block) => block.column === column).flatMap((block) =>
        Array.from({ length: block.rows }, (_, i) => block.row + i)
      );
      assert.equal(new Set(rows).size, rows.length);
      assert.ok(Math.max(...rows) < told.length);
    }
  }
});
