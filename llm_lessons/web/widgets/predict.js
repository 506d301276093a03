// The widget: a radio group, a choice under the other; the picked one explains itself.

import { element, newId, pushButton } from "../lib/dom.js";
import { explainWords } from "../lib/glossary.js";
import { kept } from "../lib/keeping.js";
import { setTrait } from "../lib/widget_model.js";
import "./predict.css" with { type: "text" };

/** @import { Word } from "../lib/glossary.js" */
/** @import { Model, View } from "../lib/widget_model.js" */
/**
 * A choice's text, whether it is right, and why.
 * @typedef {[string, boolean, string]} Choice
 */
/**
 * `_words` are those of the glossary. A lesson has a quiz in any case, so it is the
 * quiz that brings them to the links of the whole page.
 * @typedef {{ question: string, chosen: string | null, _choices: Choice[],
 *   _words: Word[] }} Traits
 */

/** @type {Record<string, (at: number, last: number) => number>} */
const MOVES = {
  ArrowDown: (at, last) => at === last ? 0 : at + 1,
  ArrowRight: (at, last) => at === last ? 0 : at + 1,
  ArrowUp: (at, last) => at === 0 ? last : at - 1,
  ArrowLeft: (at, last) => at === 0 ? last : at - 1,
  Home: () => 0,
  End: (_, last) => last,
};

/** @param {Model<Traits>} model @param {Choice} choice */
function choice(model, [text, isRight, why]) {
  const pick = () => setTrait(model, "chosen", text);
  const button = pushButton(text, pick, { role: "radio" });
  button.prepend(element("span", { class: "ll-box", "aria-hidden": "true" }));
  // There from the start and empty, so that a screen reader hears it fill.
  const answer = element("p", { role: "status" });
  const verdict = isRight ? "✓ Right." : "✗ Not this one.";
  const node = element("div", { class: isRight ? "ll-right" : "ll-wrong" });
  node.append(button, answer);

  function update() {
    const isPicked = model.get("chosen") === text;
    node.classList.toggle("ll-picked", isPicked);
    button.setAttribute("aria-checked", String(isPicked));
    if (!isPicked) answer.replaceChildren();
    else if (!answer.hasChildNodes()) {
      answer.append(element("strong", {}, verdict), ` ${why}`);
    }
  }
  return { node, button, text, update };
}

/**
 * One of the buttons is reached by Tab, the others from it by the arrow keys. These
 * only move, as in a toolbar: a guess is made by Space, Enter or a click, for each
 * choice gives its answer away.
 * @param {HTMLElement} group @param {HTMLButtonElement[]} buttons
 */
function roving(group, buttons) {
  /** @param {number} here */
  function stand(here) {
    buttons.forEach((one, at) => one.tabIndex = at === here ? 0 : -1);
  }
  group.addEventListener("keydown", (event) => {
    const at = buttons.findIndex((one) => one === event.target);
    const move = MOVES[event.key];
    if (at < 0 || !move || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    buttons[move(at, buttons.length - 1)].focus();
  });
  group.addEventListener("focusin", (event) => {
    const at = buttons.findIndex((one) => one === event.target);
    if (at >= 0) stand(at);
  });
  return stand;
}

/** @param {View<Traits>} view */
function render({ model, el }) {
  const id = newId();
  const choices = model.get("_choices").map((one) => choice(model, one));
  const question = element("p", { id, class: "ll-question" }, model.get("question"));
  const group = element("div", {
    class: "ll-choices",
    role: "radiogroup",
    "aria-labelledby": id,
  }, ...choices.map((one) => one.node));
  el.append(element("div", { class: "ll-widget ll-predict" }, question, group));
  const stand = roving(group, choices.map((one) => one.button));
  const update = () => {
    choices.forEach((one) => one.update());
    stand(Math.max(0, choices.findIndex((one) => one.text === model.get("chosen"))));
  };
  model.on("change:chosen", update);
  update();
  explainWords(model.get("_words") ?? []);
}

export default kept({ render });
