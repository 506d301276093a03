// The widget: two runs side by side. They were drawn ahead, so each click only shows
// one flip more; the kernel is asked for new runs alone, and for those of another text.

import { noAnswer, stillWorking } from "../lib/answering.js";
import { ask } from "../lib/ask.js";
import { barScale } from "../lib/bars.js";
import { control, element, MAIN, pushButton, setOff, setText } from "../lib/dom.js";
import { kept } from "../lib/keeping.js";
import { listenTo } from "../lib/kernel.js";
import { originsBelow } from "../lib/origins.js";
import { setTrait, setTraits } from "../lib/widget_model.js";
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
/** @import { Names, Run, Runs, Traits } from "./two_runs_side.js" */
/** What is drawn anew when it changes. @type {(keyof Traits)[]} */
const TRAITS = ["prompt", "flips", "same_coins", "_seed", "_pair", "_answers"];
const LOOK = 600; // milliseconds at a pair, then its words are asked for
const PAUSE_OF_TYPING = 300; // milliseconds, then the text is sent
const STAY = ", so these are still the runs of the text before";
const DRAWING = "New runs are being drawn …";

/**
 * The number of the first flip that fell differently, from 1; 0 if none has so far.
 * @param {Run} first @param {Run} second @param {number} flips
 */
export function firstParting(first, second, flips) {
  for (let i = 0; i < flips; i += 1) {
    const [a, b] = [first.flips[i], second.flips[i]];
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
 * @template Text
 * @param {Text[]} runs
 */
export const apart = (runs) => [...new Set(runs)];

/**
 * @param {Names} names @param {Run[]} runs @param {number} flips
 * @param {number} partedAt
 */
function inWords({ pieces, marks }, runs, flips, partedAt) {
  if (flips === 0) {
    const seeds = apart(runs).map((run) => run.seed).join(" and ");
    return `Nothing is drawn yet. The strips show the first flip's odds. ` +
      `Seeds: ${seeds}.`;
  }
  const drew = runs.map(({ flips: all }, i) => {
    if (flips > all.length) return `run ${i + 1} has ended`;
    const [token] = all[flips - 1];
    return `run ${i + 1} drew “${visiblePiece(pieces[token], marks[token])}”`;
  }).join(", ");
  const parting = partedAt === 0
    ? "They are still the same."
    : partedAt === flips
    ? "Here they part."
    : `They parted at flip ${partedAt}.`;
  return `Flip ${flips}: ${drew}. ${parting}${whyOver(runs, flips, marks)}`;
}

/**
 * Which two runs are shown: the next two, time after time. Where all have been seen,
 * more are asked for; where nobody answers, the first ones come again.
 * @param {Model<Traits>} model @param {() => void} update
 */
function pairOfRuns(model, update) {
  let [isAlone, busy] = [false, ""];
  /** @type {() => Answer<Runs>} */
  const answer = ask(
    model,
    "runs",
    () => [model.get("prompt"), model.get("_seed")],
    "prompt",
  );
  /** The runs that are there, and the text and the seed that they begin with. */
  function read() {
    const { value, shown } = answer();
    const [, text, seed] = /** @type {[string, string, number]} */ (shown);
    return { .../** @type {Runs} */ (value), text, seed };
  }
  const isOfText = () => read().text === model.get("prompt");
  /** Whether more runs of the same text are on their way. */
  const isWaiting = () => isOfText() && !answer().isHeard;
  listenTo(model);
  const giveUp = later(PATIENCE, () => {
    if (!isWaiting() || model.get("_in_page")) return; // a page's model is only slow
    busy = stillWorking(model);
    if (busy) {
      giveUp.start();
      return update();
    }
    isAlone = true;
    setTrait(model, "_seed", read().seed);
    begin(0);
  });
  // How words go on takes a while: it is asked for a pair that one looks at.
  const pairNow = () => `${model.get("_pair")} ${JSON.stringify(answer().shown)}`;
  let lookedAt = model.get("_questions")["0"] ? pairNow() : ""; // asked beforehand
  /** @type {(() => Answer<Endings[]>)[]} */
  const endings = [0, 1].map((side) =>
    ask(model, "endings_along", () => {
      const runs = shown();
      if (lookedAt !== pairNow() || side > 0 && runs[0] === runs[side]) return null;
      const flips = runs[side].flips.map(([token, , , , bars]) => [
        token,
        bars.map(([id]) => id),
      ]);
      return [read().text, flips];
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
    const [{ runs }, first] = [read(), 2 * model.get("_pair")];
    const second = model.get("same_coins") ? first : first + 1;
    return [runs[first], runs[second]];
  }
  /** @param {number} pair */
  function begin(pair) {
    giveUp.stop();
    setTraits(model, { flips: 0, _pair: pair });
    naming.start();
    update();
  }
  function startAgain() {
    const [{ runs, seed }, next] = [read(), model.get("_pair") + 1];
    if (runs.length >= 2 * (next + 1)) return begin(next);
    // Nobody answers, or the text in the box was refused.
    if (isAlone && !model.get("_in_page") || !isOfText()) return begin(0);
    busy = "";
    setTrait(model, "_seed", seed + runs.length);
    giveUp.start();
    update();
  }
  let last = JSON.stringify(answer().shown);
  model.on("change:_answers", () => {
    const now = JSON.stringify(model.get("_answers").prompt?.shown);
    if (now === last) return;
    last = now;
    isAlone = false;
    begin(0);
  });
  // The runs of another text begin with the first seed; nobody waits for the old ones.
  model.on("change:prompt", () => {
    giveUp.stop();
    setTrait(model, "_seed", model.get("_first"));
  });
  const state = () => ({ isWaiting: isWaiting(), isAlone, busy });
  /** Whether the text in the box was answered. */
  const heard = () => isOfText() ? { isHeard: true, why: "" } : answer();
  /** Nobody waits any more. */
  function stop() {
    giveUp.stop();
    naming.stop();
  }
  return { read, heard, shown, endingsAt, startAgain, stop, state };
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
    for (const flip of flips) setOff(flip, isWaiting || isOver);
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
    answer: pair.heard,
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
    const { text: prompt, pieces, marks } = pair.read();
    const text = flips.filter(([token], i) => !(token in marks) || i + 1 < flips.length)
      .map(([token]) => token in marks ? "\ufffd" : pieces[token]);
    return [prompt, text.join("")];
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
    const { text, pieces, marks } = pair.read();
    // A page's model is slow, but it answers: until then nobody asks it for more.
    isTyped = box.update().isWaiting ||
      model.get("_in_page") === true && !pair.heard().isHeard;
    const { isWaiting, isAlone, busy } = pair.state();
    const isStale = model.get("prompt") !== text;
    both.classList.toggle("ll-stale", isStale);
    status.classList.toggle("ll-stale", isStale && !isTyped);
    const partedAt = firstParting(runs[0], runs[1], flips);
    steps.update(isTyped || isWaiting, flips >= longest());
    const excuse = ", so these runs have been here before";
    const note = isAlone && flips === 0 ? `${noAnswer(model, excuse)} ` : "";
    const words = note + inWords({ pieces, marks }, runs, flips, partedAt);
    setText(status, isWaiting ? busy || DRAWING : isTyped ? DRAWING : words);
    const place = Math.max(0, flips - 1);
    const shown = runs.map(({ flips: all }) => all[Math.min(place, all.length - 1)]);
    const full = scale.full(shown.flatMap(([, , , , some]) => some.map(([, p]) => p)));
    sides.forEach((side, i) => {
      const run = runs[i];
      const endings = pair.endingsAt(run, run.flips.indexOf(shown[i]));
      const origins = originsOf(run);
      const names = { pieces, marks, endings };
      side.update({ text, run, flips, partedAt, full, origins, ...names });
    });
    origins.update();
  }
  for (const name of TRAITS) model.on(`change:${name}`, update);
  update();
  return () => [box, pair, origins, ...sides].forEach((part) => part.stop());
}

export default kept({ render });
