// What goes home of the marbles.

import { giveLeaders } from "../../web/kinds.js";

/** @import { Asked, Line } from "../../web/kinds.js" */

/** @param {Asked} asked @returns {Line[]} */
function marbleLines({ tally, tell }) {
  const halves = /** @type {{ right: number[], asked: number[] }[]} */ (tally.halves);
  return halves.flatMap(({ right, asked }, half) => {
    const way = tell(half ? "results_steps" : "results_once");
    return right.map((
      n,
      i,
    ) => /** @type {Line} */ ([`${i + 1} · ${way}`, n, asked[i]]));
  });
}

giveLeaders("marbles", { lines: marbleLines });
