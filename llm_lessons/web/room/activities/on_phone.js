// What a phone shows, by the kind of a step.

import { bookOnPhone } from "./book_phone.js";
import { coinOnPhone } from "./coin_phone.js";
import { gameOnPhone } from "./game_phone.js";
import { marblesOnPhone } from "./marbles_phone.js";
import { nextWordOnPhone } from "./next_word_phone.js";
import { storiesOnPhone } from "./stories_phone.js";
import { guessOnPhone } from "./guess_phone.js";
import { temperatureOnPhone } from "./temperature_phone.js";
import { tenOnPhone } from "./ten_phone.js";
import { trainTogetherOnPhone } from "./train_together_phone.js";
import {
  breakOnPhone,
  figureOnPhone,
  textOnPhone,
  waitingOnPhone,
} from "./text_phone.js";

/** @import { MakeActivity } from "../moment.js" */

/**
 * Each knows the moments of its own kind, and only those come to it.
 * @type {Record<string, unknown>}
 */
const PHONE_KINDS = {
  say: textOnPhone,
  remember: textOnPhone,
  game: gameOnPhone,
  figure: figureOnPhone,
  break: breakOnPhone,
  guess: guessOnPhone,
  temperature: temperatureOnPhone,
  ten: tenOnPhone,
  coin: coinOnPhone,
  next_word: nextWordOnPhone,
  stories: storiesOnPhone,
  train_together: trainTogetherOnPhone,
  marbles: marblesOnPhone,
  book: bookOnPhone,
};

/**
 * A kind that this page does not know has the phone wait: the screen may know it.
 * @param {string} kind
 * @returns {MakeActivity}
 */
export function onPhone(kind) {
  return /** @type {MakeActivity} */ (PHONE_KINDS[kind] ?? waitingOnPhone);
}
