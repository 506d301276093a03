// What the leader gets of the ten questions: the answers to be read aloud, boxes for
// the scores on paper, and what goes home.

import { element, setText } from "../../../llm_lessons/web/lib/dom.js";
import { giveLeaders } from "../../web/kinds.js";
import { countFields } from "../../web/paper_fields.js";
import { meanOf } from "../../web/parts/right_share.js";
import { letterOf, numeral } from "../../web/words.js";

/** @import { Asked, Line } from "../../web/kinds.js" */
/** @import { LeadMoment } from "../../web/moment.js" */
/** @import { Fields } from "../../web/paper_fields.js" */
/** @import { Side } from "../../web/parts/right_share.js" */
/** @import { Tell } from "../../web/words.js" */
/** @import { TenMoment, TenShown } from "./phone.js" */

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

/**
 * Of the ten questions: how many people had how many right. After the evening both
 * columns of the sheets are at hand, so then there are boxes for both.
 * @param {LeadMoment} moment @param {Tell} tell @returns {Fields[]}
 */
function scoreFields(moment, tell) {
  const { when, questions } = /** @type {TenShown} */ (moment.step.shown);
  const names = [...questions, null].map((_, n) => tell("typed_score", { n }));
  /** @param {string} key @param {string} [step] */
  function part(key, step) {
    const { nodes, value } = countFields(names);
    const name = element("legend", {}, tell(key));
    return { nodes: [element("fieldset", {}, name, ...nodes)], value, step };
  }
  if (when === "before") return [part("typed_before")];
  const earlier = askedBefore(moment);
  const first = earlier ? [part("typed_before", earlier)] : [];
  return [...first, part("typed_after")];
}

/**
 * The step that has asked the ten questions earlier in the evening; null if none has.
 * @param {Pick<LeadMoment, "decks" | "deck" | "index">} moment
 */
function askedBefore({ decks = [], deck, index }) {
  const steps = decks.find(({ id }) => id === deck)?.steps.slice(0, index) ?? [];
  return steps.find(({ kind }) => kind === "ten")?.id ?? null;
}

/** @param {Asked} asked @returns {Line[]} */
function tenLines({ tally, tell }) {
  const [before, after] = /** @type {Side[]} */ ([tally.before, tally.after]);
  return before.scores.map((n, score) => [
    tell("typed_score", { n: score }),
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
  paper: scoreFields,
  lines: tenLines,
  told: tenInWords,
  panel: tenAnswers,
});
