// A slider with its name, and its value in plain words.

import { control, element, newId, setText } from "./dom.js";
import "./sliders.css" with { type: "text" };

/** @import { Attributes } from "./dom.js" */

/**
 * A slider that stands where `told` says: its position, its value, and that as spoken.
 * @param {string} title @param {Attributes} attributes
 * @param {(position: number) => void} onInput
 * @param {() => [number, string, string]} told
 * @param {number} [tick] a position that is marked, under the slider
 */
export function toldSlider(title, attributes, onInput, told, tick) {
  const { node, input, update } = slider(title, attributes, onInput, tick);
  return { node, input, update: () => update(...told()) };
}

/**
 * @param {string} title @param {Attributes} attributes
 * @param {(position: number) => void} onInput
 * @param {number} [tick] a position that is marked, under the slider
 */
export function slider(title, attributes, onInput, tick) {
  const id = newId();
  const input = control("input", { type: "range", id, ...attributes });
  const value = element("output", { for: id });
  const label = element("label", { for: id }, title);
  const head = element("div", {}, label, value);
  const mark = element("span", { class: "ll-tick", "aria-hidden": "true" });
  const track = element("div", { class: "ll-track-of-slider" }, input);
  if (tick !== undefined) track.append(mark);
  input.addEventListener("input", () => onInput(Number(input.value)));
  /** @param {number} position @param {string} text @param {string} spoken */
  function update(position, text, spoken) {
    if (Number(input.value) !== position) input.value = String(position);
    setText(value, text);
    input.setAttribute("aria-valuetext", spoken);
    if (tick === undefined) return;
    const [least, most] = [Number(input.min), Number(input.max)];
    const place = String((tick - least) / (most - least));
    mark.style.setProperty("--ll-place", place);
    setText(mark, String(tick));
  }
  return { node: element("div", { class: "ll-slider" }, head, track), input, update };
}
