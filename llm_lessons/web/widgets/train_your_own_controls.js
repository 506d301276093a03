// The controls of a training of one's own: four buttons, and a slider for the rate.

import { element, MAIN, pushButton, setOff, setText } from "../lib/dom.js";
import { slider } from "../lib/sliders.js";

/** @import { State } from "./train_your_own_words.js" */

export const RATES = [0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3];
export const USUAL = 1; // its place among them

/** The place of the rate that is nearest. @param {number} rate */
export function placeOfRate(rate) {
  const away = RATES.map((one) => Math.abs(Math.log(one / rate)));
  return away.indexOf(Math.min(...away));
}

/** @param {(rate: number) => void} onRate */
export function rateSlider(onRate) {
  const range = { min: 0, max: RATES.length - 1, step: 1 };
  const { node, update } = slider("Learning rate", range, (place) => {
    show(place);
    onRate(RATES[place]);
  });
  /** @param {number} place */
  function show(place) {
    update(place, String(RATES[place]), `${RATES[place]}: how far a step turns a knob`);
  }
  show(USUAL);
  return { node, show: (/** @type {number} */ rate) => show(placeOfRate(rate)) };
}

/** @param {Record<"main" | "again" | "ask" | "keep", () => void>} acts */
export function buttonRow(acts) {
  /** @param {string} name @param {() => void} act @param {{ class?: string }} [look] */
  function make(name, act, look) {
    const button = pushButton(name, () => {
      if (button.getAttribute("aria-disabled") !== "true") act();
    }, look);
    return button;
  }
  const main = make("Train", acts.main, MAIN);
  const again = make("Start again", acts.again);
  const ask = make("Write five more", acts.ask);
  const keep = make("Keep it in a file", acts.keep);
  const node = element("div", { class: "ll-buttons" }, main, again, ask, keep);
  /** @param {State} state @param {string} text of the box */
  function update({ phase, source, standing }, text) {
    const rest = source === text ? "Go on" : "Train";
    setText(main, phase === "training" ? "Stop" : rest);
    setOff(again, source === null);
    const isWhole = Number.isFinite(standing?.aside); // a broken one holds no numbers
    setOff(ask, !isWhole || phase === "training");
    setOff(keep, !isWhole);
  }
  return { node, update };
}
