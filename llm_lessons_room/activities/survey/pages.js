// What a phone shows of the six questions: a field for a sentence, answers to judge,
// the three words of another evening, and at the end what was right.

import {
  control,
  element,
  newId,
  pushButton,
  setText,
} from "../../../llm_lessons/web/lib/dom.js";
import { isRight } from "./answers.js";
import { codeIn, keptCode, takeCode, takeNewCode } from "./code.js";

/** @import { Tell } from "../../web/words.js" */
/** @import { Answers, Question, SurveyHidden } from "./answers.js" */

const LONGEST_SENTENCE = 200; // letters, as the server has it (`rules.py`)

/** A sentence of one's own. @param {Tell} tell @param {(text: string) => void} give */
export function sentenceField(tell, give) {
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
export function judgedAnswers(tell, judge) {
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
export function codeForm(tell, goOn) {
  const id = newId();
  const label = element("label", { for: id });
  const field = control("input", { id, autocomplete: "off", autocapitalize: "none" });
  const bad = element("p", { class: "room-note", role: "alert" });
  const take = control("button", { class: "ll-great" });
  const none = pushButton("", () => {
    takeNewCode(); // what this phone has kept is somebody else's
    goOn();
  });
  const node = element("form", {}, label, field, bad, take, none);
  field.value = keptCode();
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
export function solution(
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
