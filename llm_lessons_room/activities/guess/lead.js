// What goes home of a guess.

import { registerLead } from "../../web/kinds.js";

/** @import { Played, Line } from "../../web/kinds.js" */
/** @import { Votes } from "../../web/parts/right_share.js" */

/** @param {Played} asked @returns {Line[]} */
function guessLines({ tally, shown }) {
  const choices = /** @type {string[]} */ (shown.choices);
  const { before, after } = /** @type {Record<string, Votes>} */ (tally);
  return choices.map((name, i) => [name, before.counts[i], after.counts[i]]);
}

registerLead("guess", { lines: guessLines });
