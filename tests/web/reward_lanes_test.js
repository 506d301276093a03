// Answers in lanes: what their letters come to, what is said, and a run replayed.

import assert from "node:assert/strict";
import { test } from "node:test";
import { replay } from "../../llm_lessons/web/widgets/reward_lanes_replay.js";
import {
  lanesOf,
  progressText,
  replayText,
  rightOf,
  sharesText,
  stepsText,
  stepwiseOf,
} from "../../llm_lessons/web/widgets/reward_lanes_words.js";
import { withClock } from "./stand_ins.js";

/**
 * @import { Moment, Status }
 *   from "../../llm_lessons/web/widgets/reward_lanes_words.js"
 */

const MARKS = "aaAdSSSs";
/** @type {Moment[]} */
const MOMENTS = [[0, "aaaa", 0, []], [1, "aaSS", 0.5, []], [2, "SSSS", 1, []]];
/** @type {Status} */
const STATUS = {
  phase: "ready",
  stopping: false,
  step: 0,
  seconds_left: null,
  note: "",
  trouble: "",
};

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

test("the lane of other ways is there only where something is in it", () => {
  assert.equal(lanesOf("aO").length, 4);
  assert.equal(lanesOf("").length, 3);
});

test("a moment is told by its steps and its shares", () => {
  assert.match(stepsText(MOMENTS[0]), /before/);
  assert.match(stepsText(MOMENTS[1]), /after 1 step$/);
  assert.match(sharesText(MOMENTS[1]), /50 % right, 50 % step by step/);
});

test("a live run says how far it is, what it found, and what went wrong", () => {
  assert.match(progressText(STATUS, 30, undefined), /30 steps/);
  /** @param {Partial<Status>} more */
  const said = (more) => progressText({ ...STATUS, ...more }, 30, MOMENTS[2]);
  assert.match(said({ phase: "training" }), /first/);
  const going = said({ phase: "training", step: 3, seconds_left: 40.2 });
  assert.match(going, /Step 3 of 30: 100 % right, 100 % step by step, 41 s left/);
  assert.match(said({ phase: "stopped", step: 3 }), /nothing is lost/);
  assert.match(said({ phase: "done", step: 30, note: "All alike." }), /All alike/);
  assert.match(said({ phase: "failed", trouble: "No number." }), /^No number\./);
  assert.match(said({ phase: "training", stopping: true }), /Stopping/);
});

test("a page without a run says where it learns, with one that it replays", () => {
  assert.match(replayText([], 0, false), /notebook/);
  assert.match(replayText(MOMENTS, 0, false), /replays/);
  assert.match(replayText(MOMENTS, 1, true), /step 1 of 2: 50 % right/);
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

test("without moments nothing is replayed", () =>
  withClock(() => {
    const past = replay(() => 0, () => {});
    past.play();
    assert.equal(past.now().isBegun, false);
  }));
