// All that moves together while a model learns: words, samples, knobs and both curves.

import { counted, element, setText } from "../lib/dom.js";
import { lossCurves } from "./train_your_own_curves.js";
import { knobPicture } from "./train_your_own_knobs.js";
import { samplePlaces } from "./train_your_own_samples.js";
import { operations, spoken, statusWords } from "./train_your_own_words.js";

/** @import { State } from "./train_your_own_words.js" */
/** @import { Standing } from "./train_your_own_work.js" */

const SPOKEN_EACH = 10_000; // milliseconds of training
const SPOKEN_TEXTS = 3;
const CALM = 1000; // milliseconds between two changes, for who asked for less motion

/** All that shows how the training stands. */
export function pictures() {
  const status = element("p", { class: "ll-status" });
  const heard = element("p", { class: "ll-unseen", role: "status" });
  const count = element("p", { class: "ll-own-count" });
  const [samples, knobs, curves] = [samplePlaces(), knobPicture(), lossCurves()];
  const quiet = matchMedia("(prefers-reduced-motion: reduce)");
  let [drawn, told] = [-Infinity, 0];
  /** @type {Standing["texts"]} */
  let waiting = [];
  /** @type {string[]} */
  let latest = [];

  function clear() {
    for (const part of [samples, curves]) part.clear();
    [waiting, latest, drawn, told] = [[], [], -Infinity, 0];
  }
  /** @param {State} state */
  function say({ phase, standing, loss }) {
    setText(heard, spoken(phase, standing, loss, latest));
  }
  /** @param {State} state */
  function add(state) {
    const { standing } = state;
    if (!standing) return;
    curves.add(standing);
    waiting.push(...standing.texts);
    latest = [...latest, ...standing.texts.map(([text]) => text)].slice(-SPOKEN_TEXTS);
    const tens = Math.floor(standing.spent / SPOKEN_EACH);
    if (tens > told) say(state);
    told = tens;
  }
  /** @param {State} state @param {boolean} isLast it changes no more for now */
  function draw({ phase, standing, loss }, isLast) {
    const now = performance.now();
    if (!isLast && quiet.matches && now - drawn < CALM) return;
    drawn = now;
    setText(status, statusWords(phase, standing, loss));
    setText(count, standing ? operations(standing) : "");
    curves.draw(standing, loss);
    if (standing) {
      samples.update(standing, waiting);
      knobs.update(standing.knobs, standing.width);
    }
    waiting = [];
    knobs.node.hidden = standing === null;
  }
  /** @param {number} lines */
  function begin(lines) {
    setText(heard, `The training has begun, with ${counted(lines, "line")}.`);
  }
  const nodes = { status, heard, count, samples, knobs, curves };
  return { nodes, clear, begin, say, add, draw, stop: curves.stop };
}
