// What the leader gets of the slider: a box for temperatures on paper, and what goes
// home.

import { giveLeaders } from "../../web/kinds.js";
import { linesField, numbersOf } from "../../web/paper_fields.js";
import { inOrder } from "../../web/results.js";

const HOTTEST = 2;

/** @param {number[]} values */
function timesOf(values) {
  /** @type {Record<string, number>} */
  const times = {};
  for (const value of values) times[value] = (times[value] ?? 0) + 1;
  return times;
}

giveLeaders("temperature", {
  paper: (_, tell) => [
    linesField(tell("typed_numbers"), (text) => numbersOf(text, HOTTEST)),
  ],
  lines: ({ tally }) => inOrder(timesOf(tally.values)),
});
