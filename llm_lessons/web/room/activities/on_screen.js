// What the screen shows, by the kind of a step.

import { bookOnScreen } from "./book_screen.js";
import { coinOnScreen } from "./coin_screen.js";
import { marblesOnScreen } from "./marbles_screen.js";
import { nextWordOnScreen } from "./next_word_screen.js";
import { storiesOnScreen } from "./stories_screen.js";
import { guessOnScreen } from "./guess_screen.js";
import { temperatureOnScreen } from "./temperature_screen.js";
import { tenOnScreen } from "./ten_screen.js";
import { trainTogetherOnScreen } from "./train_together_screen.js";
import { breakOnScreen, figureOnScreen, textOnScreen } from "./text_screen.js";

/** @import { MakeActivity } from "../moment.js" */

/**
 * Each knows the moments of its own kind, and only those come to it.
 * @type {Record<string, unknown>}
 */
const SCREEN_KINDS = {
  say: textOnScreen,
  remember: textOnScreen,
  game: textOnScreen,
  figure: figureOnScreen,
  break: breakOnScreen,
  guess: guessOnScreen,
  temperature: temperatureOnScreen,
  ten: tenOnScreen,
  coin: coinOnScreen,
  next_word: nextWordOnScreen,
  stories: storiesOnScreen,
  train_together: trainTogetherOnScreen,
  marbles: marblesOnScreen,
  book: bookOnScreen,
};

/**
 * @param {string} kind one that this page does not know shows its text, if it has any
 * @returns {MakeActivity}
 */
export function onScreen(kind) {
  return /** @type {MakeActivity} */ (SCREEN_KINDS[kind] ?? textOnScreen);
}
