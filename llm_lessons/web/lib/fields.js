// A box to choose or to type in, under its name.

import { element, newId } from "./dom.js";
import "./fields.css" with { type: "text" };

/** @param {string} name @param {HTMLInputElement | HTMLSelectElement} box */
export function field(name, box) {
  box.id = newId();
  const label = element("label", { for: box.id }, name);
  return element("div", { class: "ll-field" }, label, box);
}
