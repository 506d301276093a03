// What goes home of a guess.

import { giveLeaders } from "../../web/kinds.js";

/** @import { Asked, Line } from "../../web/kinds.js" */

/** @param {Asked} asked @returns {Line[]} */
function guessLines({ tally: { before, after }, shown }) {
  const choices = /** @type {string[]} */ (shown.choices);
  return choices.map((name, i) => [name, before?.[i] ?? 0, after?.[i] ?? 0]);
}

giveLeaders("guess", { lines: guessLines });
