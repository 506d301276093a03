// The widget: a temperature, a button, and the last few draws side by side.

import { noAnswer } from "../lib/answering.js";
import { control, element, newId, pushButton, setOff, setText } from "../lib/dom.js";
import { cutsInWords, drawOf, temperatureSlider } from "../lib/draw_sliders.js";
import { kept } from "../lib/keeping.js";
import { originsBelow } from "../lib/origins.js";
import { onOneLine, TEXT_ENDS } from "../lib/signs.js";
import { setTrait } from "../lib/widget_model.js";
import { patience } from "../lib/timers.js";
import "../lib/halves.css" with { type: "text" };
import "./continuations.css" with { type: "text" };

/** @import { Draw } from "../engine/settings.js" */
/** @import { Asked, OriginTraits } from "../lib/origins.js" */
/** @import { Model, View } from "../lib/widget_model.js" */
/** A text, and whether it was cut off at a word. @typedef {[string, boolean]} Text */
/** @typedef {Draw & { prompt: string, texts: Text[] }} Drawn */
/**
 * @typedef {{ prompt: string, draws: Drawn[], _count: number, _asked: number,
 *   _answered: number, _message: string }} OwnTraits
 */
/** @typedef {Draw & OwnTraits & OriginTraits} Traits */
/** @typedef {ReturnType<typeof originsBelow>} Marks */

const PATIENCE_FOR_TEXTS = 5000; // milliseconds, then the missing answer is explained

/** @param {Draw} draw */
function inWords(draw) {
  return `temperature ${draw.temperature.toFixed(2)}${cutsInWords(draw)}`;
}

/**
 * Texts that read the same, once, with how many there are; the most frequent first.
 * @param {Text[]} texts @returns {[Text, number][]}
 */
export function together(texts) {
  /** @type {Map<string, [Text, number]>} */
  const found = new Map();
  for (const one of texts) {
    const key = String(one);
    found.set(key, [one, (found.get(key)?.[1] ?? 0) + 1]);
  }
  return [...found.values()].sort(([, a], [, b]) => b - a);
}

/** @param {Text[]} texts */
export function howDifferent(texts) {
  const [count, all] = [together(texts).length, texts.length];
  if (count === 1) return all > 1 ? `${all} times the same` : "1 text";
  if (count === all) return `${all}, all different`;
  return `${count} different in ${all}`;
}

/** @param {string} text */
const inOneLine = (text) => onOneLine(text.replace(/\s*\n\s*/g, " \n "));

/** @param {[Text, number]} several @param {Node[]} words */
function line([[text, isCut], count], words) {
  const end = isCut ? "\u00a0…" : ` ${TEXT_ENDS}`;
  const last = element("i", {}, text.trim() ? end : end.trim());
  const ends = [words[0], words[words.length - 1]];
  if (ends[0]) ends[0].textContent = ends[0].textContent?.trimStart() ?? "";
  if (ends[1]) ends[1].textContent = ends[1].textContent?.trimEnd() ?? "";
  const node = element("li", {}, ...words, last);
  if (count > 1) node.prepend(element("b", {}, `${count}\u00a0× `));
  return node;
}

/** The last words of a long text. @param {string} text */
function endOf(text) {
  return text.length > 40 ? `… ${text.slice(-40).replace(/^\S*\s/, "")}` : text;
}

