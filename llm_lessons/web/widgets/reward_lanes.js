// The widget: two buttons, a moment's answers in lanes and three of them in full, both
// curves up to this moment, and a slider that chooses it; another one for the price of a
// wrong answer, where there is one. A page can't train: it replays a run that is over.

import { isPage, noAnswer, PYTHON } from "../lib/answering.js";
import { element, MAIN, pushButton, setOff, setText } from "../lib/dom.js";
import { kept } from "../lib/keeping.js";
import { lineChart } from "../lib/line_chart.js";
import { slider } from "../lib/sliders.js";
import { later, patience } from "../lib/timers.js";
import { setTrait } from "../lib/widget_model.js";
import {
  answers,
  lanes,
  progressText,
  replayText,
  sharesOf,
  sharesText,
  stepsText,
} from "./reward_lanes_picture.js";
import "./reward_lanes.css" with { type: "text" };

/** @import { Curve } from "../lib/line_chart.js" */
/** @import { Model, View } from "../lib/widget_model.js" */
/** @import { Moment, Phase, Signs, Status } from "./reward_lanes_picture.js" */

const PACE = 450; // milliseconds for a step

/**
 * @param {() => number} count how many moments there are
 * @param {() => void} redraw called when it stands at another one
 */
export function replay(count, redraw) {
  let at = 0;
  let reached = 0;
  let isBegun = false;
  let isPlaying = false;
  const tick = later(PACE, () => go(at + 1));

  /** @param {number} next */
  function go(next) {
    at = Math.max(0, Math.min(next, count() - 1));
    reached = Math.max(reached, at);
    isPlaying &&= at < count() - 1;
    if (isPlaying) tick.start();
    redraw();
  }
  function play() {
    if (count() < 2) return;
    [isBegun, isPlaying] = [true, true];
    go(at === count() - 1 ? 0 : at + 1);
  }
  function stop() {
    tick.stop();
    isPlaying = false;
    redraw();
  }
  function back() {
    tick.stop();
    [at, reached, isBegun, isPlaying] = [0, 0, false, false];
    redraw();
  }
  /** By the slider or the curve: it plays no further. @param {number} next */
  function choose(next) {
    tick.stop();
    isPlaying = false;
    go(Math.min(next, reached));
  }
  const now = () => ({ at, reached, isBegun, isPlaying });
  return { play, stop, back, choose, now, end: tick.stop };
}

/**
 * Where a wrong answer has a price, `_kept` are the moments for each one.
 * @typedef {{ moments: Moment[], shown: number | null, status: Status,
 *   _rewarded: string, _steps: number, _asked: [number, string], _answered: number,
 *   _signs: Signs, price: number, _kept: [number, Moment[]][] }} Traits
 */
/**
 * What there is to draw: all moments up to the newest, and the one that is looked at.
 * @typedef {{ moments: Moment[], at: number, words: string, bar: number | null,
 *   main: string, isMainOff: boolean, isBackOff: boolean }} Shown
 */

/** What is drawn anew when it changes. @type {(keyof Traits)[]} */
const TRAITS = ["moments", "shown", "status", "_asked", "_answered", "price"];
/** @type {Partial<Record<Phase, string>>} What the button says. */
const PRESS = {
  training: "Stop",
  stopped: "Go on",
  done: "Finished",
  failed: "Try again",
};

/**
 * Both buttons, a bar, and a line of words.
 * @param {(wish: "main" | "back") => void} press
 */
function laneControls(press) {
  const main = pushButton("", () => press("main"), MAIN);
  const back = pushButton("Put Fjord back", () => press("back"));
  const bar = element("progress", { "aria-label": "Progress of the learning" });
  const text = element("p", { class: "ll-status" });
  // Spoken when something is pressed and at each quarter of the way, no more often.
  const heard = element("p", { class: "ll-unseen", role: "status" });
  const buttons = element("div", { class: "ll-buttons" }, main, back);
  const node = element("div", {}, buttons, bar, text, heard);
  let told = "";

  /** @param {Shown} shown @param {number} steps */
  function update(shown, steps) {
    setText(main, shown.main);
    setOff(main, shown.isMainOff);
    setOff(back, shown.isBackOff);
    bar.max = steps;
    bar.style.visibility = shown.bar === 0 ? "hidden" : ""; // it looks like a slider
    if (shown.bar === null) bar.removeAttribute("value");
    else bar.value = shown.bar;
    setText(text, shown.words);
    const now = `${shown.main} ${Math.floor(4 * (shown.bar ?? 0) / steps)}`;
    if (told !== now) setText(heard, shown.words);
    told = now;
  }
  return { node, update };
}

/** @param {Moment | undefined} moment @param {Signs} signs */
function toldOf(moment, signs) {
  return moment ? `${stepsText(moment)}: ${sharesText(moment, signs)}` : "nothing yet";
}

/**
 * Both shares in percent over the rounds of reward.
 * @param {Moment[]} moments up to the one that is looked at @param {number} steps
 * @param {Signs} signs @returns {Curve}
 */
function curvesOf(moments, steps, signs) {
  const [first, second] = signs.curves.map(([name], i) => ({
    name,
    points: moments.map((
      [x, marks],
    ) => /** @type {[number, number]} */ ([x, sharesOf(marks, signs)[i]])),
  }));
  const isDrawn = moments.length > 1;
  const begins = first.points[0]?.[1] ?? 50;
  return {
    points: first.points,
    begins: isDrawn ? undefined : ["Here the curves begin.", begins],
    other: isDrawn ? [first.name, second.name, second.points] : undefined,
    lines: [],
    xEnd: steps,
    yEnd: 110,
    xName: "rounds of reward",
    yName: signs.axis,
    xText: String,
    label: `Curves of ${signs.axis}: ${toldOf(moments.at(-1), signs)}.`,
  };
}

