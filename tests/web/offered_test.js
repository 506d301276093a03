// Models that a page brings along: opened in pieces, once, and what if one is damaged.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  letAnswer,
  offer,
  offered,
  opening,
} from "../../llm_lessons/web/engine/offered.js";
import { standInModel } from "./stand_ins.js";

const tiny = () => JSON.parse('{ "name": "tiny" }'); // nobody asks it anything

test("a model that a page brings along is opened once, when it is asked for", () => {
  let opened = 0;
  offer("one", function* () {
    opened += 1;
    yield;
    return tiny();
  }, (kind) => kind === "Box" ? (traits, lm) => traits.set("text", lm.name) : null);
  assert.deepEqual([opened], [0]);
  assert.ok(offered("one") && offered("one") === offered("one"));
  assert.deepEqual([opened], [1]);
  assert.equal(offered("another"), null);
  const { model } = standInModel({ text: "" });
  letAnswer("another", "Box", model);
  letAnswer("one", "Bag", model);
  assert.equal(model.get("text"), "");
  letAnswer("one", "Box", model);
  assert.equal(model.get("text"), tiny().name);
});

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
