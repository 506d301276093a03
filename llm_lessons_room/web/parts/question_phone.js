// A question with choices on a phone.

import { element, setText } from "../../../llm_lessons/web/lib/dom.js";
import { choiceButtons } from "./choices.js";

/** @import { Context } from "../moment.js" */
/** @import { RightOf, Votes } from "./right_share.js" */
/** @import { PlayedMoment } from "./stage.js" */
/**
 * `both`: phones that answered both times; `changed`: those of them that chose
 * something else. `halves`: of the second round, without a note and with it.
 * @typedef {{ answered: number, before?: Votes, after?: Votes, both?: number,
 *   changed?: number, halves?: RightOf[] }} QuestionTally
 * @typedef {{ question: string, choices: string[] }} Question
 * @typedef {{ right: number[], why: string[] }} QuestionHidden
 */
/**
 * @template {QuestionHidden} [Hidden=QuestionHidden]
 * @typedef {PlayedMoment<Question, Hidden, number, QuestionTally>} QuestionMoment
 */

/**
 * @param {Context} context
 * @param {(moment: QuestionMoment) => string} hintKey what is said below the question
 *   until it is told what is right
 */
export function questionOnPhone({ tell, answer }, hintKey) {
  /** @type {QuestionMoment | null} */
  let now = null;
  const buttons = choiceButtons(tell, (index) => {
    answer(index);
    if (now) show({ ...now, yours: index });
  });
  const [why, hint] = ["why", "note"].map((name) =>
    element("p", { class: `room-${name}` })
  );
  const node = element("div", {}, buttons.node, why, hint);

  /** @param {QuestionMoment} moment */
  function show(moment) {
    now = moment;
    const { revealed: hidden, round, phase, step: { shown } } = moment;
    const first = moment.first ?? null;
    const isOff = phase !== "open";
    const chosen = moment.yours ?? (isOff ? first : null);
    const before = round > 1 ? first : null;
    buttons.write(shown.question, shown.choices);
    buttons.mark({ isOff, chosen, before, right: hidden?.right });
    setText(why, hidden ? hidden.why[hidden.right[0]] ?? "" : "");
    setText(hint, hidden ? "" : tell(hintKey(moment)));
  }
  return { node, show };
}
