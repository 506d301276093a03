// A game with cards, on a phone: what to do, and a button in place of dice.

import { element, pushButton } from "../../../llm_lessons/web/lib/dom.js";
import { showOnPhones } from "../../web/kinds.js";
import { phoneStage, showIf } from "../../web/parts/stage.js";
import { textOnPhone } from "../talk/phone.js";
import { realCoin } from "../../web/parts/weighed.js";
import "./phone.css" with { type: "text" };

/** @import { Place } from "../../web/moment.js" */
/** @import { TextMoment } from "../talk/phone.js" */

const NUMBERS = 100; // from 00 to 99, as on the cards

/** @param {number} coin from 0 up to 1 */
export function twoDigits(coin) {
  return String(Math.floor(NUMBERS * coin)).padStart(2, "0");
}

/** @param {Place} place */
export function gameOnPhone(place) {
  const text = textOnPhone(place);
  const rolled = element("p", { class: "ll-rolled", role: "status" });
  const roll = pushButton(place.tell("game_roll"), () => {
    rolled.replaceChildren(twoDigits(realCoin())); // told again, even if it is the same
  }, { class: "ll-great" });
  const node = phoneStage("game", text.node, roll, rolled);
  /** @param {TextMoment} moment */
  function show(moment) {
    text.show(moment);
    for (const one of [roll, rolled]) showIf(one, moment.step.shown.rolls === true);
  }
  return { node, show };
}

showOnPhones("game", gameOnPhone);
