// What the leader gets of the ten questions: the answers to be read aloud, and what
// goes home.

import { element, setText } from "../../../llm_lessons/web/lib/dom.js";
import { giveLeaders } from "../../web/kinds.js";
import { meanOf } from "../../web/parts/right_share.js";
import { letterOf, numeral } from "../../web/words.js";

/** @import { Asked, Line } from "../../web/kinds.js" */
/** @import { LeadMoment } from "../../web/moment.js" */
/** @import { Votes } from "../../web/parts/right_share.js" */
/** @import { Tell } from "../../web/words.js" */
/** @import { TenMoment } from "./phone.js" */

/**
 * The question that the fewest have right now; -1 where nobody has answered.
 * @param {Votes | undefined} votes @param {number[]} right choices
 */
export function hardest(votes, right) {
  if (!votes?.n) return -1;
  const counts = right.map((choice, i) => votes.counts[i][choice]);
  return counts.indexOf(Math.min(...counts));
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
    const at = hardest(tally?.after, right);
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
  const [before, after] = /** @type {number[][]} */ (
    [tally.before.scores, tally.after.scores]
  );
  return before.map((n, score) => [
    tell("results_score", { n: score }),
    n,
    after[score],
  ]);
}

/** @param {{ before: Votes, after: Votes }} tally @param {Tell} tell */
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
