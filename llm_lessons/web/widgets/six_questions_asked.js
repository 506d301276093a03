// One of the six questions, to be answered: a sentence, answers to judge, or choices.

import { control, element, newId } from "../lib/dom.js";

/** @typedef {string | number | (boolean | null)[] | null} Said */
/** @typedef {{ asked: string, answer: string, right: boolean, why: string }} Judged */
/**
 * A question in one's own words has neither `answers`, each to be used or checked, nor
 * `choices`.
 * @typedef {{ name: string, question: string, why?: string, answers?: Judged[],
 *   choices?: string[], right?: number }} Question
 */
/** @typedef {(said: Said) => void} Give */

const MOST_LETTERS = 200; // of a sentence, as in a room
export const JUDGEMENTS = /** @type {const} */ ([["I use it", true], [
  "I check it",
  false,
]]);

/** Whether a question is answered, all parts of it. @param {Said | undefined} said */
export function isGiven(said) {
  return Array.isArray(said) ? !said.includes(null) : (said ?? "") !== "";
}

/**
 * @param {string} group @param {string} name @param {boolean} isChosen
 * @param {() => void} choose
 */
function option(group, name, isChosen, choose) {
  const input = control("input", { type: "radio", name: group });
  input.checked = isChosen;
  input.addEventListener("change", choose);
  return element("label", { class: "ll-six-option" }, input, element("span", {}, name));
}

/** @param {Said | undefined} said @param {Give} give */
function sentence(said, give) {
  const id = newId();
  const label = element("label", { for: id }, "Your sentence");
  const field = control("textarea", { id, rows: 3, maxlength: MOST_LETTERS });
  field.value = typeof said === "string" ? said : "";
  field.addEventListener("input", () => give(field.value.trim() || null));
  return [label, field];
}

/** @param {Judged[]} answers @param {Said | undefined} said @param {Give} give */
function judging(answers, said, give) {
  const judged = answers.map((_, at) => Array.isArray(said) ? said[at] ?? null : null);
  return answers.map(({ asked, answer }, at) => {
    const group = newId();
    const options = JUDGEMENTS.map(([name, uses]) =>
      option(group, name, judged[at] === uses, () => {
        judged[at] = uses;
        give([...judged]);
      })
    );
    return element(
      "fieldset",
      {},
      element("legend", {}, ...quoted(asked, answer)),
      element("div", { class: "ll-six-two" }, ...options),
    );
  });
}

/**
 * What a chatbot was asked, and answered.
 * @param {string} asked @param {string} answer
 */
export function quoted(asked, answer) {
  const line = { class: "ll-six-line" };
  return [
    element("span", line, "Asked:", " ", asked),
    element("span", line, "It answered:", " ", element("strong", {}, answer)),
  ];
}

/**
 * Where it is answered, and its text, which takes the focus.
 * @param {Question} question @param {Said | undefined} said @param {Give} give
 */
export function pageOf({ question, answers, choices }, said, give) {
  const id = newId();
  const head = control("p", { id, class: "ll-question", tabindex: "-1" }, question);
  const group = newId();
  const role = { role: choices ? "radiogroup" : "group", "aria-labelledby": id };
  const parts = choices
    ? choices.map((name, at) => option(group, name, said === at, () => give(at)))
    : answers
    ? judging(answers, said, give)
    : sentence(said, give);
  const fields = element("div", { class: "ll-six-fields", ...role }, ...parts);
  return { node: element("div", {}, head, fields), head };
}
