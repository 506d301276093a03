// A slider for one's own temperature; the screen follows the room's.

import { element, setText } from "../../lib/dom.js";
import { slider } from "../../lib/sliders.js";
import { isOpen } from "../moment.js";
import { numeral } from "../words.js";
import { HOTTEST_TOGETHER, modelBars } from "./model_bars.js";

/** @import { Activity, Moment, Place } from "../moment.js" */
/**
 * `gloss`: what the prompt means, in the language of the room.
 * @typedef {{ prompt: string, gloss?: string }} PromptShown
 */

const STOP_OF_SLIDER = 0.05;
const FIRST_HEAT = 1;

/**
 * @param {Place} place
 * @returns {Activity}
 */
export function temperatureOnPhone(place) {
  const { tell, answer } = place;
  const prompt = element("p", { class: "room-prompt" });
  const meaning = element("p", { class: "room-note" });
  const bars = modelBars(place, 5);
  let [value, isOff] = [FIRST_HEAT, true];
  const own = slider(
    tell("temperature_yours"),
    { min: 0, max: HOTTEST_TOGETHER, step: STOP_OF_SLIDER },
    (position) => {
      if (isOff) return;
      value = position;
      answer(value);
      draw(false);
    },
    1,
  );
  const cold = element("span", {}, tell("temperature_cold"));
  const hot = element("span", {}, tell("temperature_hot"));
  const ends = element("p", { class: "room-ends", "aria-hidden": "true" }, cold, hot);
  const node = element("div", {}, prompt, meaning, own.node, ends, bars.node);

  /** @param {boolean} smoothly */
  function draw(smoothly) {
    const text = numeral(value, 2);
    own.update(value, text, text);
    bars.heat(value, smoothly);
  }

  return {
    node,
    show(/** @type {Moment} */ moment) {
      const { prompt: text, gloss = "" } =
        /** @type {PromptShown} */ (moment.step.shown);
      prompt.replaceChildren(text, element("b", { "aria-hidden": "true" }, " …"));
      setText(meaning, gloss);
      isOff = !isOpen(moment);
      own.input.disabled = isOff;
      if (typeof moment.yours === "number") value = moment.yours;
      draw(true);
      bars.ask(text);
    },
    stop: bars.stop,
  };
}
