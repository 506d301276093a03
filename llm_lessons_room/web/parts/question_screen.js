// A question with choices on the screen: a bar for each choice, in the first round and
// in the second.

import { element, setLength, setText } from "../../../llm_lessons/web/lib/dom.js";
import { letterOf } from "../words.js";

/** @import { Context } from "../moment.js" */
/** @import { Question, QuestionMoment, QuestionTally } from "./question_phone.js" */
/** @import { Tell } from "../words.js" */

/**
 * The length of each bar, as a share of the longest that all of them have.
 * @param {number[][]} rounds
 */
export function sharesOf(rounds) {
  const sums = rounds.map((round) => round.reduce((sum, n) => sum + n, 0));
  const all = rounds.map((round, i) => round.map((n) => sums[i] ? n / sums[i] : 0));
  const most = Math.max(0, ...all.flat());
  return all.map((round) => round.map((share) => most ? share / most : 0));
}

/** What the two kinds of bars are: before and after. @param {Tell} tell */
export function beforeAndAfter(tell) {
  const keys = ["before", "after"].map((name) =>
    element("span", {}, element("i", { class: `room-${name}` }), tell(`key_${name}`))
  );
  return element("p", { class: "room-legend" }, ...keys);
}

/** @param {string} text @param {number} index */
function choiceRow(text, index) {
  const letter = element("b", { class: "room-letter" }, letterOf(index));
  const mark = element("b", { class: "room-mark" });
  const words = element("span", { class: "room-words" }, mark, text);
  const numbers = element("span", { class: "room-numbers" });
  const [before, after] = ["before", "after"].map((name) =>
    element("i", { class: `room-${name}` })
  );
  const look = { class: "room-bars", "aria-hidden": "true" };
  const bars = element("span", look, before, after);
  const node = element("li", {}, letter, words, numbers, bars);
  return { node, mark, numbers, before, after };
}

/**
 * @param {Context} context
 * @param {(moment: QuestionMoment) => string} hintKey what is said below it until it is
 *   told what is right; "" for nothing
 * @param {HTMLElement} [solution] stands in place of the choices at the end
 */
export function questionOnScreen({ tell }, hintKey, solution) {
  const question = element("p", { class: "room-question" });
  const list = element("ol", { class: "room-guess" });
  const result = element("p", { class: "room-result" });
  const legend = beforeAndAfter(tell);
  const below = element("div", { class: "room-below" }, result, legend);
  const why = element("p", { class: "room-why" });
  const parts = [question, list, solution ?? "", below, why];
  const node = element("div", { class: "room-quiz" }, ...parts);
  let written = "";
  /** @type {ReturnType<typeof choiceRow>[]} */
  let rows = [];

  /** @param {Question} shown */
  function write(shown) {
    const all = JSON.stringify(shown);
    if (all === written) return;
    written = all;
    setText(question, shown.question);
    rows = shown.choices.map(choiceRow);
    list.replaceChildren(...rows.map((row) => row.node));
  }

  /** @param {Partial<QuestionTally>} tally @param {boolean} isLast */
  function draw(tally, isLast) {
    const before = tally.before?.counts;
    const after = isLast ? tally.after?.counts : undefined;
    const rounds = [before ?? [], after ?? []];
    const shares = sharesOf(rounds);
    rows.forEach((row, i) => {
      [row.before, row.after].forEach((bar, which) => {
        const share = shares[which].at(i);
        bar.hidden = share === undefined;
        setLength(bar, share ?? 0);
      });
      const [was, is] = [before?.[i], after?.[i]];
      const text = is === undefined
        ? was === undefined ? "" : String(was)
        : `${was ?? 0} → ${is}`;
      setText(row.numbers, text);
    });
  }

  /** @param {QuestionMoment} moment */
  function show(moment) {
    const { step, phase, tally, revealed: hidden } = moment;
    write(step.shown);
    node.dataset.phase = phase;
    legend.hidden = phase !== "reveal" || Boolean(solution);
    list.hidden = phase === "reveal" && Boolean(solution);
    if (solution) solution.hidden = phase !== "reveal";
    draw(tally ?? {}, phase === "reveal");
    const { changed = 0, both = 0 } = tally ?? {};
    const isTold = phase === "reveal" && both > 0 && !solution;
    const key = phase === "reveal" ? "" : hintKey(moment);
    if (isTold) setText(result, tell("guess_changed", { n: changed, m: both }));
    else setText(result, key ? tell(key) : "");
    rows.forEach((row, i) => {
      const isRight = hidden?.right.includes(i);
      row.node.dataset.verdict = !hidden ? "" : isRight ? "right" : "other";
      setText(row.mark, isRight ? "✓ " : "");
    });
    setText(why, hidden && !solution ? hidden.why[hidden.right[0]] ?? "" : "");
  }
  return { node, show };
}
