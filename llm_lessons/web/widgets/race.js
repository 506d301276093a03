// The widget: one question, two sides that write token by token, and under each what
// it has spent. Both runs are there from the start; only what is shown moves. A result
// that is written can be changed, and the model goes on from it; and it answers a
// problem of one's own.

import {
  control,
  counted,
  element,
  isCalm,
  MAIN,
  newId,
  pushButton,
  setOff,
  setText,
} from "../lib/dom.js";
import { kept } from "../lib/keeping.js";
import { toldSlider } from "../lib/sliders.js";
import { announcer } from "../lib/timers.js";
import { setTrait, setTraits } from "../lib/widget_model.js";
import { isOwn, ownProblem } from "./race_own.js";
import { changing, roomFor, sideOf } from "./race_side.js";
import { changeInWords, lanesOf, lastStep, sum, summary } from "./race_words.js";
import "../lib/fields.css" with { type: "text" };
import "./race.css" with { type: "text" };

/** @import { Model, View } from "../lib/widget_model.js" */
/** @import { OwnTraits } from "./race_own.js" */
/** @import { Changing } from "./race_side.js" */
/** @import { Lane, Problem } from "./race_words.js" */
/**
 * `step`: tokens that are shown.
 * @typedef {Changing & OwnTraits & { speed: number }} Traits
 */

/** What is drawn anew when it changes. @type {(keyof Traits)[]} */
const TRAITS = ["kind", "problem", "own", "step", "speed", "_asked"];
const HINT = "Click a result among the steps, and write another.";
const HINT_AGAIN = "Click one of the old results to change that.";

/** @param {Model<Traits>} model */
const problemsOf = (model) => model.get("_kinds")[model.get("kind")][1];

/**
 * @param {Model<Traits>} model @param {(kind: number, problem: number) => void} choose
 */
function chooser(model, choose) {
  const id = newId();
  const select = control("select", { id });
  select.append(...model.get("_kinds").map(([name]) => element("option", {}, name)));
  const next = pushButton("Another problem", () => {
    choose(model.get("kind"), (model.get("problem") + 1) % problemsOf(model).length);
  });
  const which = element("span", { class: "ll-which" });
  select.addEventListener("change", () => choose(select.selectedIndex, 0));
  const label = element("label", { for: id }, "Problem");
  const field = element("div", { class: "ll-field" }, select);
  const node = element(
    "div",
    { class: "ll-choose ll-buttons" },
    label,
    field,
    next,
    which,
  );
  function update() {
    select.selectedIndex = model.get("kind");
    setText(which, `${model.get("problem") + 1} of ${problemsOf(model).length}`);
    next.hidden = which.hidden = isOwn(model);
  }
  return { node, update };
}

/**
 * A clock that steps until the end, or at once where people want no motion.
 * @param {Model<Traits>} model @param {() => Lane[]} lanes @param {() => void} redraw
 */
function clockOf(model, lanes, redraw) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const end = () => lastStep(lanes());
  const start = () => Math.min(...lanes().map(({ begins }) => begins));
  const isOver = () => model.get("step") >= end();

  function tick() {
    setTrait(model, "step", Math.min(model.get("step") + 1, end()));
    if (model.get("step") < end()) timer = setTimeout(tick, 1000 / model.get("speed"));
    else stop();
  }
  function stop() {
    clearTimeout(timer);
    timer = undefined;
    redraw();
  }
  function run() {
    if (isOver()) setTrait(model, "step", start());
    if (isCalm()) return setTrait(model, "step", end());
    tick();
    redraw();
  }
  function rewind() {
    stop();
    setTrait(model, "step", start());
  }
  const isAtStart = () => model.get("step") <= start();
  return { run, stop, rewind, isRunning: () => timer !== undefined, isOver, isAtStart };
}

/**
 * @param {Model<Traits>} model @param {ReturnType<typeof clockOf>} clock
 * @param {() => Lane[]} lanes @param {(text: string) => void} say
 * @param {() => void} onBack back from a changed step to the race
 */
