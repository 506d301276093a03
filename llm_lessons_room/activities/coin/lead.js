// What the leader gets of the coin: a box for tokens on paper, and what goes home.

import { giveLeaders } from "../../web/kinds.js";
import { linesField, pairsOf } from "../../web/paper_fields.js";
import { inOrder } from "../../web/results.js";

giveLeaders("coin", {
  paper: (_, tell) => [linesField(tell("typed_pairs"), pairsOf)],
  lines: ({ tally }) => inOrder(tally.drawn),
});
