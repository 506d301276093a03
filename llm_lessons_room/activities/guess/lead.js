// What goes home of a guess.

import { giveLeaders } from "../../web/kinds.js";

/** @import { Asked, Line } from "../../web/kinds.js" */
/** @import { Votes } from "../../web/parts/right_share.js" */

/** @param {Asked} asked @returns {Line[]} */
function guessLines({ tally, shown }) {
  const choices = /** @type {string[]} */ (shown.choices);
  const { before, after } = /** @type {Record<string, Votes>} */ (tally);
  return choices.map((name, i) => [name, before.counts[0][i], after.counts[0][i]]);
}

giveLeaders("guess", { lines: guessLines });
