// The widget: two buttons and a bar of progress, the curve with a mark to drag along
// it, what the model wrote there, and all of it as a table.

import { isPage, noAnswer, PYTHON } from "../lib/answering.js";
import { control, element, setOff, setText } from "../lib/dom.js";
import { setTrait } from "../lib/widget_model.js";
import { later, patience } from "../lib/timers.js";
import { noiseAndStory, replay, visible } from "./training_curve_moment.js";
import { byHeart, inBits, million, statusText } from "./training_curve_words.js";
import "./training_curve.css" with { type: "text" };

/** @import { Model, View } from "../lib/widget_model.js" */
/** @import { Phase, Point, Sample, Status } from "./training_curve_words.js" */
/**
 * @typedef {object} Traits
 * @property {Point[]} points
 * @property {Sample[]} samples
 * @property {Point[]} held_out the loss on text that is never learned from
 * @property {number | null} shown number of a sample, null for the newest
 * @property {Status} status
 * @property {string} _prompt
 * @property {number} _steps
 * @property {number} _tokens that the whole training reads
 * @property {[string, number][]} _lines names and bits: what there is to beat
 * @property {Record<string, string>} _before noise and a story, by their names
 * @property {[number, string]} _asked number of the press, and for what
 * @property {number} _answered the last press that was heard
 */

const SILENCE = 15_000; // milliseconds without news from a training that should run
/** @type {(keyof Traits)[]} */
const TRAITS = [
  "points",
  "samples",
  "held_out",
  "shown",
  "status",
  "_lines",
  "_asked",
  "_answered",
];
const BUSY = ["preparing", "training"];
/** @type {Partial<Record<Phase, string>>} What the button says. */
const PRESS = {
  preparing: "Stop",
  training: "Stop",
  stopped: "Continue",
  done: "Finished",
};

/** @param {Model<Traits>} model @param {string} wish */
function ask(model, wish) {
  setTrait(model, "_asked", [model.get("_asked")[0] + 1, wish]);
}

/** @param {Model<Traits>} model @param {() => boolean} isWaiting */
function controls(model, isWaiting) {
  const main = control("button", { type: "button" });
  const again = control("button", { type: "button" }, "Start over");
  const node = element("div", { class: "ll-buttons" }, main, again);
  /** @param {HTMLElement} button */
  const isOff = (button) => button.getAttribute("aria-disabled") === "true";
  main.addEventListener("click", () => {
    if (!isOff(main)) {
      ask(model, BUSY.includes(model.get("status").phase) ? "stop" : "start");
    }
  });
  again.addEventListener("click", () => isOff(again) || ask(model, "again"));

  function update() {
    const { phase } = model.get("status");
    const isBusy = BUSY.includes(phase);
    setText(main, PRESS[phase] ?? "Start training");
    setOff(main, phase === "done" || isWaiting());
    setOff(again, isBusy || phase === "ready" || isWaiting());
  }
  return { node, update };
}

/** @param {Model<Traits>} model */
function progress(model) {
  const bar = element("progress", { "aria-label": "Progress of the training" });
  const text = element("p", { class: "ll-status" });
  // Spoken when the phase changes and at each quarter of the way, no more often.
  const heard = element("p", { class: "ll-unseen", role: "status" });
  const node = element("div", {}, bar, text, heard);
  /** @type {string | undefined} */
  let told;

  /** @param {string} excuse */
  function update(excuse) {
    const [status, steps] = [model.get("status"), model.get("_steps")];
    bar.max = steps;
    if (status.phase === "preparing") bar.removeAttribute("value");
    else bar.value = status.step;
    const words = excuse || statusText(
      status,
      steps,
      model.get("points"),
      model.get("held_out"),
    );
    setText(text, words);
    const now = `${status.phase} ${Math.floor((4 * status.step) / steps)} ${excuse}`;
    if (told !== now) setText(heard, words);
    told = now;
  }
  return { node, update };
}

