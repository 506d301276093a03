// The six questions on a phone, one at a time, and at the end what was right.

import {
  control,
  element,
  newId,
  pushButton,
  setText,
} from "../../../llm_lessons/web/lib/dom.js";
import { registerPhone } from "../../web/kinds.js";
import { saveOwn, scoreInWords } from "../../web/keepsake.js";
import { choiceButtons } from "../../web/parts/choices.js";
import { isGiven, isRight, scoreOf } from "./answers.js";
import { codeIn, ownCode, takeCode } from "./code.js";
import "./phone.css" with { type: "text" };

/** @import { Context } from "../../web/moment.js" */
/** @import { Tell } from "../../web/words.js" */
/** @import { Answers, OneAnswer, Question, SurveyHidden } from "./answers.js" */
/** @import { SurveyMoment } from "./answers.js" */

const LONGEST_SENTENCE = 200; // letters, as the server has it (`rules.py`)

/** A sentence of one's own. @param {Tell} tell @param {(text: string) => void} give */
function sentenceField(tell, give) {
  const id = newId();
  const asked = element("h2", { class: "room-question" });
  const label = element("label", { for: id });
  const field = control("textarea", { id, rows: "4", maxlength: LONGEST_SENTENCE });
  field.addEventListener("input", () => give(field.value.trim()));
  const node = element("div", {}, asked, label, field);
  /** @param {string} question @param {string} text */
  function show(question, text) {
    setText(asked, question);
    setText(label, tell("survey_write"));
    if (document.activeElement !== field) field.value = text;
  }
  return { node, show };
}

/** Answers of a chatbot, each to be used or checked.
 * @param {Tell} tell @param {(at: number, uses: boolean) => void} judge */
function judgedAnswers(tell, judge) {
  const asked = element("h2", { class: "room-question" });
  const list = element("ol", { class: "room-judged" });
  const node = element("div", {}, asked, list);
  /** @type {HTMLButtonElement[][]} */
  let rows = [];

  /** @param {{ asked: string, answer: string }} one @param {number} at */
  function row(one, at) {
    const said = element("p", {}, `${tell("survey_asked")} ${one.asked}`);
    const answer = element("p", {}, `${tell("survey_wrote")} `);
    answer.append(element("b", {}, one.answer));
    const buttons = ["survey_use", "survey_check"].map((key, i) =>
      pushButton(tell(key), () => judge(at, i === 0), {
        "aria-label": `${tell(key)}: ${one.answer}`,
      })
    );
    rows.push(buttons);
    const moves = element("div", { class: "room-moves" }, ...buttons);
    return element("li", {}, said, answer, moves);
  }

  /** @param {Question} question @param {(boolean | null)[]} judged */
  function show({ question, answers = [] }, judged) {
    setText(asked, question);
    if (rows.length !== answers.length) {
      rows = [];
      list.replaceChildren(...answers.map(row));
    }
    rows.forEach((buttons, at) =>
      buttons.forEach((button, i) =>
        button.setAttribute("aria-pressed", String(judged[at] === (i === 0)))
      )
    );
  }
  return { node, show };
}

/** Asks for the three words of another evening, once.
 * @param {Tell} tell @param {() => void} goOn */
function codeForm(tell, goOn) {
  const id = newId();
  const label = element("label", { for: id });
  const field = control("input", { id, autocomplete: "off", autocapitalize: "none" });
  const bad = element("p", { class: "room-note", role: "alert" });
  const take = control("button", { class: "ll-great" });
  const none = pushButton("", goOn);
  const node = element("form", {}, label, field, bad, take, none);
  field.value = ownCode().replaceAll("-", " ");
  node.addEventListener("submit", (event) => {
    event.preventDefault();
    const code = codeIn(field.value);
    setText(bad, code ? "" : tell("survey_code_bad"));
    if (!code) return;
    takeCode(code);
    goOn();
  });
  setText(label, tell("survey_code_asked"));
  setText(take, tell("survey_code_take"));
  setText(none, tell("survey_code_none"));
  return node;
}

/** One question, what was said and what is right.
 * @param {Question} question @param {number} i
 * @param {Answers} given @param {Answers | undefined} before
 * @param {SurveyHidden} hidden @param {Tell} tell */
function solution(
  { name, question, choices, answers = [] },
  i,
  given,
  before,
  hidden,
  tell,
) {
  const [right, why] = [hidden.right[name], hidden.why[name]];
  const said = given[name] ?? null;
  const parts = [element("p", {}, `${i + 1}. ${question}`)];
  const add = (/** @type {string} */ text) => parts.push(element("p", {}, text));
  const soft = (/** @type {string} */ text) =>
    parts.push(element("p", { class: "room-soft" }, text));
  if (right === undefined) {
    if (before?.[name]) add(tell("survey_said_before", { name: String(before[name]) }));
    add(tell("survey_said", { name: String(said ?? "") || tell("survey_none") }));
    soft(why);
    return element("li", {}, ...parts);
  }
  const good = isRight(said, right);
  const words = good ? `✓ ${tell("survey_right")}` : `✗ ${tell("survey_wrong")}`;
  const verdict = { "data-verdict": good ? "right" : "wrong" };
  parts.push(element("p", {}, element("b", verdict, words)));
  if (choices) {
    const own = said === null ? tell("survey_none") : choices[Number(said)];
    if (!good) add(tell("survey_said", { name: own }));
    add(tell("survey_answer", { name: choices[Number(right)] }));
    soft(why);
  }
  answers.forEach(({ answer }, at) => {
    const use = /** @type {boolean[]} */ (right)[at];
    const mine = /** @type {(boolean | null)[]} */ (said ?? [])[at];
    const mark = mine === use ? "✓" : "✗";
    const name = answer.replace(/\.$/, "");
    add(`${mark} ${tell(use ? "survey_to_use" : "survey_to_check", { name })}`);
    soft(why[at]);
  });
  return element("li", {}, ...parts);
}

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
