// The widget: a prompt, three sliders, the bars, the coin. The kernel is asked for
// scores when the prompt changes; all else is arithmetic, done here.

import { barTable } from "../lib/bars.js";
import { control, element, setOff, setText } from "../lib/dom.js";
import { temperatureSlider, topKSlider, topPSlider } from "../lib/draw_sliders.js";
import { eachFrame, setTrait } from "../lib/widget_model.js";
import { oddsOf, percent, rankDrawn, sortScores } from "../lib/odds.js";
import { visiblePiece } from "../lib/pieces.js";
import { textBox } from "../lib/text_box.js";
import { announcer } from "../lib/timers.js";
import "./next_token.css" with { type: "text" };

/** @import { Draw } from "../lib/draw_sliders.js" */
/** @import { Model, View } from "../lib/widget_model.js" */
/** @import { Odds, Sorted } from "../lib/odds.js" */
/** @import { Marks } from "../lib/pieces.js" */
/**
 * @typedef {object} OwnTraits
 * @property {string} prompt
 * @property {number | null} drawn
 * @property {string[]} _pieces
 * @property {Marks} _marks
 * @property {DataView} _logits float32, little endian
 * @property {string | null} _shown their prompt
 * @property {string | null} _heard the last one that the kernel read
 * @property {string} _message why it was refused
 */
/** @typedef {Draw & OwnTraits} Traits */
/**
 * @typedef {{ isCurrent: boolean, isWaiting: boolean, ids: Int32Array, odds: Odds,
 *   drawnRank: number, pieces: string[], marks: Marks }} Shown
 */

const PAUSE_OF_TYPING = 150; // milliseconds, then the prompt is sent
/** @type {(keyof Traits)[]} */
const TRAITS = [
  "prompt",
  "temperature",
  "top_k",
  "top_p",
  "drawn",
  "_logits",
  "_shown",
  "_heard",
  "_message",
];

/** @param {string | null} text */
function quoted(text) {
  const end = (text ?? "").slice(-40);
  return `“${end.length < (text ?? "").length ? "…" : ""}${end}”`;
}

/**
 * @param {Model<Traits>} model @param {(text: string) => void} add
 * @param {() => void} redraw
 */
function coin(model, add, redraw) {
  const flip = control("button", { type: "button" }, "Flip the coin");
  const append = control("button", { type: "button" }, "Add it to the text");
  const result = element("p", { role: "status" });
  const node = element("div", { class: "ll-coin" }, flip, append, result);
  /** @type {Shown | null} */
  let shown = null;
  let flips = 0;

  flip.addEventListener("click", () => {
    if (!shown || shown.isWaiting) return;
    flips += 1;
    setTrait(model, "drawn", shown.ids[rankDrawn(shown.odds, Math.random())]);
    redraw(); // the same token twice changes no trait, yet it is a flip to be told
  });
  append.addEventListener("click", () => {
    const drawn = model.get("drawn");
    const isOn = append.getAttribute("aria-disabled") === "false";
    if (isOn && shown && drawn !== null) add(shown.pieces[drawn]);
  });

  /** @param {Shown | null} now */
  function update(now) {
    shown = now;
    setOff(flip, !now || now.isWaiting);
    if (!now || now.drawnRank < 0) {
      flips = 0;
      setOff(append, true);
      return setText(result, "");
    }
    const drawn = now.ids[now.drawnRank];
    const mark = now.marks[drawn];
    const isText = mark === undefined;
    setOff(append, !(isText && now.isCurrent));
    const piece = visiblePiece(now.pieces[drawn], mark);
    const chance = percent(now.odds.chance(now.drawnRank));
    const note = isText ? "" : " It is no text of its own.";
    const ending = mark === "⟨end of text⟩" ? " The text ends here." : note;
    const which = flips > 0 ? `Flip ${flips} fell` : "The coin fell";
    setText(result, `${which} on “${piece}”, a chance of ${chance}.${ending}`);
  }
  return { node, update };
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
      const { buffer, byteOffset, byteLength } = bytes;
      const scores = new Float32Array(
        buffer.slice(byteOffset, byteOffset + byteLength),
      );
      sorted = byteLength ? sortScores(scores) : null;
    }
    return sorted;
  };
}

/**
 * A mark that was drawn by other odds than the ones shown is lifted.
 * @param {Model<Traits>} model
 */
function liftOldMark(model) {
  /** @type {{ drawn: number | null, odds: unknown[] } | undefined} */
  let last;
  return (/** @type {unknown[]} */ ...odds) => {
    const drawn = model.get("drawn");
    const before = last?.drawn === drawn ? last.odds : odds;
    const isOld = drawn !== null && odds.some((value, i) => value !== before[i]);
    if (isOld) setTrait(model, "drawn", null);
    last = { drawn: model.get("drawn"), odds };
  };
}

/** @param {View<Traits>} view */
function render({ model, el }) {
  const [pieces, marks] = [model.get("_pieces"), model.get("_marks")];
  const frames = eachFrame(model, TRAITS, draw);
  const { redraw } = frames;
  const prompt = textBox(model, {
    trait: "prompt",
    label: "Text so far",
    pause: PAUSE_OF_TYPING,
    heard: () => model.get("_heard"),
    message: () => model.get("_message"),
    excuse: () =>
      `No model is answering, so the bars stay with ${quoted(model.get("_shown"))}; ` +
      "all else works. (In JupyterLab, it may be busy: wait, or run this cell again.)",
    redraw,
  });
  const sliders = [
    temperatureSlider(model),
    topKSlider(model, pieces.length),
    topPSlider(model),
  ];
  const [bars, entropy, flips] = [
    barTable(),
    summary(),
    coin(model, prompt.add, redraw),
  ];
  const [scores, lift] = [scoresOf(model), liftOldMark(model)];
  const controls = element(
    "div",
    { class: "ll-sliders" },
    ...sliders.map((s) => s.node),
  );
  const chances = element("div", { class: "ll-chances" }, bars.node, entropy.node);
  const parts = [prompt.node, controls, chances, flips.node];
  el.append(element("div", { class: "ll-widget ll-next-token" }, ...parts));

  function draw() {
    const { isWaiting } = prompt.update();
    const isCurrent = model.get("prompt") === model.get("_shown");
    for (const one of sliders) one.update();
    const sorted = scores();
    chances.hidden = !sorted;
    chances.classList.toggle("ll-stale", !isCurrent);
    if (!sorted) return flips.update(null);
    const [heat, topK, topP] = [
      model.get("temperature"),
      model.get("top_k"),
      model.get("top_p"),
    ];
    lift(sorted, heat, topK, topP);
    const drawnRank = sorted.ids.indexOf(model.get("drawn") ?? -1);
    const odds = oddsOf(sorted, heat, topK, topP);
    const shown = {
      isCurrent,
      isWaiting,
      ids: sorted.ids,
      odds,
      drawnRank,
      pieces,
      marks,
    };
    for (const part of [bars, entropy, flips]) part.update(shown);
  }
  draw();
  return () => [frames, prompt, entropy].forEach((part) => part.stop());
}

export default { render };
