// The widget: one question, two sides that write token by token, and under each what
// it has spent. Both runs are there from the start; only what is shown moves.

import { control, counted, element, newId, setOff, setText } from "../lib/dom.js";
import { setTrait, setTraits } from "../lib/widget_model.js";
import { percent } from "../lib/odds.js";
import { slider } from "../lib/sliders.js";
import { announcer } from "../lib/timers.js";
import { lastStep, millions, sum, summary, verdict } from "./race_words.js";
import "../lib/fields.css" with { type: "text" };
import "./race.css" with { type: "text" };

/** @import { Model, View } from "../lib/widget_model.js" */
/** @import { Problem, Side } from "./race_words.js" */
/**
 * @typedef {object} Traits
 * @property {number} kind
 * @property {number} problem
 * @property {number} step tokens that are shown
 * @property {number} speed tokens a second
 * @property {[string, Problem[]][]} _kinds
 */

/** @type {(keyof Traits)[]} */
const TRAITS = ["kind", "problem", "step", "speed"];
const WAYS = ["Answer at once:", "Step by step:"]; // the last words of the two prompts

/** @param {Model<Traits>} model */
const problemsOf = (model) => model.get("_kinds")[model.get("kind")][1];

/**
 * Of all texts that may come to stand in a place, the longest keeps the room for them.
 * @param {string[][]} texts
 */
function roomFor(texts) {
  const longest = texts.reduce((
    a,
    b,
  ) => (b.join("").length > a.join("").length ? b : a));
  return element("div", { class: "ll-room", "aria-hidden": "true" }, ...chips(longest));
}

/** @param {string[]} pieces */
function chips(pieces) {
  return pieces.map((piece) => element("span", {}, piece));
}

/** @param {Model<Traits>} model @param {number} number */
function sideOf(model, number) {
  const all = model.get("_kinds").flatMap(([, problems]) => problems);
  const texts = all.map((problem) => problem.sides[number].pieces);
  const id = newId();
  const words = element("div", { role: "group", "aria-labelledby": id });
  const bar = element("div");
  const [spent, whole, end, sure] = ["spent", "whole", "end", "sure"].map((name) =>
    element("p", { class: `ll-${name}` })
  );
  const node = element(
    "section",
    { class: "ll-side" },
    element("p", { id, class: "ll-way" }, WAYS[number]),
    element("div", { class: "ll-text" }, roomFor(texts), words),
    element("div", { class: "ll-meter", "aria-hidden": "true" }, bar),
    spent,
    whole,
    end,
    sure,
  );
  /** @type {Side | undefined} */
  let shown;

  /** @param {Problem} problem @param {number} step */
  function update(problem, step) {
    const side = problem.sides[number];
    if (shown !== side) words.replaceChildren(...chips(side.pieces));
    shown = side;
    const count = Math.min(step, side.pieces.length);
    [...words.children].forEach((chip, i) => {
      chip.className = i >= count ? "ll-later" : i === step - 1 ? "ll-new" : "";
    });
    const most = Math.max(...problem.sides.map((one) => sum(one.costs)));
    const now = sum(side.costs.slice(0, count));
    bar.style.setProperty("--ll-now", `${(100 * now) / most}%`);
    bar.style.setProperty("--ll-all", `${(100 * sum(side.costs)) / most}%`);
    setText(spent, `${counted(count, "token")}, ${millions(now)}`);
    const all = counted(side.pieces.length, "token");
    setText(whole, `${all}, ${millions(sum(side.costs))}`);
    const isOver = step >= side.pieces.length;
    node.classList.toggle("ll-over", isOver);
    node.classList.toggle("ll-won", side.right);
    setText(end, verdict(side, problem.answer));
    const odds = `Its own odds for this answer: ${percent(side.sure)}`;
    setText(sure, side.answer ? odds : "");
  }
  return { node, update };
}

/**
 * @param {Model<Traits>} model @param {(kind: number, problem: number) => void} choose
 */
