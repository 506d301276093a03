// A page for one activity of a room, without its shell: made-up moments are shown, and
// what it answers is kept. `globalThis.stage` is what a test holds.

import { bookOnPhone } from "../../llm_lessons/web/room/activities/book_phone.js";
import { bookOnScreen } from "../../llm_lessons/web/room/activities/book_screen.js";
import { coinOnPhone } from "../../llm_lessons/web/room/activities/coin_phone.js";
import { coinOnScreen } from "../../llm_lessons/web/room/activities/coin_screen.js";
import { marblesOnPhone } from "../../llm_lessons/web/room/activities/marbles_phone.js";
import { marblesOnScreen } from "../../llm_lessons/web/room/activities/marbles_screen.js";
import { nextWordOnPhone } from "../../llm_lessons/web/room/activities/next_word_phone.js";
import { nextWordOnScreen } from "../../llm_lessons/web/room/activities/next_word_screen.js";
import { storiesOnPhone } from "../../llm_lessons/web/room/activities/stories_phone.js";
import { storiesOnScreen } from "../../llm_lessons/web/room/activities/stories_screen.js";
import { offered } from "../../llm_lessons/web/engine/offered.js";

/** @import { Place } from "../../llm_lessons/web/room/activities/stage.js" */

const ACTIVITIES = {
  coinOnPhone,
  coinOnScreen,
  nextWordOnPhone,
  nextWordOnScreen,
  storiesOnPhone,
  storiesOnScreen,
  marblesOnPhone,
  marblesOnScreen,
  bookOnPhone,
  bookOnScreen,
};

/** @type {Record<string, string>} */
const words = JSON.parse(document.querySelector("#words")?.textContent ?? "{}");
const main = /** @type {HTMLElement} */ (document.querySelector("main"));
const live = /** @type {HTMLElement} */ (document.querySelector("[role=status]"));
/** @type {unknown[]} */
const answers = [];
/** @type {Place} */
const place = {
  tell(key, values = {}) {
    if (!(key in words)) throw new Error(`there is no word for ${key}`);
    return words[key].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  },
  answer: (value) => answers.push(value),
  model: () => {
    const lm = offered("fjord");
    return lm ? Promise.resolve(lm) : Promise.reject(new Error("no model"));
  },
  say: (text) => live.textContent = text,
};
const { activity } = document.body.dataset;
const made = ACTIVITIES[/** @type {keyof typeof ACTIVITIES} */ (activity)](place);
main.append(made.node);
Object.assign(globalThis, { stage: { show: made.show, answers } });
document.body.dataset.ready = "true";
