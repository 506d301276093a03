// Answers in lanes: what their letters come to, and a run replayed.

import assert from "node:assert/strict";
import { test } from "node:test";
import { replay } from "../../llm_lessons/web/widgets/reward_lanes_replay.js";
import {
  lanesOf,
  rightOf,
  stepwiseOf,
} from "../../llm_lessons/web/widgets/reward_lanes_words.js";
import { withClock } from "./stand_ins.js";

/**
 * @import { Moment }
 *   from "../../llm_lessons/web/widgets/reward_lanes_words.js"
 */

const MARKS = "aaAdSSSs";
/** @type {Moment[]} */
const MOMENTS = [[0, "aaaa", 0, []], [1, "aaSS", 0.5, []], [2, "SSSS", 1, []]];

test("each answer is in one lane, and a capital is right", () => {
  const lanes = lanesOf(MARKS);
  assert.deepEqual(lanes.map(({ all, right }) => [all, right]), [
    [3, 1],
    [1, 0],
    [4, 3],
  ]);
  assert.equal(rightOf(MARKS), 50);
  assert.equal(stepwiseOf(MARKS), 50);
  assert.equal(rightOf(""), 0);
});

test("a replay goes step by step, stops at its end, and begins anew", () =>
  withClock((run) => {
    let drawn = 0;
    const past = replay(() => MOMENTS.length, () => void drawn++);
    assert.deepEqual(past.now(), {
      at: 0,
      reached: 0,
      isBegun: false,
      isPlaying: false,
    });
    past.play();
    assert.equal(past.now().at, 1);
    run(10_000);
    assert.deepEqual(past.now(), {
      at: 2,
      reached: 2,
      isBegun: true,
      isPlaying: false,
    });
    assert.equal(drawn, 2);
    past.choose(1);
    assert.equal(past.now().at, 1);
    past.play();
    past.play();
    assert.equal(past.now().at, 0);
    past.stop();
    run(10_000);
    assert.equal(past.now().at, 0);
    past.back();
    assert.equal(past.now().isBegun, false);
  }));

test("nobody can look ahead of what was replayed", () =>
  withClock(() => {
    const past = replay(() => MOMENTS.length, () => {});
    past.play();
    past.choose(2);
    assert.equal(past.now().at, 1);
    past.end();
  }));
