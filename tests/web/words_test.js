// What a talk is made of, and how much of a text was found.

import assert from "node:assert/strict";
import { test } from "node:test";
import { sumOfOrigins } from "../../llm_lessons/web/lib/origins.js";
import { beforeAnswer, turnsOf } from "../../llm_lessons/web/widgets/chat_box_turns.js";

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

test("how much was found is told, and the longest piece where it is known", () => {
  /** @type {[string, number, number][][]} */
  const texts = [[["a ", 0, 2], ["b\nc", 1, 1200], [" d", -1, 1]], []];
  const sum = "1,202 of 1,203 tokens stand in pieces that Fjordby has word for word.";
  assert.equal(sumOfOrigins(texts, false), sum);
  const longest = " The longest piece of one page has 1,200 tokens: “b c”.";
  assert.equal(sumOfOrigins(texts, true), sum + longest);
  const none = "None of 0 tokens stand in pieces that Fjordby has word for word.";
  assert.equal(sumOfOrigins([[]], true), none);
});
