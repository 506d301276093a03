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

/** What a screen reader hears: at the start, every ten seconds, and at the end. */
function speech() {
  const node = element("p", { class: "ll-unseen", role: "status" });
  /** @type {string[]} */
  let latest = [];
  let told = 0;

  function clear() {
    [latest, told] = [[], 0];
  }
  /** @param {number} lines */
  function begin(lines) {
    setText(node, `The training has begun, with ${counted(lines, "line")}.`);
  }
  /** @param {State} state */
  function say({ phase, standing, loss }) {
    setText(node, spoken(phase, standing, loss, latest));
  }
  /** @param {State} state @param {Standing} standing */
  function add(state, { texts, spent }) {
    latest = [...latest, ...texts.map(([text]) => text)].slice(-SPOKEN_TEXTS);
    const tens = Math.floor(spent / SPOKEN_EACH);
    if (tens > told) say(state);
    told = tens;
  }
  return { node, clear, begin, say, add };
}

/** All that shows how the training stands. */
export function pictures() {
  const status = element("p", { class: "ll-status" });
  const count = element("p", { class: "ll-own-count" });
  const [samples, knobs, curves] = [samplePlaces(), knobPicture(), lossCurves()];
  const voice = speech();
  const quiet = matchMedia("(prefers-reduced-motion: reduce)");
  let drawn = -Infinity;
  /** @type {Standing["texts"]} */
  let waiting = [];

  function clear() {
    for (const part of [samples, curves, voice]) part.clear();
    [waiting, drawn] = [[], -Infinity];
  }
  /** @param {State} state */
  function add(state) {
    if (!state.standing) return;
    curves.add(state.standing);
    waiting.push(...state.standing.texts);
    voice.add(state, state.standing);
  }
  /** @param {State} state @param {boolean} isLast it changes no more for now */
  function draw({ phase, standing, loss }, isLast) {
    const now = performance.now();
    if (!isLast && quiet.matches && now - drawn < CALM) return;
    drawn = now;
    setText(status, statusWords(phase, standing, loss));
    setText(count, standing ? operations(standing) : "");
    curves.draw(standing, loss);
    knobs.node.hidden = standing === null;
    if (!standing) return;
    samples.update(standing, waiting);
    knobs.update(standing.knobs, standing.width);
    waiting = [];
  }
  const { node: heard, begin, say } = voice;
  const nodes = { status, heard, count, samples, knobs, curves };
  return { nodes, clear, begin, say, add, draw, stop: curves.stop };
}