/** One draw: its settings, how different its texts are, and these, in a box. */
function column() {
  const id = newId();
  const [name, heat] = [element("p", { id, class: "ll-of" }), element("b")];
  const rest = element("span");
  const [number, start] = [element("p"), element("p", { class: "ll-start" })];
  const list = element("ul", { translate: "no" });
  const about = { tabindex: "0", role: "group", "aria-labelledby": id };
  const box = control("div", { class: "ll-list", ...about }, list);
  name.append(heat, rest);
  const node = element("div", { class: "ll-draw" }, name, number, start, box);
  /** @type {Drawn | undefined} */
  let shown;

  /** @param {Drawn} draw @param {boolean} isOther @param {Marks} origins */
  function update(draw, isOther, origins) {
    start.hidden = !isOther; // whether it had another prompt
    if (draw === shown) return;
    setText(heat, `Temperature ${draw.temperature.toFixed(2)}`);
    setText(rest, cutsInWords(draw));
    setText(number, howDifferent(draw.texts));
    setText(start, `after “${endOf(draw.prompt)}”`);
    const texts = together(draw.texts).map((one) => {
      const words = origins.marked(draw.prompt, one[0][0], inOneLine);
      return line(one, words);
    });
    list.replaceChildren(...texts);
    shown = draw;
  }
  /** The next time, it is written anew. */
  const forget = () => shown = undefined;
  return { node, update, forget };
}

/** @param {Model<Traits>} model */
function controlsOf(model) {
  const slider = temperatureSlider(model);
  const ask = () => setTrait(model, "_asked", model.get("_asked") + 1);
  const button = pushButton("", ask);
  const status = element("p", { role: "status" });
  const press = element("div", { class: "ll-press" }, button, status);
  const node = element("div", { class: "ll-controls" }, slider.node, press);

  /** @param {boolean} isOff @param {string} words */
  function update(isOff, words) {
    slider.update();
    const how = inWords(drawOf(model));
    setText(button, `Draw ${model.get("_count")} continuations at ${how}`);
    setOff(button, isOff);
    setText(status, words);
  }
  return { node, update };
}

/** @param {View<Traits>} view */
function render({ model, el }) {
  const patient = patience(model, update, PATIENCE_FOR_TEXTS);
  const controls = controlsOf(model);
  const row = element("div", { class: "ll-draws" });
  const origins = originsBelow(model, written, rewrite);
  const right = element("div", { class: "ll-written" }, row, origins.node);
  const halves = element("div", { class: "ll-halves" }, controls.node, right);
  el.append(element("div", { class: "ll-widget ll-continuations" }, halves));
  /** @type {ReturnType<typeof column>[]} */
  const columns = [];

  const isWaiting = () => model.get("_asked") !== model.get("_answered");
  // Each text that comes is an answer, too.
  const isUnanswered = () => {
    const count = model.get("draws")[0]?.texts.length ?? 0;
    return isWaiting() && !model.get("_in_page") &&
      patient.isOver(`${model.get("_asked")} ${count}`);
  };

  function statusText() {
    if (isUnanswered()) {
      return noAnswer(model, ", so nothing new is drawn; what was drawn stays");
    }
    if (isWaiting()) return `Drawing ${model.get("_count")} texts …`;
    const [message, last] = [model.get("_message"), model.get("draws")[0]];
    if (message || !last) return message;
    const how = howDifferent(last.texts);
    return `“${endOf(last.prompt)}” at ${inWords(last)}: ${how}.`;
  }

  /** The texts of all draws, once they are complete. */
  function written() {
    if (isWaiting() && !isUnanswered()) return [];
    return model.get("draws").flatMap(({ prompt, texts }) =>
      texts.map(([text]) => /** @type {Asked} */ ([prompt, text]))
    );
  }
  function rewrite() {
    for (const one of columns) one.forget();
    update();
  }
  function update() {
    if (!isWaiting()) patient.stop();
    controls.update(isWaiting() && !isUnanswered(), statusText());
    const draws = model.get("draws");
    while (columns.length < draws.length) {
      columns.push(column());
      row.append(columns[columns.length - 1].node);
    }
    columns.forEach(({ node, update }, i) => {
      node.hidden = i >= draws.length;
      if (i < draws.length) {
        update(draws[i], draws[i].prompt !== draws[0].prompt, origins);
      }
    });
    origins.update();
  }
  model.on("change", update);
  update();
  return () => [patient, origins].forEach((part) => part.stop());
}

export default kept({ render });
