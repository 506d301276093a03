// What the leader gets of the ten questions: the answers to be read aloud, and what
// goes home.

import { element, setText } from "../../../llm_lessons/web/lib/dom.js";
import { giveLeaders } from "../../web/kinds.js";
import { meanOf } from "../../web/parts/right_share.js";
import { letterOf, numeral } from "../../web/words.js";

/** @import { Asked, Line } from "../../web/kinds.js" */
/** @import { LeadMoment } from "../../web/moment.js" */
/** @import { Side } from "../../web/parts/right_share.js" */
/** @import { Tell } from "../../web/words.js" */
/** @import { TenMoment } from "./phone.js" */

/**
 * The question that the fewest have right now; -1 where nobody has answered.
 * @param {TenMoment["tally"]} tally
 */
export function hardest(tally) {
  const shares = (tally?.each ?? []).map(({ after }) => after ?? Infinity);
  const least = Math.min(...shares);
  return Number.isFinite(least) ? shares.indexOf(least) : -1;
}

/** @param {Tell} tell */
export function tenAnswers(tell) {
  const [head, asked, why] = [element("h2"), element("p"), element("p")];
  const [all, list] = [element("h2"), element("ol")];
  const hard = element("div", {}, head, asked, why);
  const node = element("section", { class: "room-answers" }, hard, all, list);

  /** @param {LeadMoment} moment */
  function show(moment) {
    node.hidden = moment.step.kind !== "ten" || moment.phase !== "reveal";
    if (node.hidden) return;
    const { step, revealed, tally } = /** @type {TenMoment} */ (moment);
    const right = revealed?.right ?? [];
    const said = step.shown.questions.map(({ choices }, i) =>
      `${i + 1}. ${letterOf(right[i])}: ${choices[right[i]]}`
    );
    const at = hardest(tally);
    hard.hidden = at < 0;
    setText(head, tell("ten_hardest", { n: at + 1 }));
    setText(asked, step.shown.questions[at]?.question ?? "");
    setText(why, at < 0 ? "" : `${said[at]}. ${revealed?.why[at] ?? ""}`);
    setText(all, tell("ten_answers"));
    list.replaceChildren(...said.map((one) => element("li", {}, one)));
  }
  return { node, show };
}

/** @param {Asked} asked @returns {Line[]} */
function tenLines({ tally, tell }) {
  const [before, after] = /** @type {Side[]} */ ([tally.before, tally.after]);
  return before.scores.map((n, score) => [
    tell("results_score", { n: score }),
    n,
    after.scores[score],
  ]);
}

/** @param {{ before: Side, after: Side }} tally @param {Tell} tell */
function tenInWords({ before, after }, tell) {
  const [first, last] = [before, after].map(meanOf);
  if (first === null || last === null) return "";
  return tell("results_ten", { n: numeral(first, 1), m: numeral(last, 1) });
}

giveLeaders("ten", {
  lines: tenLines,
  told: tenInWords,
  panel: tenAnswers,
});