/**
 * The curves, and the slider under them.
 * @param {(at: number) => void} choose @param {Signs} signs
 */
function rewardCurves(choose, signs) {
  const when = slider("Moment", { min: 0, step: 1 }, choose);
  const chart = lineChart();
  const node = element("div", {}, chart.node, when.node);

  /** @param {Moment[]} moments @param {number} at @param {number} steps */
  function update(moments, at, steps) {
    const moment = moments[at];
    when.input.max = String(Math.max(0, moments.length - 1));
    when.input.disabled = moments.length < 2;
    const told = toldOf(moment, signs);
    when.update(at, moment ? stepsText(moment) : "nothing yet", told);
    chart.update(curvesOf(moments.slice(0, at + 1), steps, signs));
  }
  return { node, update, stop: chart.stop };
}

/**
 * What a wrong answer costs, of the prices that there are.
 * @param {Model<Traits>} model
 */
function priceSlider(model) {
  const prices = model.get("_kept").map(([price]) => price);
  const range = { min: 0, max: Math.max(0, prices.length - 1), step: 1 };
  const name = "Price of a wrong answer";
  const own = slider(name, range, (i) => setTrait(model, "price", prices[i]));
  own.node.hidden = !prices.length;

  function update() {
    const price = model.get("price");
    const worth = price ? `minus ${price}` : "0, as silence";
    own.update(prices.indexOf(price), String(price), `a wrong answer earns ${worth}`);
  }
  return { node: own.node, update };
}

/** The moments of a run that is over. @param {Model<Traits>} model */
function pastOf(model) {
  const own = model.get("_kept").find(([price]) => price === model.get("price"));
  return own ? own[1] : model.get("moments");
}

/**
 * What a kernel's run shows.
 * @param {Model<Traits>} model @param {string} excuse of who does not answer
 * @param {boolean} isWaiting @returns {Shown}
 */
function live(model, excuse, isWaiting) {
  const [status, all] = [model.get("status"), model.get("moments")];
  const isReady = status.phase === "ready";
  const moments = isReady ? all.slice(0, 1) : all;
  const [steps, last] = [model.get("_steps"), moments.at(-1)];
  const told = last ? sharesText(last, model.get("_signs")) : "";
  return {
    moments,
    at: Math.max(0, Math.min(model.get("shown") ?? Infinity, moments.length - 1)),
    words: excuse || progressText(status, steps, told),
    bar: status.phase === "training" && !status.step ? null : status.step,
    main: PRESS[status.phase] ?? `Reward ${model.get("_rewarded")}`,
    isMainOff: status.phase === "done" || isWaiting,
    isBackOff: isReady || status.phase === "training" || isWaiting,
  };
}

/**
 * What a page shows, which replays.
 * @param {Model<Traits>} model @param {ReturnType<typeof replay>} past @returns {Shown}
 */
function replayed(model, past) {
  const { at, reached, isBegun, isPlaying } = past.now();
  const all = pastOf(model);
  const isOver = at === all.length - 1;
  const rest = isOver ? "Replay" : "Go on";
  const begun = isPlaying ? "Stop" : rest;
  return {
    moments: all.slice(0, reached + 1),
    at,
    words: replayText(all, at, isBegun, model.get("_signs")),
    // What came of the last step is no moment any more.
    bar: isBegun && isOver ? model.get("_steps") : all[at]?.[0] ?? 0,
    main: isBegun ? begun : `Reward ${model.get("_rewarded")}`,
    isMainOff: all.length < 2,
    isBackOff: !isBegun || isPlaying,
  };
}

/** @param {View<Traits>} view */
function render({ model, el }) {
  const waiting = patience(model, redraw);
  const past = replay(() => pastOf(model).length, redraw);
  const signs = model.get("_signs");
  const buttons = laneControls(press);
  const price = priceSlider(model);
  const picture = lanes(signs);
  const chart = rewardCurves((at) => {
    if (isPage()) past.choose(at);
    else setTrait(model, "shown", at === model.get("moments").length - 1 ? null : at);
  }, signs);
  const three = answers();
  // The answers come last: what they say is now longer, now shorter.
  const parts = [buttons, picture, chart, three].map((part) => part.node);
  buttons.node.prepend(price.node);
  const laid = element("div", { class: "ll-lanes-parts" }, ...parts);
  el.append(element("div", { class: "ll-widget ll-lanes" }, laid));

  /** @param {"main" | "back"} wish */
  function press(wish) {
    if (isPage()) {
      if (wish === "back") past.back();
      else if (past.now().isPlaying) past.stop();
      else past.play();
      return;
    }
    const begun = model.get("status").phase === "training" ? "stop" : "start";
    const asked = wish === "back" ? "back" : begun;
    setTrait(model, "_asked", [model.get("_asked")[0] + 1, asked]);
  }
  function now() {
    if (isPage()) return replayed(model, past);
    const asked = model.get("_asked");
    const isWaiting = asked[0] !== model.get("_answered");
    const isOver = isWaiting && waiting.isOver(asked);
    return live(model, isOver ? noAnswer(model, "", PYTHON) : "", isWaiting && !isOver);
  }
  function redraw() {
    const [shown, steps] = [now(), model.get("_steps")];
    const moment = shown.moments[shown.at];
    price.update();
    buttons.update(shown, steps);
    picture.update(moment?.[1] ?? "");
    three.update(moment?.[3] ?? []);
    chart.update(shown.moments, shown.at, steps);
  }
  for (const name of TRAITS) model.on(`change:${name}`, redraw);
  model.on("change:price", past.back);
  redraw();
  return () => [waiting.stop, chart.stop, past.end].forEach((stop) => stop());
}

export default kept({ render });
