// The widget: a prompt, sliders, the bars, the coin. The kernel is asked for
// scores when the prompt changes; all else is arithmetic, done here.

import { noAnswer } from "../lib/answering.js";
import { ask } from "../lib/ask.js";
import { BARS, barScale, barTable } from "../lib/bars.js";
import { control, element, setText } from "../lib/dom.js";
import {
  cutsInWords,
  cutSliders,
  drawOf,
  temperatureSlider,
} from "../lib/draw_sliders.js";
import { kept } from "../lib/keeping.js";
import { eachFrame, numbersOf, setTraits } from "../lib/widget_model.js";
import { oddsOf, percent, sortScores } from "../lib/odds.js";
import { visiblePiece } from "../lib/pieces.js";
import { textBox } from "../lib/text_box.js";
import { announcer, later } from "../lib/timers.js";
import { coin, tallyOf } from "./next_token_coin.js";
import "../lib/halves.css" with { type: "text" };
import "./next_token.css" with { type: "text" };

/** @import { Answer } from "../lib/ask.js" */
/** @import { Model, View } from "../lib/widget_model.js" */
/** @import { Sorted } from "../lib/odds.js" */
/** @import { Endings } from "../lib/pieces.js" */
/** @import { Shown, Traits } from "./next_token_coin.js" */

const PAUSE_OF_TYPING = 100; // milliseconds, then the prompt is sent
const PAUSE_FOR_ENDINGS = 350; // then the page asks how the words at the bars go on

/** @param {string | null} text */
function quoted(text) {
  const end = (text ?? "").slice(-40);
  return `“${end.length < (text ?? "").length ? "…" : ""}${end}”`;
}

