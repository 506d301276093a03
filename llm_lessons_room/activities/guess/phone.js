// A quiz on a phone: guess, talk, guess again, and hear why.

import { registerPhone } from "../../web/kinds.js";
import { questionOnPhone } from "../../web/parts/question_phone.js";

/** @import { QuestionMoment } from "../../web/parts/question_phone.js" */

/** @param {QuestionMoment} moment */
function hintKey({ phase, round }) {
  if (phase !== "open") return "guess_talk";
  return round > 1 ? "guess_again" : "guess_first";
}

registerPhone("guess", (place) => questionOnPhone(place, hintKey));
