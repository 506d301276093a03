// The widget: buttons one under the other; the picked one shows its explanation.

import { control, element, newId } from "../lib/dom.js";
import { setTrait } from "../lib/widget_model.js";
import "./predict.css" with { type: "text" };

/** @import { Model, View } from "../lib/widget_model.js" */
/**
 * A choice's text, whether it is right, and why.
 * @typedef {[string, boolean, string]} Choice
 */
/** @typedef {{ question: string, chosen: string | null, _choices: Choice[] }} Traits */

/** @param {Model<Traits>} model @param {Choice} choice */
function choice(model, [text, isRight, why]) {
  const button = control("button", { type: "button", "aria-pressed": "false" });
  button.append(element("span", { class: "ll-box", "aria-hidden": "true" }), text);
  // There from the start and empty, so that a screen reader hears it fill.
  const answer = element("p", { role: "status" });
  const verdict = isRight ? "✓ Right." : "✗ Not this one.";
  const node = element("div", { class: isRight ? "ll-right" : "ll-wrong" });
  node.append(button, answer);
  button.addEventListener("click", () => setTrait(model, "chosen", text));

  function update() {
    const isPicked = model.get("chosen") === text;
    node.classList.toggle("ll-picked", isPicked);
    button.setAttribute("aria-pressed", String(isPicked));
    if (!isPicked) answer.replaceChildren();
    else if (!answer.hasChildNodes()) {
      answer.append(element("strong", {}, verdict), ` ${why}`);
    }
  }
  return { node, update };
}

/** @param {View<Traits>} view */
function render({ model, el }) {
  const id = newId();
  const choices = model.get("_choices").map((one) => choice(model, one));
  const question = element("p", { id, class: "ll-question" }, model.get("question"));
  const frame = { class: "ll-widget ll-predict", role: "group", "aria-labelledby": id };
  el.append(element("div", frame, question, ...choices.map((one) => one.node)));
  const update = () => choices.forEach((one) => one.update());
  model.on("change:chosen", update);
  update();
}

export default { render };
