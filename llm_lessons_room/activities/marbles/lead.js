// What the leader gets of the marbles: boxes for both halves on paper, and what goes
// home.

import { giveLeaders } from "../../web/kinds.js";
import { shareFields } from "../../web/paper_fields.js";

/** @import { Asked, Line } from "../../web/kinds.js" */

/** @param {Asked} asked @returns {Line[]} */
function marbleLines({ tally, tell }) {
  const halves = /** @type {{ right: number[], asked: number[] }[]} */ (tally.halves);
  return halves.flatMap(({ right, asked }, half) => {
    const way = tell(half ? "typed_steps" : "typed_once");
    return right.map((
      n,
      i,
    ) => /** @type {Line} */ ([`${i + 1} · ${way}`, n, asked[i]]));
  });
}

giveLeaders("marbles", {
  paper: (_, tell) => [shareFields({ 0: "typed_once", 1: "typed_steps" }, tell)],
  lines: marbleLines,
});
