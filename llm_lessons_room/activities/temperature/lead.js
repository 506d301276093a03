// What goes home of the slider.

import { giveLeaders } from "../../web/kinds.js";
import { inOrder } from "../../web/results.js";

/** @param {number[]} values */
function timesOf(values) {
  /** @type {Record<string, number>} */
  const times = {};
  for (const value of values) times[value] = (times[value] ?? 0) + 1;
  return times;
}

giveLeaders("temperature", {
  lines: ({ tally }) => inOrder(timesOf(tally.values)),
});
