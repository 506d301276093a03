// A question with choices on a phone, or several of them, one at a time; each tap sends
// what was chosen, of several questions all answers.

import { element, pushButton, setText } from "../../../llm_lessons/web/lib/dom.js";
import { choiceButtons } from "./choices.js";

/** @import { Place } from "../moment.js" */
/** @import { RightOf, Votes } from "./right_share.js" */
/** @import { PlayedMoment } from "./stage.js" */
/**
 * `both`: phones that answered both times; `changed`: those of them that chose
 * something else; `gain`: right answers that they have more, on average. `halves`: of
 * the second round, without a note and with it.
 * @typedef {{ answered: number, before?: Votes, after?: Votes, both?: number,
 *   changed?: number, gain?: number | null, halves?: RightOf[] }} QuestionTally
 * @typedef {{ question: string, choices: string[] }} Question
 * @typedef {{ questions: Question[] }} Questions
 * @typedef {(number | null)[]} Answers
 */
/**
 * `right`: each right choice of one question, or that of each of several.
 * @typedef {{ right: number[], why: string[] }} QuestionHidden
 */
/**
 * @template {Question | Questions} [Shown=Question]
 * @template {QuestionHidden} [Hidden=QuestionHidden]
 * @typedef {PlayedMoment<Shown, Hidden, Shown extends Questions ? Answers : number,
 *   QuestionTally>} QuestionMoment
 */
/** @typedef {QuestionMoment | QuestionMoment<Questions>} AnyQuestion */

/**
 * @param {Place} place
 * @param {(moment: AnyQuestion) => string} [hintKey] what is said below one question
 *   until it is told what is right
 */
export function questionOnPhone({ tell, answer }, hintKey) {
  /** @type {AnyQuestion | null} */
  let now = null;
  /** @type {Question[]} */
  let questions = [];
  /** @type {Answers} */
  let given = [];
  let [at, isBegun] = [0, false];
  const way = element("p", { class: "room-way", "aria-live": "polite" });
  const dots = element("p", { class: "room-dots-row", "aria-hidden": "true" });
  const buttons = choiceButtons(tell, choose);
  const [why, hint] = ["why", "note"].map((name) =>
    element("p", { class: `room-${name}` })
  );
  const back = pushButton("", () => at > 0 && move(-1));
  const next = pushButton("", () => at < questions.length - 1 && move(1), {
    class: "room-main",
  });
  const moves = element("div", { class: "room-moves" }, back, next);
  const node = element("div", {}, way, dots, buttons.node, why, hint, moves);

  /** @param {number} index */
  function choose(index) {
    given = given.map((choice, i) => i === at ? index : choice);
    answer(isOne() ? index : given);
    draw();
  }

  /** @param {number} by */
  function move(by) {
    at = Math.min(questions.length - 1, Math.max(0, at + by));
    draw();
    scrollTo(0, 0);
  }

  const isOne = () => questions.length === 1;

  function draw() {
    if (!now) return;
    const { question, choices } = questions[at];
    buttons.write(question, choices);
    for (const part of [way, dots, moves]) part.hidden = isOne();
    if (isOne()) drawOne(now);
    else drawWay(now.phase !== "open");
  }

  /** @param {AnyQuestion} moment */
  function drawOne(moment) {
    const { revealed: hidden, round } = moment;
    const first = /** @type {number | null} */ (moment.first ?? null);
    const isOff = moment.phase !== "open";
    const chosen = given[0] ?? (isOff ? first : null);
    const before = round > 1 ? first : null;
    buttons.mark({ isOff, chosen, before, right: hidden?.right });
    setText(why, hidden ? hidden.why[hidden.right[0]] ?? "" : "");
    setText(hint, hidden || !hintKey ? "" : tell(hintKey(moment)));
  }

  /** Where one is among several. @param {boolean} isOff */
  function drawWay(isOff) {
    setText(way, tell("ten_way", { n: at + 1, m: questions.length }));
    dots.replaceChildren(
      ...given.map((choice, i) =>
        element("i", { "data-at": i === at, "data-given": choice !== null })
      ),
    );
    buttons.mark({ isOff, chosen: given[at] });
    const isLast = at === questions.length - 1;
    setText(back, tell("ten_back"));
    setText(next, tell(given[at] === null ? "ten_skip" : "ten_next"));
    back.setAttribute("aria-disabled", String(at === 0));
    next.hidden = isLast;
    const left = given.filter((choice) => choice === null).length;
    setText(hint, isLast ? tell(left ? "ten_left" : "ten_done", { n: left }) : "");
  }

  /** @param {AnyQuestion} moment */
  function show(moment) {
    now = moment;
    const { shown } = moment.step;
    questions = "questions" in shown ? shown.questions : [shown];
    const yours = moment.yours ?? null;
    if (typeof yours === "number" || isOne()) {
      given = [/** @type {number | null} */ (yours)];
    } else if (!isBegun) {
      given = yours ?? questions.map(() => null);
      const open = given.indexOf(null);
      at = open < 0 ? questions.length - 1 : open;
    }
    isBegun = true;
    draw();
  }
  return { node, show, given: () => given };
}
