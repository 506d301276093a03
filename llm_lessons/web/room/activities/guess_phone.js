// A quiz: guess, talk, guess again, and hear why.

import { element, setText } from "../../lib/dom.js";
import { isOpen } from "../moment.js";
import { choiceButtons } from "./choices.js";

/** @import { Activity, Moment, Place } from "../moment.js" */
/** @typedef {{ question: string, choices: string[] }} GuessShown */
/** @typedef {{ right: number[], why: string[] }} GuessHidden */

/**
 * @param {Place} place
 * @returns {Activity}
 */
export function guessOnPhone({ tell, answer }) {
  /** @type {Moment | null} */
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
    const hidden = /** @type {GuessHidden | null} */ (now.revealed ?? null);
    const first = /** @type {number | null} */ (now.first ?? null);
    const before = now.round > 1 ? first : null;
    const last = chosen ?? (isOpen(now) ? null : first);
    buttons.mark({
      isOff: !isOpen(now),
      chosen: last,
      before,
      right: hidden?.right ?? null,
    });
    setText(why, hidden ? hidden.why[hidden.right[0]] ?? "" : "");
    setText(hint, hidden ? "" : tell(hintKey(now)));
  }

  return {
    node,
    show(moment) {
      now = moment;
      const { question, choices } = /** @type {GuessShown} */ (moment.step.shown);
      buttons.write(question, choices);
      draw(/** @type {number | null} */ (moment.yours ?? null));
    },
  };
}

/** @param {Moment} moment */
function hintKey(moment) {
  if (!isOpen(moment)) return "guess_talk";
  return moment.round > 1 ? "guess_again" : "guess_first";
}
