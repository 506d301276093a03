// What goes home of the slider.

import { registerLead } from "../../web/kinds.js";
import { inOrder } from "../../web/results.js";

/** @param {number[]} values */
function timesOf(values) {
  /** @type {Record<string, number>} */
  const times = {};
  for (const value of values) times[value] = (times[value] ?? 0) + 1;
  return times;
}

registerLead("temperature", {
  lines: ({ tally }) => inOrder(timesOf(tally.values)),
});
