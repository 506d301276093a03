// The widget: two runs side by side. They were drawn ahead, so each click only shows
// one flip more; the kernel is asked for new runs alone, and for those of another text.

import { noAnswer, stillWorking } from "../lib/answering.js";
import { ask } from "../lib/ask.js";
import { barScale } from "../lib/bars.js";
import { control, element, MAIN, pushButton, setOff, setText } from "../lib/dom.js";
import { kept } from "../lib/keeping.js";
import { listenTo } from "../lib/kernel.js";
import { originsBelow } from "../lib/origins.js";
import { setTrait } from "../lib/widget_model.js";
import { visiblePiece } from "../lib/pieces.js";
import { TEXT_ENDS, withBreaks } from "../lib/signs.js";
import { textBox } from "../lib/text_box.js";
import { later, PATIENCE } from "../lib/timers.js";
import { sideOfPage } from "./two_runs_side.js";
import "./two_runs.css" with { type: "text" };

/** @import { Answer } from "../lib/ask.js" */
/** @import { Asked } from "../lib/origins.js" */
/** @import { Endings, Marks } from "../lib/pieces.js" */
/** @import { Model, View } from "../lib/widget_model.js" */
/** @import { Run, Traits } from "./two_runs_side.js" */
/** What is drawn anew when it changes. @type {(keyof Traits)[]} */
const TRAITS = [
  "prompt",
  "flips",
  "same_coins",
  "_pair",
  "_runs",
  "_answers",
  "_shown",
  "_heard",
  "_message",
];
const LOOK = 600; // milliseconds at a pair, then its words are asked for
const PAUSE_OF_TYPING = 300; // milliseconds, then the text is sent
const STAY = ", so these are still the runs of the text before";
const DRAWING = "New runs are being drawn …";

/**
 * The number of the first flip that fell differently, from 1; 0 if none has so far.
 * @param {Run} one @param {Run} other @param {number} flips
 */
export function firstParting(one, other, flips) {
  for (let i = 0; i < flips; i += 1) {
    const [a, b] = [one.flips[i], other.flips[i]];
    if (!a && !b) return 0;
    if (!a || !b || a[0] !== b[0]) return i + 1;
  }
  return 0;
}

/**
 * Why nothing more is drawn: the texts have ended, or that was the last flip drawn
 * ahead. Empty while there is more.
 * @param {Run[]} runs @param {number} flips @param {Marks} marks
 */
export function whyOver(runs, flips, marks) {
  if (runs.some((run) => flips < run.flips.length)) return "";
  const hasEnded = (/** @type {Run} */ run) =>
    marks[run.flips.at(-1)?.[0] ?? -1] === TEXT_ENDS;
  if (runs.every(hasEnded)) return " This is the end.";
  return ` The drawing stops here, after ${flips} flips.`;
}

/**
 * The texts that there are: two runs with the same coins write one.
 * @template One
 * @param {One[]} runs
 */
export const apart = (runs) => [...new Set(runs)];

/**
 * @param {Model<Traits>} model @param {Run[]} runs @param {number} flips
 * @param {number} partedAt
 */
function inWords(model, runs, flips, partedAt) {
  if (flips === 0) {
    const seeds = apart(runs).map((run) => run.seed).join(" and ");
    return `Nothing is drawn yet. The strips show the first flip's odds. ` +
      `Seeds: ${seeds}.`;
  }
  const drew = runs.map(({ flips: all }, i) => {
    if (flips > all.length) return `run ${i + 1} has ended`;
    const [token] = all[flips - 1];
    const piece = visiblePiece(model.get("_pieces")[token], model.get("_marks")[token]);
    return `run ${i + 1} drew “${piece}”`;
  }).join(", ");
  const parting = partedAt === 0
    ? "They are still the same."
    : partedAt === flips
    ? "Here they part."
    : `They parted at flip ${partedAt}.`;
  return `Flip ${flips}: ${drew}. ${parting}${
    whyOver(runs, flips, model.get("_marks"))
  }`;
}

