// Ten questions on a phone, and at the end what was right.

import { element, setText } from "../../../llm_lessons/web/lib/dom.js";
import { showOnPhones } from "../../web/kinds.js";
import { keepOwn, scoreInWords } from "../../web/keepsake.js";
import { questionOnPhone } from "../../web/parts/question_phone.js";

/** @import { Place } from "../../web/moment.js" */
/** @import { Answers, Question } from "../../web/parts/question_phone.js" */
/** @import { QuestionHidden } from "../../web/parts/question_phone.js" */
/** @import { QuestionMoment, Questions } from "../../web/parts/question_phone.js" */
/** @typedef {QuestionMoment<Questions & { when: "before" | "after" }>} TenMoment */

/** @param {Answers} given @param {number[]} right */
function rightOnes(given, right) {
  return given.filter((one, i) => one === right[i]).length;
}

/** @param {Question} asked @param {number} i
 * @param {number | null} yours @param {QuestionHidden} hidden
 * @param {Place["tell"]} tell */
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
  const questions = questionOnPhone(place);
  const score = element("p", { class: "room-text" });
  const list = element("ol", { class: "room-solutions" });
  const node = element("div", {}, questions.node, score, list);

  /** @param {TenMoment} moment */
  function show(moment) {
    const { phase, step: { shown }, revealed: hidden, first } = moment;
    const isOff = phase !== "open";
    questions.node.hidden = isOff;
    questions.show(moment);
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
