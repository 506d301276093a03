// A slider with its name, and its value in plain words.

import { control, element, newId, setText } from "./dom.js";
import "./sliders.css" with { type: "text" };

/** @import { Attributes } from "./dom.js" */

/**
 * @param {string} title @param {Attributes} attributes
 * @param {(position: number) => void} onInput
 */
export function slider(title, attributes, onInput) {
  const id = newId();
  const input = control("input", { type: "range", id, ...attributes });
  const value = element("output", { for: id });
  const label = element("label", { for: id }, title);
  const head = element("div", {}, label, value);
  input.addEventListener("input", () => onInput(Number(input.value)));
  /** @param {number} position @param {string} text @param {string} spoken */
  function update(position, text, spoken) {
    if (Number(input.value) !== position) input.value = String(position);
    setText(value, text);
    input.setAttribute("aria-valuetext", spoken);
  }
  return { node: element("div", { class: "ll-slider" }, head, input), input, update };
}
