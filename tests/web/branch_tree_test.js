// The tree of what could have been said: its forks along a path, and where they lie.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  branches,
  keyOf,
  levelsAlong,
} from "../../llm_lessons/web/widgets/branch_tree_forks.js";
import { shapesOf } from "../../llm_lessons/web/widgets/branch_tree_picture.js";
import { random } from "./stand_ins.js";

/**
 * @import { Fork, Forks, Path }
 *   from "../../llm_lessons/web/widgets/branch_tree_forks.js"
 */

const SIZE = { width: 736, height: 400, columns: 3 };

/** @type {(...likeliest: [number, number][]) => Fork} */
const fork = (...likeliest) => {
  const rest = 1 - likeliest.reduce((sum, [, chance]) => sum + chance, 0);
  return { likeliest, others: rest > 1e-9 ? 7 : 0, rest };
};
/** @type {Record<string, Fork>} */
const READ = {
  "": fork([1, 0.5], [2, 0.3]),
  "1": fork([3, 0.995], [4, 0.005]),
  "1.3": fork([5, 0.6], [6, 0.4]),
  "1.3.5": fork([7, 1]),
};
/** @type {Forks} */
const tree = {
  fork: (path) => READ[keyOf(path)],
  about: () => ({ sure: 0.99, stops: [7], room: 5 }),
};

test("a branch takes sure tokens along, and all others share the last one", () => {
  const items = branches(tree, { path: [], product: 1 });
  assert.deepEqual(items.map(({ path }) => path), [[1, 3], [2], []]);
  assert.deepEqual(items.map(({ key }) => key), ["1", "2", "+"]);
  assert.ok(Math.abs(items[0].chance - 0.5 * 0.995) < 1e-12);
  assert.deepEqual(items.map(({ canOpen }) => canOpen), [true, true, false]);
  assert.equal(items[2].others, 7);
});

test("forks are shown along the path, the last one only once it has grown", () => {
  /** @type {(path: Path, hasGrown: boolean) => string[]} */
  const shown = (path, hasGrown) =>
    levelsAlong(tree, path, hasGrown).map(({ parent }) => parent.key);
  assert.deepEqual(shown([], true), [""]);
  assert.deepEqual(shown([1, 3], false), [""]);
  assert.deepEqual(shown([1, 3], true), ["", "1"]);
  assert.deepEqual(shown([1], true), ["", "1"]); // a path that ends within a branch
  assert.deepEqual(shown([1, 3, 5], true), ["", "1", "1.3.5"]);
  assert.deepEqual(shown([2], true), [""]); // nobody has read on from there
  assert.deepEqual(shown([1, 3, 5, 7], true), ["", "1", "1.3.5"]); // the end of a text
  assert.equal(levelsAlong(tree, [1, 3, 6], false)[1].taken?.key, "1.3.6");
});

/**
 * A tree of made-up forks, and levels along its likeliest path.
 * @param {number} seed @param {number} depth
 */
function madeUp(seed, depth) {
  const next = random(seed);
  /** @type {Record<string, Fork>} */
  const forks = {};
  /** @type {Path} */
  const path = [];
  for (let level = 0; level <= depth; level += 1) {
    const raw = Array.from({ length: 6 }, () => next() ** 3 + 1e-4);
    const sum = raw.reduce((a, b) => a + b);
    forks[keyOf(path)] = fork(
      ...raw.slice(1).map((one, i) => /** @type {[number, number]} */ ([i, one / sum])),
    );
    if (level < depth) path.push(Math.floor(5 * next()));
  }
  const about = () => ({ sure: 2, stops: [], room: 99 });
  return levelsAlong({ fork: (one) => forks[keyOf(one)], about }, path, true);
}

test("branches share their trunk, and nothing lies upon anything else", () => {
  for (let seed = 0; seed < 40; seed += 1) {
    for (const columns of [1, 2, 3]) {
      const levels = madeUp(seed, 4);
      const { shapes, trunk, share, height } = shapesOf(levels, { ...SIZE, columns });
      const shown = levels.slice(-columns);
      assert.equal(trunk, shown[0].parent.key);
      assert.equal(shapes.size, 6 * columns + 1);
      for (const { items, parent } of shown) {
        const own = items.map(({ key }) => shapes.get(key) ?? assert.fail(key));
        const from = shapes.get(parent.key) ?? assert.fail();
        assert.ok(own.reduce((sum, { wide }) => sum + wide, 0) >= from.wide - 1e-6);
        for (const [i, { x0, x2, y1, wide }] of own.entries()) {
          assert.ok(x0 === from.x2 && x2 <= SIZE.width);
          const [top, end] = [y1 - wide / 2, y1 + wide / 2];
          const above = i ? own[i - 1].y1 + own[i - 1].wide / 2 : 0;
          assert.ok(top - above >= 18 - 1e-6 && end <= height + 1e-6);
          const due = (items[i].product / share) * (shapes.get(trunk)?.wide ?? 0);
          assert.ok(Math.abs(wide - Math.max(0.75, due)) < 1e-6);
        }
      }
    }
  }
});
