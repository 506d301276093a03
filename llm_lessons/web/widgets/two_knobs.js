// The widget: two sliders, the odds that they make beside what the text says, the loss,
// and a button that turns both by the slope. All of it is arithmetic, done here.

import { control, counted, element, setText } from "../lib/dom.js";
import { setTrait } from "../lib/widget_model.js";
import { percent } from "../lib/odds.js";
import { slider } from "../lib/sliders.js";
import { announcer } from "../lib/timers.js";
import "./two_knobs.css" with { type: "text" };

/** @import { View } from "../lib/widget_model.js" */
/**
 * @typedef {object} Traits
 * @property {number[]} knobs the scores of the first two words; that of the third is 0
 * @property {number} steps
 * @property {string[]} _names
 * @property {number[]} _shares
 * @property {[number, number]} _range
 */

/** @type {(keyof Traits)[]} */
const TRAITS = ["knobs", "steps"];
const RATE = 1; // how far a step goes, for a slope of one bit

/** @param {number[]} scores */
export function softmaxOf(scores) {
  const weights = scores.map(Math.exp);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/** @param {number[]} shares @param {number[]} odds */
export function lossOf(shares, odds) {
  return -shares.reduce((sum, share, i) => sum + share * Math.log2(odds[i]), 0);
}

/**
 * How much the loss grows, in bits, for one turn of each knob.
 * @param {number[]} shares @param {number[]} odds
 */
export function slopes(shares, odds) {
  return [0, 1].map((i) => (odds[i] - shares[i]) / Math.LN2);
}

/** @param {string} name @param {number} share */
function row(name, share) {
  const bars = [0, 1].map((i) =>
    element("div", { class: i ? "ll-guess" : "ll-share" })
  );
  const odds = element("td");
  const track = element("td", { "aria-hidden": "true" }, ...bars);
  const head = element("th", { scope: "row" }, name);
  const node = element("tr", {}, head, element("td", {}, percent(share)), odds, track);
  bars[0].style.width = `${100 * share}%`;
  /** @param {number} chance */
  function update(chance) {
    setText(odds, percent(chance));
    bars[1].style.width = `${100 * chance}%`;
  }
  return { node, update };
}

/** @param {View<Traits>} view */
function render({ model, el }) {
  const [names, shares] = [model.get("_names"), model.get("_shares")];
  const [min, max] = model.get("_range");
  const least = lossOf(shares, shares);
  const sliders = [0, 1].map((i) =>
    slider(`Knob of ${names[i]}`, { min, max, step: 0.05 }, (value) => turn(i, value))
  );
  const rows = names.map((name, i) => row(name, shares[i]));
  const heads = ["Word", "In the text", "By the knobs"].map((text) =>
    element("th", { scope: "col" }, text)
  );
  heads[1].className = "ll-of-text";
  heads[2].className = "ll-of-knobs";
  const grid = element(
    "table",
    {},
    element("thead", {}, element("tr", {}, ...heads, element("td"))),
    element("tbody", {}, ...rows.map((one) => one.node)),
  );
  const loss = element("p", { class: "ll-loss" });
  const heard = announcer();
  const down = control("button", { type: "button" }, "One step downhill");
  const back = control("button", { type: "button" }, "Both back to 0");
  const controls = element(
    "div",
    { class: "ll-sliders" },
    ...sliders.map((s) => s.node),
  );
  const buttons = element("div", { class: "ll-buttons" }, down, back);
  const parts = [controls, grid, loss, heard.node, buttons];
  el.append(element("div", { class: "ll-widget ll-two-knobs" }, ...parts));

  const oddsNow = () => softmaxOf([...model.get("knobs"), 0]);
  /** @param {number[]} knobs @param {number} steps */
  function set(knobs, steps) {
    setTrait(model, "steps", steps);
    setTrait(model, "knobs", knobs.map((value) => Math.min(max, Math.max(min, value))));
  }
  /** @param {number} i @param {number} value */
  function turn(i, value) {
    const knobs = [...model.get("knobs")];
    knobs[i] = value;
    set(knobs, 0);
  }
  down.addEventListener("click", () => {
    const slope = slopes(shares, oddsNow());
    const knobs = model.get("knobs").map((value, i) => value - RATE * slope[i]);
    set(knobs, model.get("steps") + 1);
  });
  back.addEventListener("click", () => set([0, 0], 0));

  function update() {
    const [knobs, odds, steps] = [model.get("knobs"), oddsNow(), model.get("steps")];
    sliders.forEach((one, i) =>
      one.update(knobs[i], knobs[i].toFixed(2), knobs[i].toFixed(2))
    );
    rows.forEach((one, i) => one.update(odds[i]));
    const taken = steps ? `${counted(steps, "step")} downhill. ` : "";
    const text = `${taken}Loss: ${lossOf(shares, odds).toFixed(3)} bits. ` +
      `No setting gets below ${least.toFixed(3)}.`;
    setText(loss, text);
    heard.say(text);
  }
  for (const name of TRAITS) model.on(`change:${name}`, update);
  update();
  return heard.stop;
}

export default { render };
