// The widget: a box with lines of one's own, a button that trains, and all that happens
// meanwhile. The training runs beside the page; no kernel is asked for anything.

import { Refusal } from "../engine/checks.js";
import { element } from "../lib/dom.js";
import { later } from "../lib/timers.js";
import { setTrait } from "../lib/widget_model.js";
import { sourceBox } from "./train_your_own_box.js";
import { buttonRow, RATES, rateSlider, USUAL } from "./train_your_own_controls.js";
import { pictures } from "./train_your_own_pictures.js";
import { linesOf } from "./train_your_own_text.js";
import { besideThePage } from "./train_your_own_worker.js";
import "./training_curve.css" with { type: "text" };
import "./train_your_own.css" with { type: "text" };

/** @import { Model, View } from "../lib/widget_model.js" */
/** @import { List } from "./train_your_own_box.js" */
/** @import { Kept } from "./train_your_own_file.js" */
/** @import { News, Standing, Wish } from "./train_your_own_work.js" */
/** @import { Phase, State } from "./train_your_own_words.js" */
/** @typedef {{ steps: number, _lists: List[], _esm: string }} Traits */

const FILE = "mine.json";
const ENDED = "The training has ended: this device had no room for it, perhaps. " +
  "Train anew, with fewer lines.";
const FETCHED = 10_000; // milliseconds, by then a browser has taken a file over

/** Let the browser save a file. */
function download() {
  let address = "";
  const forget = later(FETCHED, () => URL.revokeObjectURL(address));
  return (/** @type {string} */ text) => {
    if (forget.isDue()) forget.now();
    address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    element("a", { href: address, download: FILE }).click();
    forget.start();
  };
}

/**
 * The training, beside the page: what is wished of it, and what its news change.
 * @param {Model<Traits>} model
 * @param {{ pictures: ReturnType<typeof pictures>, redraw: () => void,
 *   say: (sentence: string) => void }} page
 */
function training(model, { pictures: shown, redraw, say }) {
  const save = download();
  /** @type {State} */
  const state = { phase: "ready", run: 0, source: null, standing: null, loss: null };
  /** @type {ReturnType<typeof besideThePage> | null} */
  let work = null;
  let rate = RATES[USUAL];

  /** @param {Wish} wish */
  function send(wish) {
    if (!work) {
      work = besideThePage(model.get("_esm"), hear);
      work.send({ kind: "rate", rate });
    }
    work.send(wish);
  }
  /** @param {Standing} standing */
  function take(standing) {
    state.standing = standing;
    state.loss = standing.loss ?? state.loss;
    shown.add(state);
    if (state.phase !== "training") setTrait(model, "steps", standing.steps);
  }
  /** It has ended where nobody stopped it. @param {string} sentence */
  function fail(sentence) {
    Object.assign(state, { phase: "ready", source: null, standing: null });
    shown.clear();
    say(sentence);
  }
  /** @param {News} news */
  function hear(news) {
    if ("run" in news && news.run !== state.run) return;
    if (news.kind === "kept") save(news.text);
    else if (news.kind === "news") take(news.standing);
    else if (news.kind === "refused") fail(news.sentence);
    else if (news.kind === "ended") {
      work = null;
      fail(ENDED);
    } else if (news.kind === "stopped") {
      if (news.isOver) state.phase = "over";
      shown.say(state);
    }
    redraw();
  }
  /** @param {string} source @param {Phase} phase */
  function another(source, phase) {
    const run = state.run + 1;
    Object.assign(state, { run, source, phase, standing: null, loss: null });
    shown.clear();
    return run;
  }
  return {
    state,
    send,
    another,
    /** @param {number} next */
    setRate(next) {
      rate = next;
      if (work) send({ kind: "rate", rate });
    },
    stop: () => work?.stop(),
  };
}

/** @param {View<Traits>} view */
function render({ model, el }) {
  const shown = pictures();
  const page = {
    pictures: shown,
    redraw,
    say: (/** @type {string} */ it) => box.say(it),
  };
  const own = training(model, page);
  const { state, send } = own;
  const rate = rateSlider(own.setRate);
  const buttons = buttonRow({ main, again: begin, keep: () => send({ kind: "keep" }) });
  const box = sourceBox(model.get("_lists"), redraw, open);
  const { status, heard, count, samples, knobs, curves } = shown.nodes;
  const halves = element("div", { class: "ll-own-halves" }, box.node, samples.node);
  const parts = [
    buttons.node,
    rate.node,
    status,
    heard,
    curves.node,
    count,
    knobs.node,
  ];
  el.append(
    element("div", { class: "ll-widget ll-training ll-own" }, halves, ...parts),
  );

  function redraw() {
    buttons.update(state, box.text());
    shown.draw(state, state.phase !== "training");
  }
  function begin() {
    try {
      const [source, lines] = [box.text(), linesOf(box.text())];
      const run = own.another(source, "training");
      box.say("");
      send({ kind: "begin", run, lines, seed: run });
      send({ kind: "go" });
      shown.begin(lines.length);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      box.say(error.message);
    }
    redraw();
  }
  function main() {
    if (state.phase !== "training" && state.source !== box.text()) return begin();
    const isGoing = state.phase === "training";
    state.phase = isGoing ? "stopped" : "training";
    send({ kind: isGoing ? "stop" : "go" });
    redraw();
  }
  /** @param {Kept} kept */
  function open(kept) {
    rate.show(kept.rate);
    own.setRate(kept.rate);
    send({ kind: "open", run: own.another(box.text(), "stopped"), kept });
    redraw();
  }
  redraw();
  return () => [own, shown].forEach((part) => part.stop());
}

export default { render };
