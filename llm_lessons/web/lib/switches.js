// A box to tick, and a line about it.

import { control, element, newId, setText } from "./dom.js";

/** @param {string} words @param {(isOn: boolean) => void} onSwitch */
export function switchFor(words, onSwitch) {
  const [id, aboutId] = [newId(), newId()];
  const box = control("input", { type: "checkbox", id, "aria-describedby": aboutId });
  const label = element("label", { for: id }, words);
  const about = element("small", { id: aboutId });
  const node = element("div", { class: "ll-switch" }, box, label, about);
  box.addEventListener("change", () => onSwitch(box.checked));
  /** @param {boolean} isOn @param {string} [text] @param {boolean} [isOff] */
  function update(isOn, text = "", isOff = false) {
    box.disabled = isOff;
    box.checked = isOn;
    setText(about, text);
  }
  return { node, update };
}
