// Models that a page brings along: opened in pieces, and what if one is damaged.

import assert from "node:assert/strict";
import { test } from "node:test";
import { offer, offered, opening } from "../../llm_lessons/web/engine/offered.js";

const tiny = () => JSON.parse('{ "name": "tiny" }'); // nobody asks it anything

test("a model is opened in pieces, and whoever is in a hurry does not wait", () => {
  let pieces = 0;
  offer("slow", function* () {
    for (; pieces < 9; pieces += 1) yield;
    return tiny();
  }, () => null);
  const steps = opening("slow");
  for (let i = 0; i < 3; i += 1) assert.equal(steps.next().done, false);
  assert.equal(pieces, 2);
  const lm = offered("slow");
  assert.deepEqual(steps.next(), { done: true, value: true });
  assert.deepEqual([pieces, offered("slow")], [9, lm]);
  assert.deepEqual(opening("nobody").next(), { done: true, value: false });
});

test("a model that is damaged says so to everybody who asks", () => {
  offer("torn", function* () {
    yield;
    throw new Error("torn");
  }, () => null);
  for (let i = 0; i < 2; i += 1) {
    assert.throws(() => offered("torn"), /torn/);
    assert.throws(() => [...opening("torn")], /torn/);
  }
});
