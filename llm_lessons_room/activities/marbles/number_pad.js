// Ten digits to press, for an answer of which every second counts: no keyboard has to
// come up first. A keyboard that is there types into the same field.

import { control, element, pushButton } from "../../../llm_lessons/web/lib/dom.js";
import "./number_pad.css" with { type: "text" };

const PAD_KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "⌫", "0"];
const LONGEST_NUMBER = 4; // digits

/** What is left of a text if only a number may stand there. @param {string} text */
export function onlyNumber(text) {
  const digits = text.replace(/[^\d-]/g, "").replace(/(?!^)-/g, "");
  return digits.slice(0, LONGEST_NUMBER);
}

/**
 * @param {string} label of the field @param {string} back name of the delete key
 * @param {HTMLElement} send stands as the last key
 */
export function numberPad(label, back, send) {
  const field = control("input", {
    inputmode: "none",
    autocomplete: "off",
    enterkeyhint: "send",
    "aria-label": label,
    class: "ll-pad-field",
  });
  field.addEventListener("input", () => field.value = onlyNumber(field.value));
  const keys = PAD_KEYS.map((key) => {
    const isBack = key === "⌫";
    return pushButton(key, () => {
      field.value = isBack ? field.value.slice(0, -1) : onlyNumber(field.value + key);
      field.dispatchEvent(new Event("input"));
    }, isBack ? { "aria-label": back } : {});
  });
  const pad = element("div", { class: "ll-pad" }, ...keys, send);
  return { node: element("div", { class: "ll-pad-place" }, field, pad), field };
}
