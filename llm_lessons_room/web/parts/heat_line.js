// A line of temperatures from 0 to 2: the room's own, and how far the room spreads.

import { element } from "../../../llm_lessons/web/lib/dom.js";
import { setAttributes, svg } from "../../../llm_lessons/web/lib/svg.js";
import { numeral } from "../words.js";
import { MAX_TEMPERATURE } from "./stage.js";
import "./heat_line.css" with { type: "text" };

/**
 * A band from `low` to `high`, a mark in it, and a dot for each of the values.
 * @typedef {{ middle?: number | null, low?: number | null, high?: number | null,
 *   values?: number[] }} Spread
 */

const STOPS = [0, 0.5, 1, 1.5, MAX_TEMPERATURE];
const [WIDE, TALL, BESIDE, LINE] = [1000, 78, 20, 64];
const [DOT, MOST_DOTS] = [6, 4]; // a dot's radius; how many stand on each other

/** Where a temperature stands on the line. @param {number} value */
function placeOf(value) {
  const share = Math.min(1, Math.max(0, value / MAX_TEMPERATURE));
  return BESIDE + share * (WIDE - 2 * BESIDE);
}

/**
 * A dot for each value; those of the same place stand on each other, and move together
 * where there are more than there is room for.
 * @param {number[]} values
 */
function dotsOf(values) {
  /** @type {Map<number, number>} */
  const piles = new Map();
  for (const value of values) piles.set(value, (piles.get(value) ?? 0) + 1);
  return [...piles].flatMap(([value, count]) => {
    const apart = 2 * DOT * Math.min(1, MOST_DOTS / count);
    const pile = { cx: placeOf(value), r: DOT };
    return Array.from(
      { length: count },
      (_, i) => svg("circle", { ...pile, cy: LINE - 10 - i * apart }),
    );
  });
}

/**
 * @param {string} [name] of the mark @param {string} [atOne] what 1 is called
 */
export function heatLine(name = "", atOne = numeral(1)) {
  const axis = svg("line", { x1: BESIDE, x2: WIDE - BESIDE, y1: LINE, y2: LINE });
  const band = svg("rect", { class: "ll-heat-band", y: LINE - 5, height: 10 });
  const dots = svg("g", { class: "ll-heat-dots" });
  const mark = svg("path", { class: "ll-heat-mark", d: "M0 -16v22" });
  const look = { viewBox: `0 0 ${WIDE} ${TALL}` };
  const picture = svg("svg", look, axis, band, dots, mark);
  const said = element("span", { class: "ll-heat-name" }, name);
  const stops = STOPS.map((heat) => {
    const stop = element("span", {}, heat === 1 ? atOne : numeral(heat));
    stop.style.left = `${(100 * placeOf(heat)) / WIDE}%`;
    return stop;
  });
  const scale = element("div", { class: "ll-heat-scale" }, ...stops);
  const whole = { class: "ll-heat", "aria-hidden": "true" };
  const node = element("div", whole, picture, said, scale);

  /** @param {Spread} spread without a middle, there are only dots */
  function update({ middle, low, high, values = [] }) {
    const isThere = typeof middle === "number";
    for (const part of [band, mark]) {
      part.style.visibility = isThere ? "visible" : "hidden";
    }
    dots.replaceChildren(...dotsOf(values));
    if (!isThere) return;
    const [left, at, right] = [low ?? middle, middle, high ?? middle].map(placeOf);
    setAttributes(band, { x: left, width: Math.max(1, right - left) });
    mark.style.transform = `translate(${at}px, ${LINE}px)`;
    // its name stays on the line, however hot the room is
    said.style.left = `clamp(1.5em, ${(100 * at) / WIDE}%, calc(100% - 1.5em))`;
  }
  return { node, update };
}
