// What the leader reads aloud behind the ten questions: the right answers, and before
// them the question that is still hardest, with its reason.

import { element, setText } from "../lib/dom.js";
import { letterOf } from "./activities/letters.js";

/** @import { TenMoment } from "./activities/ten_phone.js" */
/** @import { LeadMoment } from "./lead_moment.js" */
/** @import { Tell } from "./words.js" */

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