/** @param {Model<Traits>} model */
function table(model) {
  const body = element("tbody");
  const head = element("tr");
  const grid = element("table", {}, element("thead", {}, head), body);
  const node = element(
    "details",
    {},
    control("summary", {}, "All of it as a table"),
    grid,
  );

  /** @param {Sample} sample @param {number} place */
  function row([, tokens, bits, text], place) {
    const held = model.get("held_out")[place];
    const cells = [
      bits.toFixed(2),
      ...(held ? [held[2].toFixed(2)] : []),
      model.get("_prompt") + visible(text),
    ];
    const name = element("th", { scope: "row" }, tokens.toLocaleString("en"));
    return element("tr", {}, name, ...cells.map((cell) => element("td", {}, cell)));
  }
  /** @type {string | undefined} */
  let first;
  function update() {
    const samples = model.get("samples");
    if (first !== samples[0]?.[3] || samples.length < body.rows.length) {
      body.replaceChildren();
    }
    first = samples[0]?.[3];
    if (!body.rows.length) {
      const isHeld = model.get("held_out").length > 0;
      const heads = [
        "Tokens read",
        "Loss, bits a token",
        ...(isHeld ? ["Loss on held-out text"] : []),
        "What it writes",
      ];
      head.replaceChildren(
        ...heads.map((text) => element("th", { scope: "col" }, text)),
      );
    }
    for (let i = body.rows.length; i < samples.length; i++) {
      body.append(row(samples[i], i));
    }
  }
  return { node, update };
}

/** @param {View<Traits>} view */
function render({ model, el }) {
  const waiting = patience(model, redraw);
  /** @type {Status | undefined} */
  let news;
  let isSilent = false;
  const silence = later(SILENCE, () => {
    isSilent = true;
    redraw();
  });
  const isWaiting = () => model.get("_asked")[0] !== model.get("_answered");
  const buttons = controls(
    model,
    () => isWaiting() && !waiting.isOver(model.get("_asked")),
  );
  const [bar, past, all] = [progress(model), replay(model), table(model)];
  const before = noiseAndStory(model);
  const parts = [buttons.node, bar.node, past.node, before, all.node];
  el.append(element("div", { class: "ll-widget ll-training" }, ...parts));

  function excuse() {
    if (isWaiting() && waiting.isOver(model.get("_asked"))) {
      const works = "; the curve below works without";
      return isPage()
        ? `A page can't train: that needs the notebook${works}.`
        : noAnswer(model, works, PYTHON);
    }
    return isSilent
      ? "No news for a while: the kernel is busy, or no longer there."
      : "";
  }

  // A training that should run and says nothing is told of.
  function listen() {
    if (news === model.get("status")) return;
    news = model.get("status");
    silence.stop();
    isSilent = false;
    if (news.phase === "training") silence.start();
  }

  function redraw() {
    listen();
    const [points, samples] = [model.get("points"), model.get("samples")];
    const at = Math.min(model.get("shown") ?? Infinity, samples.length - 1);
    const sample = samples[at];
    const end = model.get("_tokens") || 1e6;
    const lines = model.get("_lines");
    const [, tokens, bits] = points.at(-1) ?? [0, 0, 0];
    const held = model.get("held_out");
    const start = lines.length ? `from ${inBits(lines[0][1])} at even odds ` : "";
    past.chart.update({
      points: points.map(([, tokens, bits]) => [tokens, bits]),
      mark: sample && [sample[1], sample[2]],
      stops: samples.map(([, tokens, bits]) => [tokens, bits]),
      begins: samples.length || !lines.length
        ? undefined
        : ["Here its curve will begin.", lines[0][1]],
      other: held.length
        ? [
          "text that it learns from",
          "held-out text",
          held.map(([, tokens, bits]) => [tokens, bits]),
        ]
        : undefined,
      lines,
      xEnd: end,
      yEnd: Math.max(4, ...lines.map(([, value]) => 1.1 * value)),
      xName: "million tokens read",
      yName: "loss, bits a token",
      xText: (value) => `${+(value / 1e6).toFixed(2)}`,
      label: points.length
        ? `Curve of the loss, ${start}to ${inBits(bits)} after ${
          million(tokens)
        } tokens.${byHeart(held)}`
        : "The curve of the loss, still empty.",
    });
    // The two stand there until there is more to see; in a page, which can't train, on.
    past.node.hidden = before.hasChildNodes() && !samples.length;
    before.hidden = !before.hasChildNodes() || (samples.length > 0 && !isPage());
    buttons.update();
    bar.update(excuse());
    past.update(Math.max(0, at), sample);
    all.update();
  }
  for (const name of TRAITS) model.on(`change:${name}`, redraw);
  redraw();
  return () => [waiting, past.chart, silence].forEach((part) => part.stop());
}

export default { render };
