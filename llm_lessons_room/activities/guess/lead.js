// What the leader gets of a guess: boxes for the choices on paper, and what goes home.

import { giveLeaders } from "../../web/kinds.js";
import { choiceFields } from "../../web/paper_fields.js";

/** @import { Asked, Line } from "../../web/kinds.js" */
/** @import { GuessShown } from "./phone.js" */

/** @param {Asked} asked @returns {Line[]} */
function guessLines({ tally: { before, after }, shown }) {
  const choices = /** @type {string[]} */ (shown.choices);
  return choices.map((name, i) => [name, before?.[i] ?? 0, after?.[i] ?? 0]);
}

giveLeaders("guess", {
  paper: ({ step }) => [choiceFields(/** @type {GuessShown} */ (step.shown))],
  lines: guessLines,
});
