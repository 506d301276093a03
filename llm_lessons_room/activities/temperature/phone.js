// A slider for one's own temperature; the screen follows the room's.

import { element } from "../../../llm_lessons/web/lib/dom.js";
import { showOnPhones } from "../../web/kinds.js";
import { slider } from "../../../llm_lessons/web/lib/sliders.js";
import { numeral } from "../../web/words.js";
import { begunText, HOTTEST_TOGETHER } from "../../web/parts/stage.js";
import { modelBars } from "./model_bars.js";

/** @import { Place } from "../../web/moment.js" */
/** @import { Begun, PlayedMoment } from "../../web/parts/stage.js" */
/**
 * `low` and `high` are the quartiles; `values` are sorted.
 * @typedef {{ answered?: number, median?: number | null, low?: number | null,
 *   high?: number | null, values?: number[] }} TemperatureTally
 * @typedef {PlayedMoment<Begun, unknown, number, TemperatureTally>} TemperatureMoment
 */

const STOP_OF_SLIDER = 0.05;
const FIRST_HEAT = 1;

/** @param {Place} place */
export function temperatureOnPhone(place) {
  const { tell, answer } = place;
  const begun = begunText();
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
  const node = element("div", {}, begun.node, own.node, ends, bars.node);

  /** @param {boolean} smoothly */
  function draw(smoothly) {
    const text = numeral(value, 2);
    own.update(value, text, text);
    bars.heat(value, smoothly);
  }

  /** @param {TemperatureMoment} moment */
  function show({ step: { shown }, phase, yours }) {
    begun.set(shown);
    isOff = phase !== "open";
    own.input.disabled = isOff;
    value = yours ?? value;
    draw(true);
    bars.ask(shown.prompt);
  }
  return { node, show, stop: bars.stop };
}

showOnPhones("temperature", temperatureOnPhone);
