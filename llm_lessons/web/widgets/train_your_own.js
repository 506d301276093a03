// The widget: a box with lines of one's own, a button that trains, and all that happens
// meanwhile. The training runs beside the page; no kernel is asked for anything.

import { Refusal } from "../engine/checks.js";
import { element } from "../lib/dom.js";
import { sourceBox } from "./train_your_own_box.js";
import { buttonRow, rateSlider } from "./train_your_own_controls.js";
import { pictures } from "./train_your_own_pictures.js";
import { linesOf } from "./train_your_own_text.js";
import { training } from "./train_your_own_training.js";
import "./train_your_own.css" with { type: "text" };

/** @import { View } from "../lib/widget_model.js" */
/** @import { Kept } from "./train_your_own_file.js" */
/** @import { Traits } from "./train_your_own_training.js" */

/**
 * On a phone: what to press, what comes of it, and then the box for words of one's own.
 * @param {ReturnType<typeof sourceBox>} box
 * @param {HTMLElement} buttons @param {HTMLElement} rate
 * @param {ReturnType<typeof pictures>["nodes"]} shown
 */
function laidOut(box, buttons, rate, { status, heard, count, samples, knobs, curves }) {
  const halves = [box.choice, buttons, samples.node, box.node];
  const below = [rate, status, heard, curves.node, count, knobs.node];
  const parts = [element("div", { class: "ll-own-halves" }, ...halves), ...below];
  return element("div", { class: "ll-widget ll-yours" }, ...parts);
}

/**
 * The lines in the box; null where they don't do, which the box says.
 * @param {ReturnType<typeof sourceBox>} box
 */
function linesIn(box) {
  try {
    const lines = linesOf(box.text());
    box.say("");
    return lines;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    box.say(error.message);
    return null;
  }
}

/** @param {View<Traits>} view */
function render({ model, el }) {
  const shown = pictures();
  const own = training(model, shown, redraw, (sentence) => box.say(sentence));
  const { state, send } = own;
  const rate = rateSlider(own.setRate);
  const ask = () => send({ kind: "ask" });
  const keep = () => send({ kind: "keep" });
  const buttons = buttonRow({ main, again: begin, ask, keep });
  const box = sourceBox(model.get("_lists"), redraw, open);
  el.append(laidOut(box, buttons.node, rate.node, shown.nodes));

  function redraw() {
    buttons.update(state, box.text());
    shown.draw(state, state.phase !== "training");
  }
  function begin() {
    const lines = linesIn(box);
    if (!lines) return;
    const run = own.another(box.text(), "training");
    send({ kind: "begin", run, lines, seed: run });
    send({ kind: "go" });
    shown.begin(lines.length);
    redraw();
  }
  function main() {
    if (state.phase !== "training" && state.source !== box.text()) return begin();
    const isGoing = state.phase === "training";
    state.phase = isGoing ? "stopped" : "training";
    send({ kind: isGoing ? "stop" : "go" });
    redraw();
  }
  /** @param {Kept} kept */
  function open(kept) {
    rate.show(kept.rate);
    own.setRate(kept.rate);
    send({ kind: "open", run: own.another(box.text(), "stopped"), kept });
    redraw();
  }
  redraw();
  return () => [own, shown].forEach((part) => part.stop());
}

export default { render };