// One sentence under the bars, and the same for a screen reader once all is quiet.
function summary() {
  const seen = element("p", { class: "ll-entropy" });
  const heard = announcer();
  /** @param {Shown} shown */
  function update({ odds, ids, pieces, marks }) {
    const choices = 2 ** odds.bits;
    const digits = choices < 9.95 ? 1 : 0;
    const worth = choices.toLocaleString("en", {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    const equal = odds.bits < 0.005 ? "1 choice" : `${worth} equal choices`;
    const text = `Entropy ${odds.bits.toFixed(2)} bits: worth ${equal}`;
    setText(seen, text);
    const likeliest = visiblePiece(pieces[ids[0]], marks[ids[0]]);
    heard.say(`Likeliest: “${likeliest}”, ${percent(odds.chance(0))}. ${text}.`);
  }
  return { node: element("div", {}, seen, heard.node), update, stop: heard.stop };
}

/**
 * The model's scores, sorted once for each answer of the kernel.
 * @param {Model<Traits>} model
 */
function scoresOf(model) {
  /** @type {DataView | undefined} */
  let bytes;
  /** @type {Sorted | null} */
  let sorted = null;
  return () => {
    if (bytes !== model.get("_logits")) {
      bytes = model.get("_logits");
      const scores = numbersOf(Float32Array, bytes);
      sorted = scores.length ? sortScores(scores) : null;
    }
    return sorted;
  };
}

/**
 * A mark that was drawn by other odds than the ones shown is lifted, and the tally.
 * @param {Model<Traits>} model
 */
function liftOldMark(model) {
  /** @type {{ drawn: number | null, odds: unknown[] } | undefined} */
  let last;
  return (/** @type {unknown[]} */ ...odds) => {
    const drawn = model.get("drawn");
    const before = last?.drawn === drawn ? last.odds : odds;
    const isOld = drawn !== null && odds.some((value, i) => value !== before[i]);
    if (isOld) setTraits(model, { drawn: null, flips: [] });
    last = { drawn: model.get("drawn"), odds };
  };
}

/**
 * How words go on at the bars, and where the coin fell. They are asked for once nobody
 * types: for a large model that takes longer than the scores.
 * @param {Model<Traits>} model @param {() => Sorted | null} scores
 */
function endingsOf(model, scores) {
  const [, first = null] = model.get("_questions").endings ?? [];
  let [wanted, settled] = [first, first]; // texts
  /** The text that is asked about, if any. */
  function text() {
    const shown = model.get("_shown");
    return shown === settled && shown === model.get("prompt") ? shown : null;
  }
  const likeliest = () => [...scores()?.ids.subarray(0, BARS) ?? []];
  /** @type {() => Answer<Endings>} */
  const atBars = ask(model, "endings", () => {
    const tokens = likeliest().sort((a, b) => a - b);
    return text() === null ? null : [text(), tokens];
  });
  /** @type {() => Answer<Endings>} */
  const drawn = ask(model, "endings", () => {
    const token = model.get("drawn");
    const isAlone = token !== null && !likeliest().includes(token);
    return text() === null || !isAlone ? null : [text(), [token]];
  }, "drawn");
  const asking = later(PAUSE_FOR_ENDINGS, () => {
    settled = wanted;
    for (const answer of [atBars, drawn]) answer();
  });
  /** @returns {Endings} */
  function now() {
    const shown = model.get("_shown");
    if (shown !== wanted) asking.start();
    wanted = shown;
    const told = [atBars(), drawn()].map(({ value, isOld }) => isOld ? {} : value);
    return Object.assign({}, ...told);
  }
  return { now, stop: asking.stop };
}

/** @param {{ node: HTMLElement }[]} parts */
function rowOf(...parts) {
  return element("div", { class: "ll-sliders" }, ...parts.map((one) => one.node));
}

/**
 * What is used now and then is folded, so that the bars stand below the temperature.
 * @param {Model<Traits>} model @param {HTMLElement} row
 */
function cutsOf(model, row) {
  const title = control("summary", {}, "Cut off the unlikely");
  const node = element("details", { class: "ll-cuts" }, title, row);
  node.open = cutsInWords(drawOf(model)) !== "";
  return node;
}

/**
 * @param {Model<Traits>} model @param {number} size tokens of the vocabulary
 * @param {() => void} redraw
 */
function controlsOf(model, size, redraw) {
  const prompt = textBox(model, {
    trait: "prompt",
    label: "Text so far",
    pause: PAUSE_OF_TYPING,
    excuse: () =>
      noAnswer(
        model,
        `, so the bars stay with ${quoted(model.get("_shown"))}; all else works`,
      ),
    redraw,
  });
  const [heat, cuts] = [temperatureSlider(model), cutSliders(model, size)];
  const hasSliders = model.get("_has_sliders");
  const flips = coin(model, prompt.add, BARS, !hasSliders);
  const row = rowOf(heat, { node: cutsOf(model, rowOf(...cuts)) });
  const node = element(
    "div",
    {},
    prompt.node,
    ...hasSliders ? [row] : [],
    flips.buttons,
  );
  return { node, prompt, sliders: [heat, ...cuts], flips };
}

/** @param {View<Traits>} view */
function render({ model, el }) {
  const [pieces, marks] = [model.get("_pieces"), model.get("_marks")];
  const frames = eachFrame(model, draw);
  const controls = controlsOf(model, pieces.length, frames.redraw);
  const { prompt, sliders, flips } = controls;
  const [bars, scale, entropy] = [barTable(), barScale(frames.redraw), summary()];
  const [scores, lift] = [scoresOf(model), liftOldMark(model)];
  const endings = endingsOf(model, scores);
  const below = element("div", { class: "ll-below-bars" }, entropy.node, scale.node);
  const parts = [flips.strip, bars.node, below, flips.said];
  const chances = element("div", { class: "ll-chances" }, ...parts);
  const halves = element("div", { class: "ll-halves" }, controls.node, chances);
  el.append(element("div", { class: "ll-widget ll-next-token" }, halves));

  /** @param {Sorted} sorted @param {boolean} isWaiting */
  function shownNow(sorted, isWaiting) {
    const settings = drawOf(model);
    lift(sorted, ...Object.values(settings));
    return {
      isCurrent: model.get("prompt") === model.get("_shown"),
      isWaiting,
      ids: sorted.ids,
      odds: oddsOf(sorted, settings),
      drawnRank: sorted.ids.indexOf(model.get("drawn") ?? -1),
      pieces,
      marks,
      endings: endings.now(),
    };
  }
  function draw() {
    const { isWaiting } = prompt.update();
    for (const one of sliders) one.update();
    const sorted = scores();
    chances.hidden = !sorted;
    if (!sorted) return flips.update(null);
    const shown = shownNow(sorted, isWaiting);
    chances.classList.toggle("ll-stale", !shown.isCurrent);
    const lengths = Array.from(
      { length: Math.min(BARS, sorted.ids.length) },
      (_, i) => i < shown.odds.kept ? shown.odds.chance(i) : shown.odds.share(i),
    );
    const tally = tallyOf(model.get("flips"), sorted.ids);
    bars.update({ ...shown, tally, full: scale.full(lengths) });
    for (const part of [entropy, flips]) part.update(shown);
  }
  draw();
  return () => [frames, prompt, entropy, endings, flips].forEach((part) => part.stop());
}

export default kept({ render });
