// A quiz: guess, talk, guess again, and hear why.

import { element, setText } from "../../../llm_lessons/web/lib/dom.js";
import { showOnPhones } from "../../web/kinds.js";
import { choiceButtons } from "../../web/parts/choices.js";

/** @import { Place } from "../../web/moment.js" */
/** @import { PlayedMoment } from "../../web/parts/stage.js" */
/**
 * `before` and `after`: phones by choice. `both`: phones that chose in both rounds;
 * `changed`: those of them that chose another one.
 * @typedef {{ question: string, choices: string[] }} GuessShown
 * @typedef {{ right: number[], why: string[] }} GuessHidden
 * @typedef {{ answered?: number, before?: number[], after?: number[], both?: number,
 *   changed?: number }} GuessTally
 * @typedef {PlayedMoment<GuessShown, GuessHidden, number, GuessTally>} GuessMoment
 */

/**
 * A question that is asked twice.
 * @param {Place} place @param {(moment: GuessMoment) => string} hintKey what is said
 *   below it until the right answer is
 */
export function questionOnPhone({ tell, answer }, hintKey) {
  /** @type {GuessMoment | null} */
  let now = null;
  const buttons = choiceButtons(tell, (index) => {
    answer(index);
    draw(index);
  });
  const hint = element("p", { class: "room-note" });
  const why = element("p", { class: "room-why" });
  const node = element("div", {}, buttons.node, why, hint);

  /** @param {number | null} chosen */
  function draw(chosen) {
    if (!now) return;
    const { revealed: hidden, first = null, round } = now;
    const isOff = now.phase !== "open";
    const last = chosen ?? (isOff ? first : null);
    const before = round > 1 ? first : null;
    buttons.mark({ isOff, chosen: last, before, right: hidden?.right });
    setText(why, hidden ? hidden.why[hidden.right[0]] ?? "" : "");
    setText(hint, hidden ? "" : tell(hintKey(now)));
  }

  /** @param {GuessMoment} moment */
  function show(moment) {
    now = moment;
    const { question, choices } = moment.step.shown;
    buttons.write(question, choices);
    draw(moment.yours ?? null);
  }
  return { node, show };
}

/** @param {GuessMoment} moment */
function hintKey({ phase, round }) {
  if (phase !== "open") return "guess_talk";
  return round > 1 ? "guess_again" : "guess_first";
}

showOnPhones("guess", (place) => questionOnPhone(place, hintKey));
