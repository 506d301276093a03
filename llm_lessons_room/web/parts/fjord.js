// The class model on this phone or behind this screen: waited for, asked in pieces, and
// missing where its file did not arrive.

import { worker } from "../../../llm_lessons/web/lib/worker.js";

/** @import { LanguageModel } from "../../../llm_lessons/web/engine/model.js" */
/** @import { Place } from "../moment.js" */
/** @typedef {"coming" | "here" | "missing"} FjordState */

/**
 * `ask` starts a piece of work, at once or when the model is there; a new one ends the
 * one before it. `changed` is called when the model has come, or will not come.
 * @param {Place} place @param {() => void} changed
 */
export function fjordAt(place, changed) {
  const work = worker();
  /** @type {LanguageModel | null} */
  let lm = null;
  /** @type {FjordState} */
  let state = "coming";
  let isOver = false;
  /** @type {((lm: LanguageModel) => Iterator<void, void>) | null} */
  let wanted = null;

  /** @param {FjordState} now */
  function turn(now) {
    if (isOver) return;
    state = now;
    changed();
  }

  /** @param {Iterator<void, void>} steps */
  function* guarded(steps) {
    try {
      while (!steps.next().done) yield;
    } catch (trouble) {
      console.warn("The model could not answer:", trouble);
      turn("missing");
    }
  }

  /** @param {(lm: LanguageModel) => Iterator<void, void>} steps */
  function ask(steps) {
    if (lm) work.start(guarded(steps(lm)));
    else wanted = steps;
  }

  function bring() {
    state = "coming";
    place.model().then((found) => {
      if (isOver) return;
      lm = found;
      turn("here");
      if (wanted) ask(wanted);
      wanted = null;
    }, () => turn("missing"));
  }

  /** Where the model did not come, it may come now. */
  function again() {
    if (state === "missing" && !lm) bring();
  }

  function stop() {
    isOver = true;
    wanted = null;
    work.stop();
  }
  bring();
  return { ask, again, stop, state: () => state };
}
