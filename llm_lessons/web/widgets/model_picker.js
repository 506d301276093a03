// The widget: a list of models, of which one is picked; those that can't run say why.

import { noAnswer, PYTHON } from "../lib/answering.js";
import { control, element, newId, pushButton, setText } from "../lib/dom.js";
import { listenTo } from "../lib/kernel.js";
import { marked } from "../lib/marked.js";
import { setTrait } from "../lib/widget_model.js";
import { later, PATIENCE } from "../lib/timers.js";
import "./model_picker.css" with { type: "text" };

/** @import { View } from "../lib/widget_model.js" */
/**
 * Its name, what it is, and why it can't run, or "".
 * @typedef {[string, string, string]} Row
 */
/**
 * @typedef {{ chosen: string, _rows: Row[], _free: string, _how: string,
 *   _asked: number, _looked: number, _kept: [string, boolean] }} Traits
 */

const LOST = "it is no longer there.";
const NONE = "None: Fjord and SmolLM2 will do";

/** @param {string} name @param {boolean} onDisk */
export function keptAs(name, onDisk) {
  if (!name) return "No other model is picked.";
  const where = onDisk
    ? "The lessons' cells for another model count on it now."
    : "Nothing can be kept here: in a lesson, write its name into the brackets of " +
      "ll.another_model().";
  return `✓ ${name} is picked. ${where}`;
}

/** @param {View<Traits>} view */
function render({ model, el }) {
  const group = newId();
  const legend = element("legend", {}, "Another model for the lessons");
  const list = element("div", { class: "ll-models" });
  const again = pushButton("Look again", () => {
    setText(status, "Looking …");
    setTrait(model, "_asked", model.get("_asked") + 1);
    silence.start();
  });
  const status = element("p", { role: "status" });
  const memory = element("p", { class: "ll-room-taken" });
  const fields = element("fieldset", {}, legend, memory, list);
  el.append(
    element("div", { class: "ll-widget ll-picker" }, fields, again, status),
  );
  listenTo(model);
  const silence = later(PATIENCE, () => {
    setText(status, noAnswer(model, "", PYTHON));
    silence.start(); // it may be another one later
  });

  /** @param {Row} row @param {string} [title] */
  function option([name, what, no], title = name) {
    const [label, about] = [newId(), newId()];
    const input = control("input", {
      type: "radio",
      name: group,
      id: label,
      value: name,
      "aria-describedby": about,
    });
    input.checked = model.get("chosen") === name;
    input.disabled = Boolean(no);
    input.addEventListener("change", () => {
      setTrait(model, "chosen", name);
      silence.start();
    });
    const words = element("span", { id: about, class: "ll-about" }, what);
    if (no) words.append(element("span", { class: "ll-no" }, `. Can't run: ${no}`));
    const text = element("label", { for: label }, title);
    return element("div", { class: "ll-model" }, input, text, words);
  }

  function draw() {
    const rows = model.get("_rows");
    const focused = list.contains(document.activeElement);
    const gone = model.get("chosen") &&
      !rows.some(([name]) => name === model.get("chosen"));
    /** @type {Row[]} */
    const lost = gone ? [[model.get("chosen"), "picked before", LOST]] : [];
    list.replaceChildren(
      option(["", "", ""], NONE),
      ...[...rows, ...lost].map((row) => option(row)),
    );
    if (focused) list.querySelector("input")?.focus();
    const free = model.get("_free");
    const room = free ? ` ${free} of memory are free.` : "";
    const found = rows.length
      ? `${rows.length} found on this computer.${room}`
      : `None was found on this computer. ${model.get("_how")}`;
    memory.replaceChildren(...marked(found));
  }

  function tell() {
    const [name, onDisk] = model.get("_kept");
    if (name === model.get("chosen") && model.get("_asked") === model.get("_looked")) {
      silence.stop();
      setText(status, keptAs(name, onDisk));
    }
    for (const input of list.querySelectorAll("input")) {
      input.checked = input.value === model.get("chosen");
    }
  }

  model.on("change:_looked", () => {
    draw();
    tell();
  });
  model.on("change:chosen", tell);
  model.on("change:_kept", tell);
  draw();
  tell();
  return silence.stop;
}

export default { render };
