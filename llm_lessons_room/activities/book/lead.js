// What the leader gets of the book: boxes for paper, and what goes home.

import { giveLeaders } from "../../web/kinds.js";
import { choiceFields, shareFields } from "../../web/paper_fields.js";

/** @import { Asked, Lead, Line } from "../../web/kinds.js" */
/** @import { RightOf } from "../../web/parts/right_share.js" */
/** @import { GuessShown } from "../guess/phone.js" */

const HALVES = { without: "typed_without", with: "typed_with" };

/** @param {Asked} asked @returns {Line[]} */
function bookLines({ tally, tell }) {
  const names = [tell("results_closed"), tell("typed_without"), tell("typed_with")];
  /** @type {(RightOf | undefined)[]} */
  const pairs = [tally.closed, tally.without, tally.with];
  return pairs.flatMap((pair, i) =>
    pair ? [/** @type {Line} */ ([names[i], pair.right, pair.asked])] : []
  );
}

/** @type {NonNullable<Lead["paper"]>} */
function bookFields({ step, phase, round }, tell) {
  if (round > 1 || phase === "reveal") return [shareFields(HALVES, tell)];
  return [choiceFields(/** @type {GuessShown} */ (step.shown))];
}

giveLeaders("book", { paper: bookFields, lines: bookLines });
