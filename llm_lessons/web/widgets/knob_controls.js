// What one sets of a knob: which weight it is, and its value.

import { control, element, setText } from "../lib/dom.js";
import { field } from "../lib/fields.js";
import { setTrait } from "../lib/widget_model.js";
import { visiblePiece } from "../lib/pieces.js";
import { slider } from "../lib/sliders.js";
import { sameWeight } from "./knob_odds.js";

/** @import { Model } from "../lib/widget_model.js" */
/** @import { Endings, Marks } from "../lib/pieces.js" */
/** @import { Known, Shelved, Weight } from "./knob_odds.js" */
/** @typedef {{ weight: Weight, position: number }} Setting */
/**
 * @typedef {{ name: string, title: string, rows: number, columns: number,
 *   purpose: string }} Matrix
 */
/**
 * @typedef {object} OwnTraits
 * @property {string} prompt
 * @property {Marks} _marks
 * @property {Endings} _endings how words likely go on that tokens begin
 * @property {number} _count knobs of the whole model
 * @property {Matrix[]} _matrices
 * @property {Known | { weight?: undefined }} _own a weight of one's own choice
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
export function known(model) {
  const weight = model.get("weight");
  const [listed, own] = [model.get("_listed"), model.get("_own")];
  const all = own.weight ? [...listed, own] : listed;
  return all.find((one) => sameWeight(one.weight, weight));
}

/** @param {Model<Traits>} model @param {(weight: Weight) => void} choose */
export function chooser(model, choose) {
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
export function turner(model, positions) {
  const range = { min: 0, max: positions - 1, step: 1 };
  const { node, input, update } = slider(
    "Value",
    range,
    (position) => setTrait(model, "position", position),
  );
  const ends = ["", ""].map(() => element("span"));
  const middle = element("span", {}, "as trained");
  const scale = { class: "ll-scale", "aria-hidden": "true" };
  node.append(element("div", scale, ends[0], middle, ends[1]));
  return {
    node,
    update() {
      const stops = known(model)?.stops;
      const position = model.get("position");
      input.disabled = !stops;
      if (!stops) return update(position, "…", "not known yet");
      const [value, trained] = [stops[position], stops[(positions - 1) / 2]];
      const words = value === trained ? "as trained" : `trained: ${number(trained)}`;
      update(position, `${number(value)} (${words})`, `${number(value)}, ${words}`);
      ends.forEach((end, i) => setText(end, number(stops.at(-i) ?? 0)));
    },
  };
}