function buttons(model, clock, lanes, say, onBack) {
  function tell() {
    const said = lanes().map(({ way, side, isStruck }) => {
      const piece = isStruck ? undefined : side.pieces[model.get("step") - 1];
      return piece === undefined ? "" : `${way} ${piece.trim() || "a space"}.`;
    });
    say(said.join(" ").trim());
  }
  const step = pushButton("", () => {
    setTrait(model, "step", model.get("step") + 1);
    tell();
  });
  const turn = () => (clock.isRunning() ? clock.stop() : clock.run());
  const run = pushButton("Run", turn, MAIN);
  const again = pushButton("Start again", clock.rewind);
  const back = pushButton("Back to the race", () => {
    onBack();
    run.focus();
  });
  /** @param {boolean} isChanged */
  function update(isChanged) {
    setText(step, isChanged ? "One token" : "One token each");
    setText(run, clock.isRunning() ? "Stop" : "Run");
    setOff(step, clock.isRunning() || clock.isOver());
    setOff(again, clock.isAtStart());
    [again.hidden, back.hidden] = [isChanged, !isChanged]; // Run plays it again, too
  }
  const node = element("div", { class: "ll-buttons" }, step, run, again, back);
  return { node, update, run };
}

/** @param {Model<Traits>} model */
function speedSlider(model) {
  const range = { min: 1, max: 20, step: 1 };
  /** @param {number} speed */
  const turn = (speed) => setTrait(model, "speed", speed);
  return toldSlider("Speed", range, turn, () => {
    const text = `${counted(model.get("speed"), "token")} a second`;
    return [model.get("speed"), text, text];
  });
}

/** @param {View<Traits>} view */
function render({ model, el }) {
  const all = model.get("_kinds").flatMap(([, problems]) => problems);
  const own = ownProblem(model, redraw);
  const problem = () =>
    isOwn(model) ? own.problem() : problemsOf(model)[model.get("problem")];
  const question = element("p", { class: "ll-question" });
  const asked = roomFor(all.map((one) => [one.question]));
  const heard = announcer();
  const status = element("p", { class: "ll-status", role: "status" });
  const change = changing(model, problem, redraw, () => {
    const hasFocus = el.contains(document.activeElement);
    clock.rewind();
    clock.run();
    if (hasFocus) keys.run.focus(); // the number that was typed over is gone
  });
  const lanes = () => lanesOf(problem(), change.shown());
  const clock = clockOf(model, lanes, redraw);
  const choose = chooser(model, (kind, number) => {
    clock.stop();
    change.forget();
    setTraits(model, { step: 0, kind, problem: number });
  });
  const texts = all.flatMap(({ sides }) => sides.map(({ pieces }) => pieces));
  const sides = [0, 1].map(() =>
    sideOf(texts, (step, button) => {
      clock.stop();
      change.pick(step, button);
    })
  );
  const keys = buttons(model, clock, lanes, heard.say, () => {
    clock.stop();
    change.forget();
    setTrait(model, "step", lastStep(lanes()));
  });
  const speed = speedSlider(model);
  const text = element("div", { class: "ll-text" }, asked, question);
  el.append(
    element(
      "div",
      { class: "ll-widget ll-race", role: "group", "aria-label": "Race" },
      choose.node,
      text,
      own.node,
      element("div", { class: "ll-keys" }, keys.node, speed.node),
      element("div", { class: "ll-sides" }, ...sides.map((side) => side.node)),
      status,
      heard.node,
    ),
  );

  function redraw() {
    const [step, two] = [model.get("step"), lanes()];
    const isChanged = change.shown() !== undefined;
    const most = Math.max(1, ...two.map(({ side }) => sum(side.costs)));
    const right = problem().answer;
    setText(question, problem().question);
    text.hidden = isOwn(model);
    sides.forEach((side, i) => {
      const canChange = two[i].side === problem().sides[1];
      side.update(two[i], { right, most, step, canChange });
    });
    for (const part of [choose, own, speed]) part.update();
    keys.update(isChanged);
    const words = isChanged ? changeInWords(two, step) : summary(two, step);
    const hint = isChanged ? HINT_AGAIN : HINT;
    const isEmpty = isOwn(model) && !own.isThere();
    setText(status, isEmpty ? "" : change.inWords() || `${words} ${hint}`.trim());
  }
  model.on("change:own", () => {
    clock.stop();
    change.forget();
    setTrait(model, "step", 0);
  });
  for (const name of TRAITS) model.on(`change:${name}`, redraw);
  redraw();
  return () => {
    for (const part of [clock, heard, change, own]) part.stop();
  };
}

export default kept({ render });
