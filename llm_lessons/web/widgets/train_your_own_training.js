// The training as the page sees it: what is wished of it, and what its news change.

import { setTrait } from "../lib/widget_model.js";
import { RATES, USUAL } from "./train_your_own_controls.js";
import { saveKept } from "./train_your_own_file.js";
import { besideThePage } from "./train_your_own_worker.js";

/** @import { Model } from "../lib/widget_model.js" */
/** @import { List } from "./train_your_own_box.js" */
/** @import { Phase, State } from "./train_your_own_words.js" */
/** @import { News, Wish } from "./train_your_own_work.js" */
/**
 * `steps`: of the model, when it was last stopped. `_esm`: the widget's own script.
 * @typedef {{ steps: number, _lists: List[], _esm: string }} Traits
 */
/**
 * What shows the training.
 * @typedef {{ clear(): void, add(state: State): void, say(state: State): void }} Shown
 */

const ENDED = "The training has ended: this device had no room for it, perhaps. " +
  "Train anew, with fewer lines.";

/**
 * What becomes of the state when there are news. Those of a model that was begun before
 * the present one are over.
 * @param {State} state @param {Shown} shown @param {(sentence: string) => void} say
 */
function listener(state, shown, say) {
  /** There is no model any more. @param {string} sentence */
  function fail(sentence) {
    Object.assign(state, { phase: "ready", source: null, standing: null });
    shown.clear();
    say(sentence);
  }
  return (/** @type {News} */ news) => {
    if ("run" in news && news.run !== state.run) return;
    if (news.kind === "kept") saveKept(news.text);
    else if (news.kind === "refused") fail(news.sentence);
    else if (news.kind === "ended") fail(ENDED);
    else if (news.kind === "news") {
      state.standing = news.standing;
      state.loss = news.standing.loss ?? state.loss;
      shown.add(state);
      if (state.phase !== "training") shown.say(state);
    } else if (news.kind === "over") {
      state.phase = "over";
      shown.say(state);
    }
  };
}

/**
 * Work that begins with the first wish, at the learning rate that was last set.
 * @param {Model<Traits>} model @param {(news: News) => void} hear
 */
function workOnDemand(model, hear) {
  /** @type {ReturnType<typeof besideThePage> | null} */
  let work = null;
  let rate = RATES[USUAL];

  /** @param {News} news */
  function pass(news) {
    if (news.kind === "ended") work = null;
    hear(news);
  }
  /** @param {Wish} wish */
  function send(wish) {
    if (!work) {
      work = besideThePage(model.get("_esm"), pass);
      work.send({ kind: "rate", rate });
    }
    work.send(wish);
  }
  /** @param {number} next */
  function setRate(next) {
    rate = next;
    work?.send({ kind: "rate", rate });
  }
  return { send, setRate, stop: () => work?.stop() };
}

/**
 * @param {Model<Traits>} model @param {Shown} shown @param {() => void} redraw
 * @param {(sentence: string) => void} say
 */
export function training(model, shown, redraw, say) {
  /** @type {State} */
  const state = { phase: "ready", run: 0, source: null, standing: null, loss: null };
  const listen = listener(state, shown, say);
  const { send, setRate, stop } = workOnDemand(model, hear);

  /** @param {News} news */
  function hear(news) {
    listen(news);
    const { phase, standing } = state;
    if (standing && phase !== "training") setTrait(model, "steps", standing.steps);
    redraw();
  }
  /**
   * Another model than before; gives its number.
   * @param {string} source @param {Phase} phase
   */
  function another(source, phase) {
    const run = state.run + 1;
    Object.assign(state, { run, source, phase, standing: null, loss: null });
    shown.clear();
    return run;
  }
  return { state, send, another, setRate, stop };
}
