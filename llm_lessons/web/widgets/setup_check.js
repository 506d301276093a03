// The widget: a slider, and a line that turns green when Python has answered.

import { isPage, stillWorking } from "../lib/answering.js";
import { control, element, newId, setText } from "../lib/dom.js";
import { listenTo } from "../lib/kernel.js";
import { setTrait } from "../lib/widget_model.js";
import { later } from "../lib/timers.js";
import "./setup_check.css" with { type: "text" };

/** @import { View } from "../lib/widget_model.js" */
/**
 * @typedef {{ value: number, _remedy: string, _asked: number, _answered: number,
 *   _echo: number }} Traits
 */

const NO_PYTHON =
  "This check is for the notebook: a page has no Python to ask, and needs none.";
const PATIENCE_AT_START = 5000; // milliseconds, then the remedy is shown

/** @param {View<Traits>} view */
function render({ model, el }) {
  const id = newId();
  const label = element("label", { for: id }, "Drag me, or press the arrow keys");
  const input = control("input", { type: "range", id, min: 0, max: 100 });
  const status = element("p", { role: "status" });
  const parts = [label, input, status];
  el.append(element("div", { class: "ll-widget ll-setup" }, ...parts));
  let late = false;
  listenTo(model);
  const remedy = later(PATIENCE_AT_START, () => {
    late = true;
    update();
    if (!isPage()) remedy.start(); // the kernel may do something else by then
  });

  function ask() {
    late = false;
    remedy.start();
    setTrait(model, "_asked", model.get("_asked") + 1);
  }

  function update() {
    const value = model.get("value");
    if (Number(input.value) !== value) input.value = String(value);
    const isAnswered = model.get("_asked") === model.get("_answered") &&
      model.get("_echo") === value;
    if (isAnswered) remedy.stop();
    status.className = isAnswered ? "ll-ok" : late && !isPage() ? "ll-late" : "";
    if (isAnswered) {
      setText(status, `✓ The controls work: Python knows that it is ${value}.`);
    } else if (!late) setText(status, "Waiting for Python …");
    else if (isPage()) setText(status, NO_PYTHON);
    else {
      const busy = "Python has not answered yet. If a cell is still running, wait.";
      const remedy = model.get("_remedy").replaceAll("`", "");
      setText(status, stillWorking(model) || `✗ ${busy} Otherwise: ${remedy}`);
    }
  }

  input.addEventListener("input", () => {
    setTrait(model, "value", Number(input.value));
    ask();
  });
  model.on("change", update);
  update();
  ask();
  return remedy.stop;
}

export default { render };
