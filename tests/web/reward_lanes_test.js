// A kept run of the lanes, replayed: step by step, and nobody looks ahead.

import assert from "node:assert/strict";
import { test } from "node:test";
import { replay } from "../../llm_lessons/web/widgets/reward_lanes.js";
import { withClock } from "./stand_ins.js";

const COUNT = 3; // moments

test("a replay goes step by step, stops at its end, and begins anew", () =>
  withClock((run) => {
    let drawn = 0;
    const past = replay(() => COUNT, () => void drawn++);
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
    const past = replay(() => COUNT, () => {});
    past.play();
    past.choose(2);
    assert.equal(past.now().at, 1);
    past.end();
  }));
