// What a talk is made of.

import assert from "node:assert/strict";
import { test } from "node:test";
import { beforeAnswer, turnsOf } from "../../llm_lessons/web/widgets/chat_box.js";

test("a turn is a user's message and what follows it", () => {
  const talk = ["assistant", "user", "assistant", "assistant", "user"]
    .map((role, i) => ({ role, content: String(i) }));
  const turns = turnsOf(talk);
  assert.deepEqual(turns.map(({ start }) => start), [0, 1, 4]);
  assert.deepEqual(turns.flatMap(({ said }) => said), talk);
});

test("what a talk reads before an answer is written as the model reads it", () => {
  const [asked, first] = [{ role: "user", content: "Hello" }, {
    role: "assistant",
    content: "Hi.",
  }];
  /** @type {[string, string][]} */
  const steps = [["Ida", "Ida lives in Oslo."]];
  const last = { role: "assistant", content: "Oslo", steps };
  const talk = [asked, first, { role: "user", content: "Where?" }, last];
  assert.equal(beforeAnswer(talk, first), "User: Hello\nFjord: ");
  assert.equal(
    beforeAnswer(talk, last),
    "User: Hello\nFjord: Hi.\nUser: Where?\nFjord: search: Ida\n" +
      "Result: Ida lives in Oslo.\nFjord: ",
  );
});
