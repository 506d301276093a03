// The class model on this phone or behind this screen: waited for, asked in pieces, and
// missing where its file did not arrive.

import { worker } from "../../../llm_lessons/web/lib/worker.js";

/** @import { LanguageModel } from "../../../llm_lessons/web/engine/model.js" */
/** @import { Context } from "../moment.js" */
/** @typedef {"coming" | "here" | "missing"} FjordState */

/**
 * `ask` starts a piece of work, at once or when the model is there; a new one ends the
 * one before it. `changed` is called when the model has come, or will not come.
 * @param {Context} context @param {() => void} changed
 */
export function useFjord(context, changed) {
  const work = worker();
  /** @type {LanguageModel | null} */
  let lm = null;
  /** @type {FjordState} */
  let state = "coming";
  let isOver = false;
  /** @type {((lm: LanguageModel) => Iterator<void, void>) | null} */
  let pending = null;

  /** @param {FjordState} now */
  function setState(now) {
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
      setState("missing");
    }
  }

  /** @param {(lm: LanguageModel) => Iterator<void, void>} steps */
  function ask(steps) {
    if (lm) work.start(guarded(steps(lm)));
    else pending = steps;
  }

  function load() {
    state = "coming";
    context.model().then((model_) => {
      if (isOver) return;
      lm = model_;
      setState("here");
      if (pending) ask(pending);
      pending = null;
    }, () => setState("missing"));
  }

  /** Load the model again, if it could not be loaded. */
  function retry() {
    if (state === "missing" && !lm) load();
  }

  function stop() {
    isOver = true;
    pending = null;
    work.stop();
  }
  load();
  return { ask, retry, stop, state: () => state };
}
