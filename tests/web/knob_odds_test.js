// The scores of a turned knob, found again.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  chancesOf,
  sameWeight,
  shelf,
} from "../../llm_lessons/web/widgets/knob_odds.js";
import { random, standInModel } from "./stand_ins.js";

/** @import { Weight } from "../../llm_lessons/web/widgets/knob_odds.js" */

const FINENESS = 1000;

/**
 * Rows of scores below the best, as bytes that begin somewhere within their buffer.
 * @param {number[][]} rows
 */
function packed(rows) {
  const gaps = rows.flat();
  const view = new DataView(new ArrayBuffer(2 * gaps.length + 6), 6);
  gaps.forEach((gap, i) => view.setUint16(2 * i, gap, true));
  return view;
}

/** @param {number} seed @param {number} count @param {number} size */
function gapsOf(seed, count, size) {
  const next = random(seed);
  return Array.from({ length: count }, () => {
    const row = Array.from({ length: size }, () => Math.floor(9000 * next()));
    row[Math.floor(size * next())] = 0;
    return row;
  });
}

/**
 * The difference of two rows, in two bytes.
 * @param {number[]} row @param {number[]} base
 */
const lessOf = (row, base) => row.map((gap, id) => (gap - base[id]) & 0xffff);

test("the page finds stops in its stock, and the last answer", () => {
  const size = 5;
  /** @type {Weight[]} */
  const [listed, other, own] = [["up", 0, 1], ["down", 2, 3], ["up", 4, 4]];
  const [stock, answer] = [gapsOf(3, 6, size), gapsOf(5, 3, size)];
  const known = (/** @type {Weight} */ weight) => {
    return { weight, title: "", stops: [0, 1, 2], python: "" };
  };
  const { model } = standInModel({
    _pieces: ["a", "b", "c", "d", "e"],
    _fineness: FINENESS,
    _listed: [known(listed), known(other)],
    _stock: packed([stock[1], ...stock.map((row) => lessOf(row, stock[1]))]),
    _answer: packed([]),
    _answered: /** @type {[] | Weight} */ ([]),
  });
  const odds = shelf(model);
  const row = (/** @type {number[]} */ gaps) =>
    chancesOf(Uint16Array.from(gaps), FINENESS);
  assert.equal(odds.positions, 3);
  assert.deepEqual(odds.trained, row(stock[1]));
  const at = (/** @type {Weight} */ weight, /** @type {number} */ position) =>
    odds.oddsOf({ weight, position });
  assert.deepEqual(at(listed, 2), row(stock[2]));
  assert.deepEqual(at(other, 0), row(stock[3]));
  assert.deepEqual(at(own, 1), row(stock[1])); // in the middle it is as trained
  assert.equal(at(own, 0), undefined);
  // A stop that is not worked out yet has no best token.
  model.set("_answer", packed([answer[0], Array(size).fill(65535), answer[2]]));
  model.set("_answered", own);
  assert.equal(odds.stopsOf(own)?.[1], undefined);
  assert.deepEqual(at(own, 1), row(stock[1]));
  assert.deepEqual(at(own, 2), row(answer[2]));
  model.set("_answer", packed(answer));
  [0, 1, 2].forEach((stop) => assert.deepEqual(at(own, stop), row(answer[stop])));
  model.set("_answer", packed(stock.slice(3)));
  model.set("_answered", ["up", 0, 0]);
  assert.equal(at(own, 0), undefined);
  assert.deepEqual(at(["up", 0, 0], 0), row(stock[3]));
  assert.ok(sameWeight(own, ["up", 4, 4]) && !sameWeight(own, listed));
});
