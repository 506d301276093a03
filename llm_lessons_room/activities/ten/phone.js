// Ten questions on a phone, and at the end what was right.

import { element, setText } from "../../../llm_lessons/web/lib/dom.js";
import { registerPhone } from "../../web/kinds.js";
import { saveOwn, scoreInWords } from "../../web/keepsake.js";
import { questionOnPhone } from "../../web/parts/question_phone.js";

/** @import { Context } from "../../web/moment.js" */
/** @import { Answers, Question } from "../../web/parts/question_phone.js" */
/** @import { QuestionHidden } from "../../web/parts/question_phone.js" */
/** @import { QuestionMoment, Questions } from "../../web/parts/question_phone.js" */
/** @typedef {QuestionMoment<Questions & { when: "before" | "after" }>} TenMoment */

/** @param {Answers} given @param {number[]} right */
function rightOnes(given, right) {
  return given.filter((choice, i) => choice === right[i]).length;
}

/** @param {Question} asked @param {number} i
 * @param {number | null} yours @param {QuestionHidden} hidden
 * @param {Context["tell"]} tell */
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

/** @param {Context} context */
export function tenOnPhone(context) {
  const { tell } = context;
  const questions = questionOnPhone(context);
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
      const wasAsked = first || given.some((choice) => choice !== null);
      if (wasAsked) saveOwn("score", own); // who came late has no score
      setText(score, wasAsked ? scoreInWords(own, tell) : "");
      list.append(
        ...shown.questions.map((question, i) =>
          solution(question, i, given[i], hidden, tell)
        ),
      );
    }
  }
  return { node, show };
}

registerPhone("ten", tenOnPhone);
