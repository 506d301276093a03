// The results in a race: each can be typed over.

import assert from "node:assert/strict";
import { test } from "node:test";
import { resultsOf, resultText } from "../../llm_lessons/web/widgets/race_words.js";

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

test("results are found by their tokens, whatever stands in one with them", () => {
  assert.deepEqual(resultsOf(STEPS.pieces), [[7, 9], [17, 19]]);
  assert.deepEqual([0, 1].map((step) => resultText(STEPS, step)), ["42", "40"]);
  assert.deepEqual(resultsOf([" 2 x", " 2", " =", " $", "4", ".", " 3"]), [[4, 5]]);
  assert.deepEqual(resultsOf([" =", " $12", "."]), [[1, 2]]);
  assert.equal(resultText(side(" =| $12|.", "", false), 0), "12");
  assert.deepEqual(resultsOf(AT_ONCE.pieces), []);
});
