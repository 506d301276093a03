// A name from a phone, for a model that the room trains.

import { control, element, newId, setOff, setText } from "../../lib/dom.js";
import { showIf } from "./stage.js";

/** @import { Tell } from "../words.js" */

const LONGEST_NAME = 24; // letters

/** @param {Tell} tell @param {(name: string) => void} give */
export function nameForm(tell, give) {
  const id = newId();
  const field = control("input", {
    id,
    maxlength: LONGEST_NAME,
    autocomplete: "off",
    autocapitalize: "words",
    enterkeyhint: "send",
  });
  const label = element("label", { for: id }, tell("train_together_label"));
  const send = control("button", { class: "ll-great" }, tell("train_together_send"));
  const form = element("form", {}, label, field, send);
  const said = element("p", { class: "ll-said" });
  const note = element("p", { class: "ll-quiet" });
  const node = element("div", { class: "ll-name-form" }, said, form, note);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const name = field.value.trim().replace(/\s+/g, " ").slice(0, LONGEST_NAME);
    if (!name) return;
    field.value = "";
    give(name);
  });
  field.addEventListener("input", () => setOff(send, !field.value.trim()));

  /** @param {boolean} isOpen @param {string} own the name that was given, or "" */
  function update(isOpen, own) {
    showIf(form, isOpen);
    setOff(send, !field.value.trim());
    const given = own && tell("train_together_yours", { name: own });
    const missing = isOpen ? "" : tell("train_together_none");
    setText(said, given || missing);
    const why = own ? "train_together_change" : "train_together_why";
    setText(note, isOpen ? tell(why) : "");
  }
  return { node, update };
}
