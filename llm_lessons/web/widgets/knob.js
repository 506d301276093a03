// The widget: choose a weight, turn it, and see every probability move.

import { noAnswer } from "../lib/answering.js";
import { BARS, barTable } from "../lib/bars.js";
import { element, pushButton, setText } from "../lib/dom.js";
import { eachFrame, setTraits } from "../lib/widget_model.js";
import { percent } from "../lib/odds.js";
import { visiblePiece } from "../lib/pieces.js";
import { announcer, patience } from "../lib/timers.js";
import { leaders, moved, shelf } from "./knob_odds.js";
import { chooser, known, turner } from "./knob_controls.js";
import "./knob.css" with { type: "text" };

/** @import { Model, View } from "../lib/widget_model.js" */
/** @import { Weight } from "./knob_odds.js" */
/** @import { Setting, Traits } from "./knob_controls.js" */

const STAYS = ", so the bars stay as they are; you can turn the weights in the list";

/**
 * @param {Model<Traits>} model @param {Float64Array} before @param {Float64Array} after
 */
function inWords(model, before, after) {
  /** @param {number} id */
  const name = (id) =>
    `“${visiblePiece(model.get("_pieces")[id], model.get("_marks")[id])}”`;
  /** @param {Float64Array} odds */
  const best = (odds) => odds.indexOf(Math.max(...odds));
  const [old, now] = [best(before), best(after)];
  const change =
    `${name(old)} had ${percent(before[old])} and now has ${percent(after[old])}. ` +
    `In all, ${percent(moved(before, after))} of the probability has moved.`;
  if (old === now) return change;
  return `${change} The new favourite is ${name(now)}, with ${percent(after[now])}.`;
}

/** @param {View<Traits>} view */
function render({ model, el }) {
  const frames = eachFrame(model, draw);
  const odds = shelf(model);
  const middle = (odds.positions - 1) / 2;
  const many = model.get("_count").toLocaleString("en");
  const parts = [chooser(model, choose), turner(model, odds.positions)];
  const [choosing, turning] = parts.map((part) => part.node);
  const putBack = () => setTraits(model, { position: middle });
  const reset = pushButton("Put everything back", putBack);
  const seen = element("p", { class: "ll-moved" });
  const message = element("p", { class: "ll-message", role: "status" });
  const [bars, heard] = [barTable(), announcer()];
  const waiting = patience(model, frames.redraw);
  const text = element("p", { class: "ll-given" }, element("span", {}, "Text so far"));
  text.append(element("bdi", {}, model.get("prompt")));
  const dotted = "Dotted: the model as it was trained";
  const legend = element("p", { class: "ll-legend" }, dotted);
  const chances = element("div", { class: "ll-chances" });
  chances.append(legend, bars.node);
  const group = { role: "group", "aria-label": `One of ${many} knobs` };
  const title = element("p", { class: "ll-many" }, `One of ${many} knobs`);
  const knob = element("div", group, title, choosing, turning, reset);
  const panel = element("div", { class: "ll-panel" }, knob, chances);
  const look = { class: "ll-widget ll-knob" };
  el.append(element("div", look, text, panel, seen, heard.node, message));
  /** @type {number[][]} */
  let [ids, highest] = [[], []]; // of the bars, and each one's best chance on the way
  let shown = "";

  /** @param {Weight} weight */
  function choose(weight) {
    setTraits(model, { weight, position: middle });
    frames.redraw(); // a number that was cut back to the edge changes no trait
  }

  /**
   * The bars keep their places as long as the same knob turns.
   * @param {Setting} setting @param {Float64Array} after
   */
  function arrange({ weight }, after) {
    const stops = (odds.stopsOf(weight) ?? [after]).filter((one) => one !== undefined);
    const key = `${weight}|${stops.length}`;
    if (key === shown) return;
    shown = key;
    ids = leaders([odds.trained, ...stops], BARS);
    highest = ids.map((id) => Math.max(...stops.map((row) => row[id])));
  }

  function draw() {
    for (const part of parts) part.update();
    const setting = { weight: model.get("weight"), position: model.get("position") };
    const after = odds.oddsOf(setting);
    const isWaiting = !(after && known(model));
    const request = isWaiting ? String(setting.weight) : "";
    const unasked = isWaiting && waiting.isOver(request);
    if (!isWaiting) waiting.stop();
    setText(message, unasked ? noAnswer(model, STAYS) : "");
    for (const node of [chances, seen]) node.classList.toggle("ll-stale", !after);
    if (!after) return;
    const before = odds.trained;
    const isTrained = setting.position === middle;
    arrange(setting, after);
    /** @param {number} rank */
    const chance = (rank) => after[ids[rank]];
    bars.update({
      ids,
      size: after.length,
      odds: {
        kept: after.length,
        share: chance,
        chance,
        before: isTrained ? undefined : (rank) => before[ids[rank]],
      },
      highest: (rank) => highest[rank],
      drawnRank: -1,
      pieces: model.get("_pieces"),
      marks: model.get("_marks"),
      endings: model.get("_endings"),
    });
    const sentence = isTrained
      ? "This is the model as it was trained."
      : inWords(model, before, after);
    setText(seen, sentence);
    heard.say(sentence);
  }
  draw();
  return () => [frames, heard, waiting].forEach((part) => part.stop());
}

export default { render };
