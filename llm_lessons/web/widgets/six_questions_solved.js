// What was answered before the lessons and after them, side by side, what is right, and
// why.

import { control, element } from "../lib/dom.js";
import { JUDGEMENTS, quoted } from "./six_questions_asked.js";

/** @import { Question, Said } from "./six_questions_asked.js" */
/** @typedef {Record<string, Said>} Answers */
/** What was said when, of all questions. @typedef {[string, Answers][]} Sides */

const NONE = "no answer";

/** @param {Question} question @param {Said | undefined} said */
function isRight({ answers, right }, said) {
  const key = answers ? answers.map((one) => one.right) : right;
  return JSON.stringify(said) === JSON.stringify(key);
}

/**
 * A column for each time: when, a mark for an answer, and what was said.
 * @param {[string, string | null, boolean | null][]} columns
 * @param {object} [look] attributes of what was said
 */
function beside(columns, look = {}) {
  return element(
    "div",
    { class: "ll-six-sides" },
    ...columns.map(([when, text, isGood]) => {
      const what = element("span", text === null ? {} : { ...look }, text ?? NONE);
      const node = element("p", {}, element("span", { class: "ll-six-when" }, when));
      if (text !== null && isGood !== null) {
        const [sign, name] = isGood ? ["✓", "Right"] : ["✗", "Not right"];
        const mark = element("strong", { "data-right": isGood }, `${sign} `);
        mark.append(element("span", {}, name));
        node.append(mark);
      }
      node.append(what);
      return node;
    }),
  );
}

/** @param {string} label @param {string} text */
const labelled = (label, text) =>
  element("p", {}, element("strong", {}, label), " ", element("span", {}, text));

/** @param {Question} question @param {Sides} sides */
function solution(question, sides) {
  const { name, choices, answers, right, why = "" } = question;
  const head = element("p", { class: "ll-question" }, question.question);
  if (answers) {
    const rows = answers.map((one, at) => {
      const told = sides.map(([when, said]) => {
        const judged = /** @type {(boolean | null)[] | null} */ (said[name])?.[at];
        const text = JUDGEMENTS.find(([, uses]) => uses === judged)?.[0] ?? null;
        return /** @type {[string, string | null, boolean]} */ (
          [when, text, judged === one.right]
        );
      });
      const reason = element("p", { class: "ll-six-why" }, one.why);
      const line = element("p", {}, ...quoted(one.asked, one.answer));
      return element("li", {}, line, beside(told), reason);
    });
    return element("li", {}, head, element("ul", {}, ...rows));
  }
  if (!choices) {
    const told = sides.map((
      [when, said],
    ) => /** @type {[string, string | null, null]} */ ([
      when,
      said[name] ? String(said[name]) : null,
      null,
    ]));
    const own = { translate: "no" };
    return element(
      "li",
      {},
      head,
      beside(told, own),
      labelled("One good answer:", why),
    );
  }
  const told = sides.map((
    [when, said],
  ) => /** @type {[string, string | null, boolean]} */ ([
    when,
    choices[Number(said[name] ?? -1)] ?? null,
    isRight(question, said[name]),
  ]));
  const key = told.every(([, , isGood]) => isGood)
    ? []
    : [labelled("Right is:", choices[Number(right)])];
  const reason = element("p", { class: "ll-six-why" }, why);
  return element("li", {}, head, beside(told), ...key, reason);
}

/**
 * Draw it, and give back what takes the focus.
 * @param {Question[]} asked @param {{ before?: Answers, after: Answers }} said
 * @param {HTMLElement} place
 */
export function solved(asked, { before, after }, place) {
  /** @type {Sides} */
  const sides = before ? [["Before", before], ["Now", after]] : [["Now", after]];
  const judged = asked.filter(({ answers, choices }) => answers || choices);
  const score = sides.map(([when, said]) => {
    const good = judged.filter((one) => isRight(one, said[one.name])).length;
    return `${when}: ${good} of ${judged.length} right.`;
  });
  const head = control("p", { class: "ll-question", tabindex: "-1" }, score.join(" "));
  const list = element("ol", {}, ...asked.map((one) => solution(one, sides)));
  place.replaceChildren(head, list);
  return head;
}
