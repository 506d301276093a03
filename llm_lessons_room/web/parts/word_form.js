// A word or a name that somebody types on a phone, and sends.

import { control, element, newId, setOff } from "../../../llm_lessons/web/lib/dom.js";

const LONGEST_WORD = 40; // letters, as the server has it (`values.py`)

/**
 * @param {string} asked what the field is for @param {string} action of the button
 * @param {"none" | "words"} capitals that a phone's keyboard makes
 * @param {(word: string) => void} give a word without spaces around
 */
export function wordForm(asked, action, capitals, give) {
  const id = newId();
  const field = control("input", {
    id,
    maxlength: LONGEST_WORD,
    autocomplete: "off",
    autocapitalize: capitals,
    enterkeyhint: "send",
  });
  const send = control("button", { class: "ll-great" }, action);
  const form = element("form", {}, element("label", { for: id }, asked), field, send);
  const draw = () => setOff(send, !field.value.trim());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const word = field.value.trim().replace(/\s+/g, " ");
    if (!word) return;
    field.value = "";
    draw();
    give(word);
  });
  field.addEventListener("input", draw);
  draw();
  return form;
}
