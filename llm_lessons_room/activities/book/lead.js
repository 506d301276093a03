// What goes home of the book.

import { giveLeaders } from "../../web/kinds.js";

/** @import { Asked, Line } from "../../web/kinds.js" */
/** @import { RightOf } from "../../web/parts/right_share.js" */

/** @param {Asked} asked @returns {Line[]} */
function bookLines({ tally, tell }) {
  const names = [tell("results_closed"), tell("results_without"), tell("results_with")];
  /** @type {(RightOf | undefined)[]} */
  const pairs = [tally.closed, tally.without, tally.with];
  return pairs.flatMap((pair, i) =>
    pair ? [/** @type {Line} */ ([names[i], pair.right, pair.asked])] : []
  );
}

giveLeaders("book", { lines: bookLines });
