// The widget: boxes to answer in, if it has any, what a check has found, and buttons to
// check, for a hint, the solution.

import { isPage, noAnswer, PYTHON } from "../lib/answering.js";
import {
  control,
  element,
  fillChoice,
  newId,
  pushButton,
  setOff,
  setText,
} from "../lib/dom.js";
import { field } from "../lib/fields.js";
import { kept } from "../lib/keeping.js";
import { marked } from "../lib/marked.js";
import { later, patience } from "../lib/timers.js";
import { setTrait } from "../lib/widget_model.js";
import "./exercise_box.css" with { type: "text" };

/** @import { Model, View } from "../lib/widget_model.js" */
/**
 * What a check has found: `verdict` is its first words.
 * @typedef {{ status: string, verdict: string, text: string }} Found
 */
/**
 * A box: its name, its label, whether it takes a number, and what there is to choose
 * from, each a letter with what it stands for; nothing to type freely.
 * @typedef {[string, string, boolean, [string, string][]]} Box
 */
/**
 * @typedef {{ answers: Record<string, string>, hints_shown: number,
 *   solution_shown: boolean, _title: string, _task: string, _boxes: Box[],
 *   _found: Found | null, _hints: string[], _solution: string, _asked: number,
 *   _answered: number }} Traits
 */

const IN_A_PAGE =
  "A page without Python can show hints and the solution, but not check.";
const PAUSE = 400; // milliseconds without a key, then what was typed is sent

/** @param {Model<Traits>} model @param {() => void} check */
function answering(model, check) {
  /** @type {Record<string, string>} */
  let written = {};
  const sending = later(PAUSE, send);
  const parts = model.get("_boxes").map(([name, label, isNumber, letters]) => {
    const box = letters.length ? choice(letters) : line(isNumber);
    box.addEventListener("input", sending.start);
    return { name, box, node: field(label, box) };
  });

  function send() {
    written = Object.fromEntries(parts.map(({ name, box }) => [name, box.value]));
    setTrait(model, "answers", written);
  }

  /** @param {boolean} isNumber */
  function line(isNumber) {
    const inputmode = isNumber ? "decimal" : "text";
    const kept = { autocomplete: "off", spellcheck: "false", inputmode };
    const box = control("input", { type: "text", ...kept });
    // Not a form: JupyterLab keeps Enter from sending one.
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing) check();
    });
    return box;
  }

  // The boxes are the learner's: Python writes into them only what is new.
  function redraw() {
    const answers = model.get("answers");
    if (sending.isDue() || answers === written) return;
    written = answers;
    for (const { name, box } of parts) box.value = answers[name] ?? "";
  }
  const nodes = parts.map((one) => one.node);
  return { nodes, send: sending.now, redraw, stop: sending.stop };
}

/** @param {[string, string][]} letters */
function choice(letters) {
  const box = control("select");
  /** @type {[string, string][]} */
  const named = letters.map(([letter, it]) => [letter, `${letter}: ${it}`]);
  fillChoice(box, [["", "Choose …"], ...named], "");
  return box;
}

/**
 * @param {Model<Traits>} model @param {() => void} update
 * @param {() => void} send what was typed
 */
function checking(model, update, send) {
  const patient = patience(model, update);
  const isWaiting = () => model.get("_asked") !== model.get("_answered");
  const isUnanswered = () => isWaiting() && patient.isOver(model.get("_asked"));
  function ask() {
    send();
    setTrait(model, "_asked", model.get("_asked") + 1);
  }
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
    const [title, found] = [model.get("_title"), model.get("_found")];
    const why = isPage() ? IN_A_PAGE : noAnswer(model, "", PYTHON);
    if (isLate) return say(why, why);
    if (isWaiting()) return say("…", element("strong", {}, `${title}:`), " Checking …");
    if (!found) return say(null);
    const { verdict, text, status } = found;
    const head = element("strong", { class: `ll-${status}` }, `${title}: ${verdict}`);
    say(found, head, " ", ...marked(text));
  }
  return { button, ask, said, redraw, stop: patient.stop };
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
  const boxes = answering(model, () => check.ask());
  const hasBoxes = boxes.nodes.length > 0;
  const check = checking(model, update, hasBoxes ? boxes.send : () => {});
  const hint = hinting(model);
  const solution = solving(model);
  const buttons = [check.button, hint.button, solution.button];
  const row = element("div", { class: "ll-buttons" }, ...buttons);
  const title = model.get("_title");
  const name = element("strong", {}, `${title}:`);
  const task = element("p", {}, name, " ", ...marked(model.get("_task")));
  const frame = element(
    "div",
    { class: "ll-widget ll-exercise", role: "group", "aria-label": title },
    ...(hasBoxes ? [task, ...boxes.nodes, row, check.said] : [check.said, row]),
    hint.list,
    solution.text,
  );
  frame.dataset.kind = hasBoxes ? "boxes" : "code";
  el.append(frame);

  function update() {
    frame.dataset.status = model.get("_found")?.status ?? "task";
    for (const part of [boxes, check, hint, solution]) part.redraw();
  }
  model.on("change", update);
  update();
  return () => {
    for (const part of [boxes, check]) part.stop();
  };
}

export default kept({ render });
