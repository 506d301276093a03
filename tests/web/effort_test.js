// What the counter of two questions says of them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { answerEffort } from "../../llm_lessons/web/answers/effort.js";
import { Refusal } from "../../llm_lessons/web/engine/checks.js";
import { difference, spoken } from "../../llm_lessons/web/widgets/effort.js";
import { standInModel } from "./stand_ins.js";

/** @import { LanguageModel } from "../../llm_lessons/web/engine/model.js" */

/** @param {number} tokens */
const cost = (tokens) => ({ matrices: 9_000, back: 10 * tokens, tokens });

test("what one question costs more is said, and that it is for its length", () => {
  const same = "Both cost the same, to the last operation.";
  assert.equal(difference(cost(20), cost(20)), same);
  const more = "one costs 1.1\u00a0% more, all of it for looking back: its text is ";
  assert.equal(difference(cost(20), cost(30)), `The hard ${more}10 tokens longer.`);
  assert.equal(difference(cost(30), cost(20)), `The easy ${more}10 tokens longer.`);
  const one =
    "The hard one costs 0.1\u00a0% more, all of it for looking back: its text ";
  assert.equal(difference(cost(20), cost(21)), `${one}is 1 token longer.`);
});

test("a screen reader hears cost and answer", () => {
  const found = { of: "Who?", why: "", tokens: 20, answer: "Ida", chance: 0.25 };
  assert.equal(
    spoken("hard", cost(20), found),
    "A hard question: 9,200 operations. Answer: Ida, chance 25.0\u00a0%.",
  );
  const none = { ...found, answer: "" };
  assert.ok(spoken("easy", cost(20), none).includes("Answer: nothing"));
});

test("in a page a refusal is told, and what is typed over is never read", async () => {
  const found = { of: "Who?", why: "", tokens: 20, answer: "Ida", chance: 0.25 };
  const { model } = standInModel({
    easy: "Who?",
    hard: "Who?",
    _easy: found,
    _hard: found,
    _matrices: 9_000,
    _back: 10,
    _longest: 256,
    _in_page: true,
  });
  /** @type {string[]} */
  const read = [];
  const refusing = {
    encode(/** @type {string} */ text) {
      read.push(text);
      throw new Refusal("Too long.");
    },
    reader: () => ({ lm }),
  };
  const lm = /** @type {LanguageModel} */ (/** @type {unknown} */ (refusing));
  const quiet = () => new Promise((done) => setTimeout(done, 50));
  answerEffort(model, lm);
  model.set("hard", "Who now?");
  await quiet();
  assert.deepEqual(model.get("_hard"), { ...found, of: "Who now?", why: "Too long." });
  model.set("hard", "Who else?");
  model.set("hard", "Who now?");
  await quiet();
  assert.deepEqual(read, ["Who now?\nAnswer at once:"]);
  assert.equal(model.get("_easy"), found);
});
