// The results in a race, and what it shows of a step that was changed.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  changeInWords,
  lanesOf,
  lastStep,
  resultsOf,
  resultText,
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
const NOW = side(
  " |2|2| +| 2|0| =| |9|.| |9| -| |2| =| |7|.| Answer|:| |7|.",
  "7",
  false,
);
const PROBLEM = { question: "?", answer: "40", sides: [AT_ONCE, STEPS] };

test("results are found by their tokens, whatever stands in one with them", () => {
  assert.deepEqual(resultsOf(STEPS.pieces), [[7, 9], [17, 19]]);
  assert.deepEqual([0, 1].map((step) => resultText(STEPS, step)), ["42", "40"]);
  assert.deepEqual(resultsOf([" 2 x", " 2", " =", " $", "4", ".", " 3"]), [[4, 5]]);
  assert.deepEqual(resultsOf([" =", " $12", "."]), [[1, 2]]);
  assert.equal(resultText(side(" =| $12|.", "", false), 0), "12");
  assert.deepEqual(resultsOf(AT_ONCE.pieces), []);
});

test("a changed step stands beside what it was, and is written on from there", () => {
  const lanes = lanesOf(PROBLEM, { asked: [0, 0, 0, 9], side: NOW });
  assert.deepEqual(lanes.map((lane) => lane.side), [STEPS, NOW]);
  assert.deepEqual(lanes.map((lane) => lane.isStruck), [true, false]);
  assert.equal(NOW.pieces[lanes[1].begins], " "); // the first token behind "9."
  assert.equal(NOW.pieces.slice(0, lanes[1].begins).join(""), " 22 + 20 = 9.");
  const end = lastStep(lanes);
  assert.equal(end, NOW.pieces.length);
  assert.equal(changeInWords(lanes, end - 1), "");
  assert.equal(
    changeInWords(lanes, end),
    "You changed the 42 of step 1 to 9: the answer is 7 instead of 40.",
  );
  const same = lanesOf(PROBLEM, {
    asked: [0, 0, 0, 9],
    side: { ...NOW, answer: "40" },
  });
  assert.ok(changeInWords(same, end).endsWith("the answer is still 40."));
  const none = lanesOf(PROBLEM, { asked: [0, 0, 0, 9], side: { ...NOW, answer: "" } });
  assert.ok(changeInWords(none, end).endsWith("no answer came."));
});
