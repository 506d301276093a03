// A quiz on a phone: guess, talk, guess again, and hear why.

import { showOnPhones } from "../../web/kinds.js";
import { questionOnPhone } from "../../web/parts/question_phone.js";

/** @import { AnyQuestion } from "../../web/parts/question_phone.js" */

/** @param {AnyQuestion} moment */
function hintKey({ phase, round }) {
  if (phase !== "open") return "guess_talk";
  return round > 1 ? "guess_again" : "guess_first";
}

showOnPhones("guess", (place) => questionOnPhone(place, hintKey));
