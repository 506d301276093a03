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

/** @param {string} [text] */
function quoted(text = "") {
  const end = text.slice(-40);
  return `“${end.length < text.length ? "…" : ""}${end}”`;
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
 * The model's scores of the prompt, sorted once for each text; `text` is the one that
 * they belong to.
 * @param {Model<Traits>} model
 */
function scoresOf(model) {
  /** @type {() => Answer<DataView>} */
  const scores = ask(model, "scores", () => [model.get("prompt")], "prompt");
  /** @type {{ text?: string, sorted?: Sorted }} */
  let last = {};
  return () => {
    const { value, shown, ...answer } = scores();
    const text = shown?.[1];
    if (value && text !== last.text) {
      last = { text, sorted: sortScores(numbersOf(Float32Array, value)) };
    }
    return { ...answer, ...last };
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
 * @param {Model<Traits>} model @param {ReturnType<typeof scoresOf>} scores
 */
function endingsOf(model, scores) {
  const [, first = null] = model.get("_questions").endings ?? [];
  let [wanted, settled] = [first, first]; // texts
  /** The text that is asked about, if any, and the tokens at its bars. */
  function now() {
    const { text, sorted, isOld } = scores();
    const isAsked = sorted && !isOld && text === settled;
    return isAsked ? { text, bars: [...sorted.ids.subarray(0, BARS)] } : null;
  }
  /** @type {() => Answer<Endings>} */
  const atBars = ask(model, "endings", () => {
    const { text, bars } = now() ?? {};
    return bars ? [text, bars.sort((a, b) => a - b)] : null;
  });
  /** @type {() => Answer<Endings>} */
  const drawn = ask(model, "endings", () => {
    const [{ text, bars }, token] = [now() ?? {}, model.get("drawn")];
    return bars && token !== null && !bars.includes(token) ? [text, [token]] : null;
  }, "drawn");
  const asking = later(PAUSE_FOR_ENDINGS, () => {
    settled = wanted;
    for (const answer of [atBars, drawn]) answer();
  });
  /** @returns {Endings} */
  function endings() {
    const { text = null } = scores();
    if (text !== wanted) asking.start();
    wanted = text;
    const both = [atBars(), drawn()].map(({ value, isOld }) => isOld ? {} : value);
    return Object.assign({}, ...both);
  }
  return { endings, stop: asking.stop };
}

/** @param {{ node: HTMLElement }[]} parts */
function rowOf(...parts) {
  return element("div", { class: "ll-sliders" }, ...parts.map((part) => part.node));
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
 * @param {Model<Traits>} model @param {ReturnType<typeof scoresOf>} scores
 * @param {() => void} redraw
 */
function controlsOf(model, scores, redraw) {
  const prompt = textBox(model, {
    trait: "prompt",
    label: "Text so far",
    pause: PAUSE_OF_TYPING,
    answer: scores,
    excuse: () =>
      noAnswer(
        model,
        `, so the bars stay with ${quoted(scores().text)}; all else works`,
      ),
    redraw,
  });
  const [heat, cuts] = [
    temperatureSlider(model),
    cutSliders(model, model.get("_pieces").length),
  ];
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
  const scores = scoresOf(model);
  const controls = controlsOf(model, scores, frames.redraw);
  const { prompt, sliders, flips } = controls;
  const [bars, scale, entropy] = [barTable(), barScale(frames.redraw), summary()];
  const [lift, words] = [liftOldMark(model), endingsOf(model, scores)];
  const below = element("div", { class: "ll-below-bars" }, entropy.node, scale.node);
  const parts = [flips.strip, bars.node, below, flips.said];
  const chances = element("div", { class: "ll-chances" }, ...parts);
  const halves = element("div", { class: "ll-halves" }, controls.node, chances);
  el.append(element("div", { class: "ll-widget ll-next-token" }, halves));

  /** @param {Sorted} sorted @param {boolean} isCurrent @param {boolean} isWaiting */
  function shownNow(sorted, isCurrent, isWaiting) {
    const settings = drawOf(model);
    lift(sorted, ...Object.values(settings));
    return {
      isCurrent,
      isWaiting,
      ids: sorted.ids,
      odds: oddsOf(sorted, settings),
      drawnRank: sorted.ids.indexOf(model.get("drawn") ?? -1),
      pieces,
      marks,
      endings: words.endings(),
    };
  }
  function draw() {
    const { isWaiting } = prompt.update();
    for (const slider of sliders) slider.update();
    const { sorted, isOld } = scores();
    chances.hidden = !sorted;
    if (!sorted) return flips.update(null);
    const shown = shownNow(sorted, !isOld, isWaiting);
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
  return () => [frames, prompt, entropy, words, flips].forEach((part) => part.stop());
}

export default kept({ render });
