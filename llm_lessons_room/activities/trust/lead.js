// What goes home of Trust or check?

import { registerLead } from "../../web/kinds.js";

/** @import { Played, Line } from "../../web/kinds.js" */
/** @import { TrustShown, TrustTally } from "./phone.js" */

/** How many trusted each answer, before and after. @param {Played} asked */
function trustLines({ tally, shown, tell }) {
  const { answers } = /** @type {TrustShown} */ (shown);
  const { before, after, same } = /** @type {TrustTally} */ (tally);
  const lines = answers.map(({ person, answer }, i) => /** @type {Line} */ ([
    tell("results_trust", { name: `${person}: ${answer}` }),
    before?.trusted[i] ?? 0,
    after?.trusted[i] ?? 0,
  ]));
  const wrong = tell("results_trust_wrong");
  return same ? [...lines, [wrong, same.before.wrong, same.after.wrong]] : lines;
}

registerLead("trust", {
  lines: (asked) => /** @type {Line[]} */ (trustLines(asked)),
});
