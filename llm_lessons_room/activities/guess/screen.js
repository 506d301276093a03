// A quiz on the screen: a bar for each choice, before the talk and after it.

import { showOnScreens } from "../../web/kinds.js";
import { questionOnScreen } from "../../web/parts/question_screen.js";

/** @import { QuestionMoment } from "../../web/parts/question_phone.js" */

/** @param {QuestionMoment} moment */
function hintKey({ phase, round }) {
  if (phase === "shown") return "guess_talk";
  return round > 1 ? "guess_again" : "";
}

showOnScreens("guess", (place) => questionOnScreen(place, hintKey));
