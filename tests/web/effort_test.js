// What the counter of two questions says of them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { difference } from "../../llm_lessons/web/widgets/effort.js";

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
