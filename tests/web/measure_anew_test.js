// What stands beside the button that measures anew: how long, how far, what came of it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { words } from "../../llm_lessons/web/widgets/measure_anew.js";

/** @type {import("../../llm_lessons/web/widgets/measure_anew.js").Status} */
const STATUS = { phase: "ready", spent: 0, seconds: 40, cases: 0, trouble: "" };

test("before it begins, it says how long all of it takes", () => {
  assert.match(words(STATUS), /about 40 s/);
  assert.match(words({ ...STATUS, seconds: 200 }), /about 3 minutes/);
});

test("the time left is that of the whole, and never below zero", () => {
  const status = { ...STATUS, phase: /** @type {const} */ ("measuring"), spent: 10 };
  assert.match(words(status), /about 30 s left/);
  assert.match(words(status, 20), /about 10 s left/);
  assert.doesNotMatch(words(status, 31), /\d/);
});

test("what came of it is told with its cases or its trouble", () => {
  assert.match(words({ ...STATUS, phase: "done", cases: 60 }), /60/);
  assert.match(words({ ...STATUS, phase: "failed", trouble: "no room" }), /no room/);
});
