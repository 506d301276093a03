// The widget: choose a weight, turn it, and see every probability move.

import { noAnswer } from "../lib/answering.js";
import { BARS, barTable } from "../lib/bars.js";
import { control, element, pushButton, setText } from "../lib/dom.js";
import { field } from "../lib/fields.js";
import { kept } from "../lib/keeping.js";
import { percent } from "../lib/odds.js";
import { visiblePiece } from "../lib/pieces.js";
import { toldSlider } from "../lib/sliders.js";
import { announcer, patience } from "../lib/timers.js";
import { eachFrame, setTrait, setTraits } from "../lib/widget_model.js";
import { leaders, moved, sameWeight, shelf } from "./knob_odds.js";
import "./knob.css" with { type: "text" };

/** @import { Endings, Marks } from "../lib/pieces.js" */
/** @import { Model, View } from "../lib/widget_model.js" */
/** @import { Known, Shelved, Weight } from "./knob_odds.js" */
/** @typedef {{ weight: Weight, position: number }} Setting */
/**
 * @typedef {{ name: string, title: string, rows: number, columns: number,
 *   purpose: string }} Matrix
 */
/**
 * @typedef {{ prompt: string, _marks: Marks, _endings: Endings, _count: number,
 *   _matrices: Matrix[], _own: Known | { weight?: undefined } }} OwnTraits
 */
/** @typedef {Setting & Shelved & OwnTraits} Traits */
/** @typedef {{ box: HTMLInputElement, side: "rows" | "columns" }} Box */

/** @param {number} value */
function number(value) {
  return value.toFixed(Math.abs(value) < 10 ? 3 : 1).replace("-", "\u2212");
}

/** @param {string | number} value @param {string} text */
function option(value, text) {
  return element("option", { value }, text);
}

/**
 * What the page knows of the weight that is set; undefined until the kernel tells.
 * @param {Model<Traits>} model
 */
function known(model) {
  const weight = model.get("weight");
  const [listed, own] = [model.get("_listed"), model.get("_own")];
  const all = own.weight ? [...listed, own] : listed;
  return all.find((one) => sameWeight(one.weight, weight));
}

/** @param {Model<Traits>} model @param {(weight: Weight) => void} choose */
function chooser(model, choose) {
  const [listed, matrices] = [model.get("_listed"), model.get("_matrices")];
  const list = control("select");
  listed.forEach((one, i) => list.append(option(i, one.title)));
  list.append(option("", "my own choice"));
  list.addEventListener("change", () => {
    if (!list.value) {
      address.open = true;
      return matrix.focus();
    }
    typed.clear();
    choose(listed[Number(list.value)].weight);
  });

  const matrix = control("select");
  for (const one of matrices) matrix.append(option(one.name, one.title));
  const about = () => matrices[matrix.selectedIndex];
  /** @type {Set<HTMLInputElement>} */
  const typed = new Set(); // boxes whose number is not taken yet: they are left alone
  const [row, column] = /** @type {const} */ (["rows", "columns"]).map((side) => {
    const box = control("input", { type: "number", min: 1, step: 1 });
    box.addEventListener("input", () => typed.add(box));
    box.addEventListener("change", () => own());
    // Enter takes what was typed, also where the page has other plans for that key.
    box.addEventListener("keydown", ({ key }) => key === "Enter" && own());
    return { box, side };
  });
  matrix.addEventListener("change", () => own());

  /**
   * Counted from 1 here, and from 0 in Python; what lies beyond the edge comes back.
   * @param {Box} box
   */
  function within({ box, side }) {
    const typed = Math.round(Number(box.value)) || 1;
    return Math.min(Math.max(typed, 1), about()[side]) - 1;
  }
  function own() {
    typed.clear();
    choose([matrix.value, within(row), within(column)]);
  }

  const purpose = element("p", { class: "ll-purpose" });
  const where = element("code");
  const boxes = [
    field("Matrix", matrix),
    field("Row", row.box),
    field("Column", column.box),
  ];
  const address = element(
    "details",
    {},
    control("summary", {}, element("span", {}, "Its address: ", where)),
    element("div", { class: "ll-where" }, ...boxes),
  );
  const parts = [field("Weight", list), purpose, address];
  const node = element("div", { class: "ll-chooser" }, ...parts);

  /** @param {Weight} weight */
  function ownToken([name, place]) {
    if (name !== "embedding") return "";
    const token = visiblePiece(model.get("_pieces")[place], model.get("_marks")[place]);
    return ` This row is the one of “${token}”.`;
  }

  function update() {
    const weight = model.get("weight");
    const at = listed.findIndex((one) => sameWeight(one.weight, weight));
    list.value = at < 0 ? "" : String(at);
    const [name, ...place] = weight;
    matrix.value = name;
    [row, column].forEach(({ box, side }, i) => {
      if (!typed.has(box)) box.value = String(place[i] + 1);
      box.max = String(about()[side]);
    });
    setText(purpose, about().purpose + ownToken(weight));
    setText(where, `lm.params.${known(model)?.python ?? "…"}`);
  }
  return { node, update };
}

/** @param {Model<Traits>} model @param {number} positions */
function turner(model, positions) {
  const range = { min: 0, max: positions - 1, step: 1 };
  /** @param {number} position */
  const turn = (position) => setTrait(model, "position", position);
  const ends = [0, 1].map(() => element("span"));
  const one = toldSlider("Value", range, turn, () => {
    const [stops, position] = [known(model)?.stops, model.get("position")];
    one.input.disabled = !stops;
    if (!stops) return [position, "…", "not known yet"];
    ends.forEach((end, i) => setText(end, number(stops.at(-i) ?? 0)));
    const [value, trained] = [stops[position], stops[(positions - 1) / 2]];
    const words = value === trained ? "as trained" : `trained: ${number(trained)}`;
    return [position, `${number(value)} (${words})`, `${number(value)}, ${words}`];
  });
  const middle = element("span", {}, "as trained");
  const scale = { class: "ll-scale", "aria-hidden": "true" };
  one.node.append(element("div", scale, ends[0], middle, ends[1]));
  return one;
}

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

export default kept({ render });