/**
 * Which two runs are shown: the next two, time after time. Where all have been seen,
 * the kernel draws more; where no kernel is, the first ones come again.
 * @param {Model<Traits>} model @param {() => void} update
 */
function pairOfRuns(model, update) {
  let [isWaiting, isAlone, busy] = [false, false, ""];
  listenTo(model);
  const giveUp = later(PATIENCE, () => {
    if (model.get("_in_page")) return; // a page that sleeps is slow, but not alone
    busy = stillWorking(model);
    if (busy) {
      giveUp.start();
      return update();
    }
    isAlone = true;
    begin(0);
  });
  // How words go on takes a while: it is asked for a pair that one looks at.
  const pairNow = () => `${model.get("_pair")} ${model.get("_shown")}`;
  let lookedAt = model.get("_questions")["0"] ? pairNow() : ""; // asked beforehand
  /** @type {(() => Answer<Endings[]>)[]} */
  const endings = [0, 1].map((side) =>
    ask(model, "endings_along", () => {
      const runs = shown();
      if (lookedAt !== pairNow() || side > 0 && runs[0] === runs[side]) return null;
      const flips = runs[side].flips.map(([token, , , , bars]) => [
        token,
        bars.map(([one]) => one),
      ]);
      return [model.get("_shown"), flips];
    }, String(side))
  );
  const naming = later(LOOK, () => {
    lookedAt = pairNow();
    for (const answer of endings) answer();
  });

  /**
   * How words go on at a flip of one of the two runs.
   * @param {Run} run @param {number} place @returns {Endings}
   */
  function endingsAt(run, place) {
    const { value, isOld } = endings[shown().indexOf(run)]();
    return isOld ? {} : value?.[place] ?? {};
  }
  function shown() {
    const [runs, first] = [model.get("_runs"), 2 * model.get("_pair")];
    const second = model.get("same_coins") ? first : first + 1;
    return [runs[first], runs[second]];
  }
  /** @param {number} number */
  function begin(number) {
    isWaiting = false;
    giveUp.stop();
    setTrait(model, "flips", 0);
    setTrait(model, "_pair", number);
    naming.start();
    update();
  }
  function startAgain() {
    const next = model.get("_pair") + 1;
    const needed = 2 * (next + 1);
    if (model.get("_runs").length >= needed) return begin(next);
    if (isAlone && !model.get("_in_page")) return begin(0);
    [isWaiting, busy] = [true, ""];
    setTrait(model, "_wanted", needed);
    giveUp.start();
    update();
  }
  model.on("change:_runs", () => {
    isAlone = false;
    if (isWaiting) begin(model.get("_pair") + 1);
  });
  // The runs of another text begin with the first two; nobody waits for the old ones.
  model.on("change:prompt", () => {
    isWaiting = false;
    giveUp.stop();
  });
  model.on("change:_shown", naming.start);
  const state = () => ({ isWaiting, isAlone, busy });
  /** Nobody waits any more. */
  function stop() {
    giveUp.stop();
    naming.stop();
  }
  return { shown, endingsAt, startAgain, stop, state };
}

/**
 * @param {Model<Traits>} model @param {(count: number) => void} flipMore
 * @param {() => void} startAgain
 */
function controls(model, flipMore, startAgain) {
  const flips = [
    pushButton("Flip once", () => flipMore(1), MAIN),
    pushButton("Ten flips", () => flipMore(10)),
    pushButton("To the end", () => flipMore(Infinity)),
  ];
  const again = pushButton("Start again", startAgain);
  const same = control("input", { type: "checkbox" });
  same.addEventListener("change", () => setTrait(model, "same_coins", same.checked));
  const label = element("label", {}, same, " Same coins on both sides");
  const node = element("div", { class: "ll-buttons" }, ...flips, again, label);

  /** @param {boolean} isWaiting @param {boolean} isOver */
  function update(isWaiting, isOver) {
    same.checked = model.get("same_coins");
    for (const one of flips) setOff(one, isWaiting || isOver);
    setOff(again, isWaiting);
  }
  return { node, update };
}

