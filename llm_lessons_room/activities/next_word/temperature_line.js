// A line from 0 to 2, with the room's own temperature on it.

import { element, setText } from "../../../llm_lessons/web/lib/dom.js";
import { numeral } from "../../web/words.js";
import "./temperature_line.css" with { type: "text" };

/** @import { RoomTemperature } from "./room_temperature.js" */
/** @import { Place } from "../../web/moment.js" */

const LINE_END = 2;
const LINE_STOPS = [0, 0.5, 1, 1.5, 2];

/** @param {Place} place */
export function temperatureLine(place) {
  const band = element("div", { class: "ll-heat-band" });
  const mark = element("div", { class: "ll-heat-mark" });
  const rail = element("div", { class: "ll-heat-rail" }, band, mark);
  const stops = LINE_STOPS.map((heat) => {
    const name = heat === 1 ? place.tell("fjord_at", { n: 1 }) : numeral(heat);
    const stop = element("span", {}, name);
    stop.style.left = `${(100 * heat) / LINE_END}%`;
    return stop;
  });
  const scale = element("div", { class: "ll-heat-scale" }, ...stops);
  const name = element("span", { class: "ll-heat-name" });
  const look = { class: "ll-heat", "aria-hidden": "true" };
  const node = element("div", look, name, rail, scale);

  /** @param {RoomTemperature} heat what is beyond the line stands at its end */
  function update({ best, low, high }) {
    const [at, from, to] = [best, low, high].map((one) => Math.min(1, one / LINE_END));
    band.style.left = `${100 * from}%`;
    band.style.width = `${100 * (to - from)}%`;
    mark.style.left = name.style.left = `${100 * at}%`;
    mark.classList.toggle("ll-beyond", best > LINE_END);
    setText(name, place.tell("room_marker"));
  }
  return { node, update };
}
