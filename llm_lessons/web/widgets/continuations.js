// The widget: one button, one line that says what is in the list, and the list.

import { control, element, setOff, setText } from "../lib/dom.js";
import { setTrait } from "../lib/widget_model.js";
import { patience } from "../lib/timers.js";
import "./continuations.css" with { type: "text" };

/** @import { Draw } from "../lib/draw_sliders.js" */
/** @import { View } from "../lib/widget_model.js" */
/**
 * @typedef {object} OwnTraits
 * @property {string[]} texts
 * @property {Draw & { prompt: string }} drawn_with
 * @property {number} _count texts to draw
 * @property {number} _asked presses of the button
 * @property {number} _answered those that are done
 * @property {string} _message why the last one failed
 */
/** @typedef {Draw & OwnTraits} Traits */

const PATIENCE_FOR_TEXTS = 5000; // milliseconds, then the missing answer is explained
/** @type {(keyof Traits)[]} */
const TRAITS = [
  "temperature",
  "top_k",
  "top_p",
  "texts",
  "drawn_with",
  "_asked",
  "_answered",
  "_message",
];

/** @param {Draw} draw */
function inWords({ temperature, top_k, top_p }) {
  const cuts = [];
  if (top_k !== null) cuts.push(`, top-k ${top_k.toLocaleString("en")}`);
  if (top_p !== null && top_p < 1) cuts.push(`, top-p ${top_p.toFixed(2)}`);
  return `temperature ${temperature.toFixed(2)}${cuts.join("")}`;
}

/** @param {string} text */
function line(text) {
  const words = text.replace(/\s*\n\s*/g, " ↵ ");
  const end = element("i", {}, "⟨end of text⟩");
  return element("li", {}, words.trim() ? words : end);
}

/** @param {string[]} texts */
function howDifferent(texts) {
  const count = new Set(texts).size;
  if (count === 1) return "all the same";
  return count === texts.length ? "all different" : `${count} of them different`;
}

/**
 * The last words of a long text.
 * @param {string} text
 */
function endOf(text) {
  return text.length > 40 ? `… ${text.slice(-40).replace(/^\S*\s/, "")}` : text;
}

/** @param {View<Traits>} view */
function render({ model, el }) {
  const button = control("button", { type: "button" });
  const status = element("p", { role: "status" });
  const about = { tabindex: "0", role: "group", "aria-label": "Continuations" };
  const list = element("ol");
  const box = control("div", { class: "ll-list", ...about }, list);
  el.append(
    element("div", { class: "ll-widget ll-continuations" }, button, status, box),
  );
  const patient = patience(update, PATIENCE_FOR_TEXTS);
  /** @type {string[] | undefined} */
  let listed;

  const isWaiting = () => model.get("_asked") !== model.get("_answered");
  // Each text that comes is an answer, too.
  const isUnanswered = () =>
    isWaiting() &&
    patient.isOver(`${model.get("_asked")} ${model.get("texts").length}`);
  button.addEventListener("click", () => {
    if (isWaiting() && !isUnanswered()) return;
    setTrait(model, "_asked", model.get("_asked") + 1);
  });

  /**
   * With a kernel the list grows as texts come; without one, the old texts stay.
   * @param {string[]} texts
   */
  function statusText(texts) {
    const count = model.get("_count");
    if (isUnanswered()) {
      return "No model is answering. (In JupyterLab, it may be busy: wait a little.)";
    }
    if (isWaiting()) return `Drawing ${count} texts …`;
    if (model.get("_message")) return model.get("_message");
    const drawn = model.get("drawn_with");
    const start = endOf(drawn.prompt);
    const different = howDifferent(texts);
    return `“${start}” at ${inWords(drawn)}: ${texts.length} texts, ${different}.`;
  }

  function update() {
    if (!isWaiting()) patient.stop();
    const now = {
      temperature: model.get("temperature"),
      top_k: model.get("top_k"),
      top_p: model.get("top_p"),
    };
    setText(button, `Draw ${model.get("_count")} continuations at ${inWords(now)}`);
    setOff(button, isWaiting() && !isUnanswered());
    const texts = model.get("texts");
    setText(status, statusText(texts));
    if (texts !== listed) list.replaceChildren(...texts.map(line));
    listed = texts;
  }
  for (const name of TRAITS) model.on(`change:${name}`, update);
  update();
  return patient.stop;
}

export default { render };
