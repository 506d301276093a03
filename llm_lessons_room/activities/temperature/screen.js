// The model's bars at the room's temperature, its median, and how far the room spreads.

import { element, setText } from "../../../llm_lessons/web/lib/dom.js";
import { showOnScreens } from "../../web/kinds.js";
import { setAttributes, svg } from "../../../llm_lessons/web/lib/svg.js";
import { numeral } from "../../web/words.js";
import { begunText } from "../../web/parts/stage.js";
import { HOTTEST_TOGETHER, modelBars } from "./model_bars.js";

/** @import { Place } from "../../web/moment.js" */
/** @import { TemperatureMoment, TemperatureTally } from "./phone.js" */

const [WIDE, TALL, BESIDE, LINE] = [1000, 78, 20, 64];
const [DOT, MOST_DOTS] = [6, 4]; // a dot's radius; how many stand on each other

/** Where a temperature stands on the line. @param {number} value */
export function placeOf(value) {
  const share = Math.min(1, Math.max(0, value / HOTTEST_TOGETHER));
  return BESIDE + share * (WIDE - 2 * BESIDE);
}

/**
 * A dot for each value; those of the same place stand on each other, and move together
 * where there are more than there is room for.
 * @param {number[]} values sorted
 * @returns {[number, number][]}
 */
export function dotsOf(values) {
  /** @type {Map<number, number>} */
  const piles = new Map();
  for (const value of values) piles.set(value, (piles.get(value) ?? 0) + 1);
  return [...piles].flatMap(([value, count]) => {
    const apart = 2 * DOT * Math.min(1, MOST_DOTS / count);
    const x = placeOf(value);
    /** @type {[number, number][]} */
    const pile = Array.from({ length: count }, (_, i) => [x, LINE - 10 - i * apart]);
    return pile;
  });
}

/** The line from 0 to the hottest, with its dots, quartiles and median. */
function spreadLine() {
  const axis = svg("line", { x1: BESIDE, x2: WIDE - BESIDE, y1: LINE, y2: LINE });
  const quartiles = svg("rect", { class: "room-quartiles", y: LINE - 5, height: 10 });
  const dots = svg("g", { class: "room-dots" });
  const median = svg("path", { class: "room-median", d: "M0 -12v24" });
  const look = { viewBox: `0 0 ${WIDE} ${TALL}`, "aria-hidden": "true" };
  const picture = svg("svg", look, axis, quartiles, dots, median);
  const numbers = [0, 0.5, 1, 1.5, 2].map((value) => {
    const number = element("span", {}, numeral(value));
    number.style.left = `${(100 * placeOf(value)) / WIDE}%`;
    return number;
  });
  const unheard = { class: "room-scale", "aria-hidden": "true" };
  const scale = element("div", unheard, ...numbers);
  const node = element("div", { class: "room-spread" }, picture, scale);

  /** @param {TemperatureTally} tally */
  function draw({ median: middle, low, high, values = [] }) {
    const isThere = typeof middle === "number";
    for (const part of [quartiles, median]) {
      part.style.visibility = isThere ? "visible" : "hidden";
    }
    const circles = dotsOf(values).map(([cx, cy]) => svg("circle", { cx, cy, r: DOT }));
    dots.replaceChildren(...circles);
    if (!isThere) return;
    const [left, right] = [placeOf(low ?? middle), placeOf(high ?? middle)];
    setAttributes(quartiles, { x: left, width: Math.max(1, right - left) });
    median.style.transform = `translate(${placeOf(middle)}px, ${LINE}px)`;
  }
  return { node, draw };
}

/** @param {Place} place */
export function temperatureOnScreen(place) {
  const { tell } = place;
  const begun = begunText();
  const bars = modelBars(place, 6);
  const [line, says] = [spreadLine(), element("p", { class: "room-result" })];
  const parts = [begun.node, bars.node, says, line.node];
  const node = element("div", { class: "room-heat" }, ...parts);

  /** @param {TemperatureMoment} moment */
  function show({ step: { shown }, tally }) {
    begun.set(shown);
    line.draw(tally ?? {});
    const { median, low, high } = tally ?? {};
    const isThere = typeof median === "number";
    const [name, from, to] = [median, low, high].map((one) => numeral(one ?? 1, 2));
    const values = { name, low: from, high: to };
    setText(says, tell(isThere ? "temperature_median" : "temperature_none", values));
    bars.heat(median ?? 1, true);
    bars.ask(shown.prompt);
  }
  return { node, show, stop: bars.stop };
}

showOnScreens("temperature", temperatureOnScreen);
