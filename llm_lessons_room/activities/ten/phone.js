// Ten questions, one at a time; the whole list is sent with each answer.

import { element, pushButton, setText } from "../../../llm_lessons/web/lib/dom.js";
import { showOnPhones } from "../../web/kinds.js";
import { keepOwn, scoreInWords } from "../../web/keepsake.js";
import { choiceButtons } from "../../web/parts/choices.js";

/** @import { Place } from "../../web/moment.js" */
/** @import { PlayedMoment } from "../../web/parts/stage.js" */
/** @import { Side } from "../../web/parts/right_share.js" */
/**
 * `before` and `after`: how many were right. `paired`: phones that answered both times,
 * and what they have gained in the mean. `each`: the share of right answers, by
 * question.
 * @typedef {{ question: string, choices: string[] }} TenQuestion
 * @typedef {{ when: "before" | "after", questions: TenQuestion[] }} TenShown
 * @typedef {{ right: number[], why: string[] }} TenHidden
 * @typedef {(number | null)[]} TenAnswers
 * @typedef {{ answered?: number, before?: Side, after?: Side,
 *   paired?: { n: number, gain: number | null },
 *   each?: { before: number | null, after: number | null }[] }} TenTally
 * @typedef {PlayedMoment<TenShown, TenHidden, TenAnswers, TenTally>} TenMoment
 */

/** @param {TenAnswers} given @param {number[]} right */
function rightOnes(given, right) {
  return given.filter((one, i) => one === right[i]).length;
}

/** One question after the other, and where one is among them. @param {Place} place */
function tenQuestions({ tell, answer }) {
  /** @type {TenQuestion[]} */
  let questions = [];
  /** @type {TenAnswers} */
  let given = [];
  let [at, isBegun, isOff] = [0, false, true];
  const way = element("p", { class: "room-way", "aria-live": "polite" });
  const buttons = choiceButtons(tell, (index) => {
    given = given.map((one, i) => i === at ? index : one);
    answer(given);
    draw();
  });
  const back = pushButton("", () => at > 0 && move(-1));
  const next = pushButton("", () => at < questions.length - 1 && move(1), {
    class: "room-main",
  });
  const dots = element("p", { class: "room-dots-row", "aria-hidden": "true" });
  const moves = element("div", { class: "room-moves" }, back, next);
  const done = element("p", { class: "room-note" });
  const node = element("div", {}, way, dots, buttons.node, done, moves);

  /** @param {number} by */
  function move(by) {
    at = Math.min(questions.length - 1, Math.max(0, at + by));
    draw();
    scrollTo(0, 0);
  }

  function draw() {
    const { question = "", choices = [] } = questions[at] ?? {};
    setText(way, tell("ten_way", { n: at + 1, m: questions.length }));
    dots.replaceChildren(
      ...given.map((one, i) =>
        element("i", { "data-at": i === at, "data-given": one !== null })
      ),
    );
    buttons.write(question, choices);
    buttons.mark({ isOff, chosen: given[at] ?? null });
    const isLast = at === questions.length - 1;
    setText(back, tell("ten_back"));
    setText(next, tell(given[at] === null ? "ten_skip" : "ten_next"));
    back.setAttribute("aria-disabled", String(at === 0));
    next.hidden = isLast;
    const left = given.filter((one) => one === null).length;
    const key = left ? "ten_left" : "ten_done";
    setText(done, isLast ? tell(key, { n: left }) : "");
  }

  /**
   * @param {TenShown} shown @param {TenAnswers | null | undefined} yours
   * @param {boolean} off
   */
  function show(shown, yours, off) {
    questions = shown.questions;
    isOff = off;
    if (!isBegun) {
      given = yours ?? questions.map(() => null);
      const open = given.indexOf(null);
      at = open < 0 ? questions.length - 1 : open;
    }
    isBegun = true;
    draw();
  }
  return { node, show, given: () => given };
}

/** @param {TenQuestion} asked @param {number} i
 * @param {number | null} yours @param {TenHidden} hidden @param {Place["tell"]} tell */
function solution({ question, choices }, i, yours, { right, why }, tell) {
  const isRight = yours === right[i];
  const verdict = isRight ? "right" : "wrong";
  const words = isRight ? `✓ ${tell("ten_right")}` : `✗ ${tell("ten_wrong")}`;
  const mark = element("b", { "data-verdict": verdict }, words);
  const said = yours === null ? tell("ten_none") : choices[yours];
  const parts = [element("p", {}, `${i + 1}. ${question}`), element("p", {}, mark)];
  if (!isRight) parts.push(element("p", {}, tell("ten_said", { name: said })));
  parts.push(element("p", {}, tell("ten_answer", { name: choices[right[i]] })));
  if (why?.[i]) parts.push(element("p", { class: "room-soft" }, why[i]));
  return element("li", {}, ...parts);
}

/** @param {Place} place */
export function tenOnPhone(place) {
  const { tell } = place;
  const questions = tenQuestions(place);
  const score = element("p", { class: "room-text" });
  const list = element("ol", { class: "room-solutions" });
  const node = element("div", {}, questions.node, score, list);

  /** @param {TenMoment} moment */
  function show({ phase, step: { shown }, revealed: hidden, yours, first }) {
    const isOff = phase !== "open";
    questions.node.hidden = isOff;
    questions.show(shown, yours, isOff);
    list.replaceChildren();
    if (!isOff) setText(score, "");
    else if (!hidden) setText(score, tell("ten_thanks"));
    else {
      const given = questions.given();
      const of = shown.questions.length;
      const before = first ? rightOnes(first, hidden.right) : null;
      const own = { before, after: rightOnes(given, hidden.right), of };
      keepOwn("score", own);
      setText(score, scoreInWords(own, tell));
      list.append(
        ...shown.questions.map((one, i) => solution(one, i, given[i], hidden, tell)),
      );
    }
  }
  return { node, show };
}

showOnPhones("ten", tenOnPhone);
