// What a race concludes, and its results, which can be typed over.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  lanesOf,
  lastStep,
  resultsOf,
  resultText,
  summary,
  verdict,
} from "../../llm_lessons/web/widgets/race_words.js";

/** @import { Side } from "../../llm_lessons/web/widgets/race_words.js" */

/**
 * @param {string} text cut into tokens at each bar @param {string} answer
 * @param {boolean} right
 * @returns {Side}
 */
function side(text, answer, right) {
  const pieces = text.split("|");
  return { pieces, costs: pieces.map(() => 10), answer, right, sure: 0.5 };
}

const AT_ONCE = side(" |5|6|.", "56", false);
const STEPS = side(
  " |2|2| +| 2|0| =| 4|2|.| 4|2| -| |2| =| |4|0|.| Answer|:| 4|0|.",
  "40",
  true,
);

const PROBLEM = { question: "?", answer: "40", sides: [AT_ONCE, STEPS] };

test("a race tells who has come to an end, and what it cost", () => {
  const lanes = lanesOf(PROBLEM, undefined);
  assert.deepEqual(lanes.map(({ way }) => way), ["Answer at once:", "Step by step:"]);
  assert.equal(lastStep(lanes), 25);
  assert.equal(summary(lanes, 3), "");
  assert.equal(summary(lanes, 4), "At once: ✗ wrong after 4 tokens.");
  const whole = "Step by step: ✓ right after 25 tokens. " +
    "The steps took 6 times the computation.";
  assert.ok(summary(lanes, 25).endsWith(whole));
  assert.equal(verdict(AT_ONCE, "40"), "✗ 56 is wrong: 40 is right.");
  assert.equal(verdict({ ...AT_ONCE, answer: null }, "40"), "✗ No answer: it is 40.");
});

test("results are found by their tokens, whatever stands in one with them", () => {
  assert.deepEqual(resultsOf(STEPS.pieces), [[7, 9], [17, 19]]);
  assert.deepEqual([0, 1].map((step) => resultText(STEPS, step)), ["42", "40"]);
  assert.deepEqual(resultsOf([" 2 x", " 2", " =", " $", "4", ".", " 3"]), [[4, 5]]);
  assert.deepEqual(resultsOf([" =", " $12", "."]), [[1, 2]]);
  assert.equal(resultText(side(" =| $12|.", "", false), 0), "12");
  assert.deepEqual(resultsOf(AT_ONCE.pieces), []);
});
