// A toy asks, and takes the answer to what it asks now.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ask } from "../../llm_lessons/web/lib/ask.js";
import { standInModel } from "./stand_ins.js";

function toy() {
  /** @type {Record<string, any>} */
  const traits = { text: "a", other: 0, _questions: {}, _answers: {} };
  return standInModel(traits);
}

/** @param {string} text */
const answerTo = (text) => {
  const question = ["reply", text];
  return { heard: question, why: "", shown: question, value: text.toUpperCase() };
};

test("it is asked once, with what was set, and again where it is another", async () => {
  const { model, saved } = toy();
  ask(model, "reply", () => [model.get("text")]);
  await null;
  model.set("other", 1);
  await null;
  assert.equal(saved.length, 1);
  model.set("text", "b");
  assert.deepEqual(model.get("_questions"), { reply: ["reply", "b"] });
  await null;
  assert.equal(saved.length, 2);
});

test("an answer that comes late is an old one, and none to another question", () => {
  const { model } = toy();
  const reply = ask(model, "reply", () => [model.get("text")], "first");
  const none = { value: undefined, shown: undefined, isOld: true };
  assert.deepEqual(reply(), { ...none, isHeard: false, why: "" });
  model.set("text", "b");
  model.set("_answers", { first: answerTo("a") });
  const old = { value: "A", shown: ["reply", "a"], isOld: true };
  assert.deepEqual(reply(), { ...old, isHeard: false, why: "" });
  model.set("_answers", { first: answerTo("b") });
  const now = { value: "B", shown: ["reply", "b"], isOld: false };
  assert.deepEqual(reply(), { ...now, isHeard: true, why: "" });
});

test("what was answered is not asked again, and half an answer is none", () => {
  const { model } = toy();
  const reply = ask(model, "reply", () => [model.get("text")]);
  model.set("_answers", { reply: answerTo("a") });
  model.set("text", "b");
  const half = { ...answerTo("a"), shown: ["reply", "b"], value: "half" };
  model.set("_answers", { reply: half });
  const shown = { value: "half", shown: ["reply", "b"], isOld: false };
  assert.deepEqual(reply(), { ...shown, isHeard: false, why: "" });
  model.set("text", "a");
  // The answer is told with the question, so that nobody need answer it; also where
  // the answer to the question between them comes late.
  assert.deepEqual(model.get("_questions"), { reply: ["reply", "a"] });
  assert.deepEqual(model.get("_answers"), { reply: answerTo("a") });
  model.set("_answers", { reply: answerTo("b") });
  assert.deepEqual(model.get("_answers"), { reply: answerTo("a") });
  const again = { value: "A", shown: ["reply", "a"], isOld: false };
  assert.deepEqual(reply(), { ...again, isHeard: true, why: "" });
});

test("where it is refused, a sentence says why, until another is asked", () => {
  const { model } = toy();
  const reply = ask(model, "reply", () => [model.get("text")]);
  model.set("text", "");
  const told = { ...answerTo("a"), heard: ["reply", ""], why: "It is empty." };
  model.set("_answers", { reply: told });
  const old = { value: "A", shown: ["reply", "a"], isOld: true };
  const answer = { ...old, isHeard: true, why: "It is empty." };
  assert.deepEqual(reply(), answer);
  model.set("text", "c");
  assert.deepEqual(reply(), { ...answer, isHeard: false, why: "" });
});

test("a place whose question is taken back asks nothing, and leaves the others", () => {
  const { model } = toy();
  ask(model, "reply", () => [model.get("text")], "first");
  ask(
    model,
    "reply",
    () => (model.get("other") ? [model.get("other")] : null),
    "second",
  );
  assert.deepEqual(Object.keys(model.get("_questions")), ["first"]);
  model.set("other", 7);
  assert.deepEqual(model.get("_questions").second, ["reply", 7]);
  model.set("other", 0);
  assert.deepEqual(model.get("_questions"), { first: ["reply", "a"] });
});