/** @param {View<Traits>} view */
function render({ model, el }) {
  let isTyped = false; // another text, whose runs are on their way
  const pair = pairOfRuns(model, update);
  const box = textBox(model, {
    trait: "prompt",
    label: "Text so far",
    pause: PAUSE_OF_TYPING,
    excuse: () => noAnswer(model, STAY),
    redraw: update,
  });
  const steps = controls(model, flipMore, () => isTyped || pair.startAgain());
  const status = element("p", { class: "ll-status", role: "status" });
  const sides = [sideOfPage(model, 1), sideOfPage(model, 2)];
  const both = element("div", { class: "ll-pair" }, ...sides.map((side) => side.node));
  const scale = barScale(update);
  const origins = originsBelow(model, written, update);
  const parts = [box.node, steps.node, status, both, origins.node, scale.node];
  el.append(element("div", { class: "ll-widget ll-two-runs" }, ...parts));

  const longest = () => Math.max(...pair.shown().map((run) => run.flips.length));
  /** @param {number} count */
  function flipMore(count) {
    setTrait(model, "flips", Math.min(model.get("flips") + count, longest()));
  }
  /**
   * What a run has written; a byte, or the end of a text, is no letter of Fjordby's.
   * @param {Run} run @returns {Asked}
   */
  function textOf({ flips }) {
    const [pieces, marks] = [model.get("_pieces"), model.get("_marks")];
    const text = flips.filter(([token], i) => !(token in marks) || i + 1 < flips.length)
      .map(([token]) => token in marks ? "\ufffd" : pieces[token]);
    return [model.get("_shown"), text.join("")];
  }
  /** Both texts, or the one of both sides, once they are complete. */
  function written() {
    return model.get("flips") < longest() ? [] : apart(pair.shown()).map(textOf);
  }
  /** @param {Run} run */
  function originsOf(run) {
    if (!origins.isOn() || !written().length) return null;
    return origins.marked(...textOf(run), withBreaks);
  }
  function update() {
    const [runs, flips] = [pair.shown(), model.get("flips")];
    // A page's model is slow, but it answers: until then nobody asks it for more.
    isTyped = box.update().isWaiting ||
      model.get("_in_page") === true && model.get("prompt") !== model.get("_heard");
    const { isWaiting, isAlone, busy } = pair.state();
    const isStale = model.get("prompt") !== model.get("_shown");
    both.classList.toggle("ll-stale", isStale);
    status.classList.toggle("ll-stale", isStale && !isTyped);
    const partedAt = firstParting(runs[0], runs[1], flips);
    steps.update(isTyped || isWaiting, flips >= longest());
    const excuse = ", so these runs have been here before";
    const note = isAlone && flips === 0 ? `${noAnswer(model, excuse)} ` : "";
    const words = note + inWords(model, runs, flips, partedAt);
    setText(status, isWaiting ? busy || DRAWING : isTyped ? DRAWING : words);
    const place = Math.max(0, flips - 1);
    const shown = runs.map(({ flips: all }) => all[Math.min(place, all.length - 1)]);
    const full = scale.full(shown.flatMap(([, , , , some]) => some.map(([, p]) => p)));
    sides.forEach((side, i) => {
      const run = runs[i];
      const endings = pair.endingsAt(run, run.flips.indexOf(shown[i]));
      side.update({ run, flips, partedAt, full, endings, origins: originsOf(run) });
    });
    origins.update();
  }
  for (const name of TRAITS) model.on(`change:${name}`, update);
  update();
  return () => [box, pair, origins, ...sides].forEach((part) => part.stop());
}

export default kept({ render });
