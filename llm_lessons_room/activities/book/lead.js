// What goes home of the book.

import { giveLeaders } from "../../web/kinds.js";
import { rightOf } from "../../web/parts/right_share.js";

/** @import { Asked, Line } from "../../web/kinds.js" */
/** @import { QuestionTally } from "../../web/parts/question_phone.js" */
/** @import { Votes } from "../../web/parts/right_share.js" */

/** @param {Asked} asked @returns {Line[]} */
function bookLines({ tally, tell }) {
  const { before, halves = [] } = /** @type {QuestionTally & { before: Votes }} */ (
    tally
  );
  const names = [tell("results_closed"), tell("results_without"), tell("results_with")];
  return [rightOf(before), ...halves].map(({ right, asked }, i) => (
    /** @type {Line} */ ([names[i], right, asked])
  ));
}

giveLeaders("book", { lines: bookLines });