function chooser(model, choose) {
  const id = newId();
  const select = control("select", { id });
  select.append(...model.get("_kinds").map(([name]) => element("option", {}, name)));
  const next = control("button", { type: "button" }, "Another problem");
  const which = element("span", { class: "ll-which" });
  select.addEventListener("change", () => choose(select.selectedIndex, 0));
  next.addEventListener("click", () => {
    choose(model.get("kind"), (model.get("problem") + 1) % problemsOf(model).length);
  });
  const label = element("label", { for: id }, "Problem");
  const field = element("div", { class: "ll-field" }, select);
  const node = element("div", { class: "ll-choose" }, label, field, next, which);
  function update() {
    select.selectedIndex = model.get("kind");
    setText(which, `${model.get("problem") + 1} of ${problemsOf(model).length}`);
  }
  return { node, update };
}

/**
 * A clock that steps until the end, or at once where people want no motion.
 * @param {Model<Traits>} model @param {() => void} redraw
 */
function clockOf(model, redraw) {
  const still = globalThis.matchMedia("(prefers-reduced-motion: reduce)");
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const end = () => lastStep(problemsOf(model)[model.get("problem")]);
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
  function start() {
    if (isOver()) setTrait(model, "step", 0);
    if (still.matches) return setTrait(model, "step", end());
    tick();
    redraw();
  }
  return { start, stop, isRunning: () => timer !== undefined, isOver };
}

/**
 * @param {Model<Traits>} model @param {ReturnType<typeof clockOf>} clock
 * @param {(text: string) => void} say
 */
function buttons(model, clock, say) {
  const [step, run, again] = ["One token each", "Run", "Start again"].map((text) =>
    control("button", { type: "button" }, text)
  );
  function tell() {
    const { sides } = problemsOf(model)[model.get("problem")];
    const said = sides.map((side, i) => {
      const piece = side.pieces[model.get("step") - 1];
      return piece === undefined ? "" : `${WAYS[i]} ${piece.trim() || "a space"}.`;
    });
    say(said.join(" "));
  }
  step.addEventListener("click", () => {
    if (clock.isRunning() || clock.isOver()) return;
    setTrait(model, "step", model.get("step") + 1);
    tell();
  });
  run.addEventListener(
    "click",
    () => (clock.isRunning() ? clock.stop() : clock.start()),
  );
  again.addEventListener("click", () => {
    clock.stop();
    setTrait(model, "step", 0);
  });
  function update() {
    setText(run, clock.isRunning() ? "Stop" : "Run");
    setOff(step, clock.isRunning() || clock.isOver());
    setOff(again, model.get("step") === 0);
  }
  const node = element("div", { class: "ll-buttons" }, step, run, again);
  return { node, update };
}

/** @param {Model<Traits>} model */
function speedSlider(model) {
  const range = { min: 1, max: 20, step: 1 };
  const { node, update } = slider("Speed", range, (v) => setTrait(model, "speed", v));
  return {
    node,
    update() {
      const speed = model.get("speed");
      const text = `${counted(speed, "token")} a second`;
      update(speed, text, text);
    },
  };
}

/** @param {View<Traits>} view */
function render({ model, el }) {
  const all = model.get("_kinds").flatMap(([, problems]) => problems);
  const question = element("p", { class: "ll-question" });
  const asked = roomFor(all.map((problem) => [problem.question]));
  const heard = announcer();
  const status = element("p", { class: "ll-status", role: "status" });
  const clock = clockOf(model, redraw);
  const choose = chooser(model, (kind, problem) => {
    clock.stop();
    setTraits(model, { step: 0, kind, problem });
  });
  const sides = [0, 1].map((number) => sideOf(model, number));
  const [keys, speed] = [buttons(model, clock, heard.say), speedSlider(model)];
  const own = { class: "ll-widget ll-race", role: "group", "aria-label": "Race" };
  el.append(
    element(
      "div",
      own,
      choose.node,
      element("div", { class: "ll-text" }, asked, question),
      element("div", { class: "ll-sides" }, ...sides.map((side) => side.node)),
      element("div", { class: "ll-keys" }, keys.node, speed.node),
      status,
      heard.node,
    ),
  );

  function redraw() {
    const problem = problemsOf(model)[model.get("problem")];
    const step = model.get("step");
    setText(question, problem.question);
    for (const side of sides) side.update(problem, step);
    for (const part of [choose, keys, speed]) part.update();
    setText(status, summary(problem, step));
  }
  for (const name of TRAITS) model.on(`change:${name}`, redraw);
  redraw();
  return () => {
    clock.stop();
    heard.stop();
  };
}

export default { render };
