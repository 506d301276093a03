// The widget: what a check has found, and buttons to check, for a hint, the solution.

import { isPage, noAnswer, PYTHON } from "../lib/answering.js";
import { control, element, newId, pushButton, setOff, setText } from "../lib/dom.js";
import { kept } from "../lib/keeping.js";
import { marked } from "../lib/marked.js";
import { patience } from "../lib/timers.js";
import { setTrait } from "../lib/widget_model.js";
import "./exercise_box.css" with { type: "text" };

/** @import { Model, View } from "../lib/widget_model.js" */
/**
 * What a check has found: `title` and `verdict` are its first words.
 * @typedef {{ status: string, title: string, verdict: string, text: string,
 *   usage: string }} Found
 */
/**
 * @typedef {{ hints_shown: number, solution_shown: boolean, _found: Found,
 *   _hints: string[], _solution: string, _asked: number, _answered: number }} Traits
 */

const IN_A_PAGE =
  "A page without Python can show hints and the solution, but not check.";

/** @param {Model<Traits>} model @param {() => void} update */
function checking(model, update) {
  const patient = patience(model, update);
  const isWaiting = () => model.get("_asked") !== model.get("_answered");
  const isUnanswered = () => isWaiting() && patient.isOver(model.get("_asked"));
  const ask = () => setTrait(model, "_asked", model.get("_asked") + 1);
  const button = pushButton("Check", ask);
  const said = element("p", { role: "status" });
  /** @type {unknown} */
  let shown;

  /** @param {unknown} what @param {(Node | string)[]} parts */
  function say(what, ...parts) {
    if (what === shown) return;
    shown = what;
    said.replaceChildren(...parts);
  }

  function redraw() {
    if (!isWaiting()) patient.stop();
    const isLate = isUnanswered();
    setOff(button, isWaiting() && !isLate);
    const { title, verdict, text, usage, status } = model.get("_found");
    const why = isPage() ? IN_A_PAGE : noAnswer(model, "", PYTHON);
    if (isLate) return say(why, why);
    if (isWaiting()) return say("…", element("strong", {}, `${title}:`), " Checking …");
    const head = element("strong", { class: `ll-${status}` }, `${title}: ${verdict}`);
    say(model.get("_found"), head, " ", ...marked(text), " ", ...marked(usage));
  }
  return { button, said, redraw, stop: patient.stop };
}

/** @param {Model<Traits>} model */
function hinting(model) {
  const count = model.get("_hints").length;
  const more = () => setTrait(model, "hints_shown", model.get("hints_shown") + 1);
  const button = pushButton("", more);
  // There from the start and empty, so that a screen reader hears it fill.
  const list = element("ol", { "aria-live": "polite", "aria-label": "Hints" });

  function redraw() {
    const shown = model.get("hints_shown");
    const isLast = shown >= count;
    setText(button, isLast ? "No more hints" : `Hint ${shown + 1} of ${count}`);
    setOff(button, isLast);
    for (const hint of model.get("_hints").slice(list.children.length, shown)) {
      list.append(element("li", {}, ...marked(hint)));
    }
  }
  return { button, list, redraw };
}

/** @param {Model<Traits>} model */
function solving(model) {
  const id = newId();
  const code = element("code", {}, model.get("_solution"));
  const reading = { id, tabindex: "0", "aria-label": "One way to do it" };
  const text = control("pre", { ...reading, role: "region" }, code);
  const state = { "aria-controls": id, "aria-expanded": "false" };
  const button = pushButton("Solution", () => {
    setTrait(model, "solution_shown", !model.get("solution_shown"));
  }, state);

  function redraw() {
    text.hidden = !model.get("solution_shown");
    button.setAttribute("aria-expanded", String(model.get("solution_shown")));
  }
  return { button, text, redraw };
}

/** @param {View<Traits>} view */
function render({ model, el }) {
  const check = checking(model, update);
  const hint = hinting(model);
  const solution = solving(model);
  const buttons = [check.button, hint.button, solution.button];
  const { title } = model.get("_found");
  const frame = element(
    "div",
    { class: "ll-widget ll-exercise", role: "group", "aria-label": title },
    check.said,
    element("div", { class: "ll-buttons" }, ...buttons),
    hint.list,
    solution.text,
  );
  el.append(frame);

  function update() {
    frame.dataset.status = model.get("_found").status;
    for (const part of [check, hint, solution]) part.redraw();
  }
  model.on("change", update);
  update();
  return check.stop;
}

export default kept({ render });
