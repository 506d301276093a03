// The six questions on a phone, one at a time, and at the end what was right.

import { element, pushButton, setText } from "../../../llm_lessons/web/lib/dom.js";
import { registerPhone } from "../../web/kinds.js";
import { saveOwn, scoreInWords } from "../../web/keepsake.js";
import { choiceButtons } from "../../web/parts/choices.js";
import { isGiven, scoreOf } from "./answers.js";
import { ownCode } from "./code.js";
import { codeForm, judgedAnswers, sentenceField, solution } from "./pages.js";
import "./phone.css" with { type: "text" };

/** @import { Context } from "../../web/moment.js" */
/** @import { Answers, OneAnswer, Question, SurveyMoment } from "./answers.js" */

/** @param {Context} context */
export function surveyOnPhone(context) {
  const { tell, answer } = context;
  /** @type {SurveyMoment | null} */
  let now = null;
  /** @type {Question[]} */
  let questions = [];
  /** @type {Answers} */
  let given = {};
  let [at, isBegun, knowsCode] = [0, false, false];
  const way = element("p", { class: "room-way", "aria-live": "polite" });
  const dots = element("p", { class: "room-dots-row", "aria-hidden": "true" });
  const sentence = sentenceField(tell, (text) => give(text || null));
  const judged = judgedAnswers(tell, (index, uses) => {
    const all = questions[at].answers ?? [];
    const before = /** @type {(boolean | null)[]} */ (given[questions[at].name]);
    give(all.map((_, i) => i === index ? uses : before?.[i] ?? null));
  });
  const choices = choiceButtons(tell, (index) => give(index));
  const hint = element("p", { class: "room-note" });
  const back = pushButton("", () => move(-1));
  const next = pushButton("", () => move(1), { class: "room-main" });
  const moves = element("div", { class: "room-moves" }, back, next);
  const pages = [sentence.node, judged.node, choices.node];
  const asking = element("div", {}, way, dots, ...pages, hint, moves);
  const code = codeForm(tell, () => {
    knowsCode = true;
    if (now) show(now);
  });
  const score = element("p", { class: "room-text" });
  const words = element("p", { class: "room-text" });
  const list = element("ol", { class: "room-solutions" });
  const node = element("div", {}, code, asking, score, list, words);

  /** @param {OneAnswer} value */
  function give(value) {
    given = { ...given, [questions[at].name]: value };
    answer({ code: ownCode(), answers: given });
    draw();
  }

  /** @param {number} by */
  function move(by) {
    const to = at + by;
    if (to < 0 || to >= questions.length) return;
    at = to;
    draw();
    scrollTo(0, 0);
  }

  function draw() {
    const question = questions[at];
    const said = given[question.name];
    setText(way, tell("survey_way", { n: at + 1, m: questions.length }));
    dots.replaceChildren(
      ...questions.map(({ name }, i) =>
        element("i", { "data-at": i === at, "data-given": isGiven(given[name]) })
      ),
    );
    choices.node.hidden = !question.choices;
    judged.node.hidden = !question.answers;
    sentence.node.hidden = Boolean(question.choices || question.answers);
    if (question.choices) {
      choices.write(question.question, question.choices);
      const chosen = typeof said === "number" ? said : null;
      choices.mark({ isOff: false, chosen });
    } else if (question.answers) {
      judged.show(question, Array.isArray(said) ? said : []);
    } else sentence.show(question.question, typeof said === "string" ? said : "");
    const isLast = at === questions.length - 1;
    setText(back, tell("survey_back"));
    setText(next, tell(isGiven(said) ? "survey_next" : "survey_skip"));
    back.setAttribute("aria-disabled", String(at === 0));
    next.hidden = isLast;
    const left = questions.filter(({ name }) => !isGiven(given[name])).length;
    const end = tell(left ? "survey_left" : "survey_done", { n: left });
    setText(hint, isLast ? end : "");
  }

  /** @param {SurveyMoment} moment */
  function solve({ step: { shown }, revealed, first, yours }) {
    if (!revealed) return setText(score, yours ? tell("survey_thanks") : "");
    const before = first?.answers;
    const own = {
      before: before ? scoreOf(before, revealed.right) : null,
      after: scoreOf(given, revealed.right),
      of: Object.keys(revealed.right).length,
    };
    const wasAsked = before || Object.values(given).some(isGiven);
    if (!wasAsked) return setText(score, ""); // who came late was asked nothing
    saveOwn("score", own);
    setText(score, scoreInWords(own, tell));
    setText(words, tell("survey_code", { name: ownCode().replaceAll("-", " · ") }));
    list.append(
      ...shown.questions.map((question, i) =>
        solution(question, i, given, before, revealed, tell)
      ),
    );
  }

  /** @param {SurveyMoment} moment */
  function show(moment) {
    now = moment;
    const { phase, yours, step: { shown } } = moment;
    const isOff = phase !== "open";
    questions = shown.questions;
    if (!isBegun) {
      given = yours?.answers ?? {};
      knowsCode = shown.when !== "later" || Boolean(yours);
      const open = questions.findIndex(({ name }) => !isGiven(given[name]));
      at = open < 0 ? questions.length - 1 : open;
    }
    isBegun = true;
    code.hidden = isOff || knowsCode;
    asking.hidden = isOff || !knowsCode;
    list.replaceChildren();
    for (const part of [score, words]) setText(part, "");
    if (isOff) solve(moment);
    else draw();
  }
  return { node, show };
}

registerPhone("survey", surveyOnPhone);
