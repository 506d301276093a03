// The curve of a training with a mark to drag, and what was written where it stands.

import { control, element, newId, setText } from "../lib/dom.js";
import { lineChart } from "../lib/line_chart.js";
import { NOT_SEEN, visiblePiece } from "../lib/pieces.js";
import { setTrait } from "../lib/widget_model.js";
import { inBits, moment, nearest } from "./training_curve_words.js";

/** @import { Model } from "../lib/widget_model.js" */
/** @import { Sample } from "./training_curve_words.js" */
/**
 * The number of the sample that is shown is null for the newest.
 * @typedef {{ samples: Sample[], shown: number | null, _prompt: string,
 *   _before: Record<string, string> }} Moments
 */

/**
 * Letters as they are; what can't be seen gets a sign, so that noise looks like noise.
 * @param {string} text
 */
export function visible(text) {
  /** @param {string} letter */
  function seen(letter) {
    return letter !== " " && NOT_SEEN.test(letter) ? visiblePiece(letter) : letter;
  }
  return [...text].map(seen).join("");
}

/**
 * Until the first sample is there: what knobs at random write, and trained ones.
 * @param {Model<Moments>} model
 */
export function noiseAndStory(model) {
  const boxes = Object.entries(model.get("_before")).map(([name, text]) => {
    const start = element("strong", {}, model.get("_prompt"));
    const words = element("bdi", {}, visible(text), " …");
    const box = element("div", { class: "ll-sample" }, start, words);
    return element("div", {}, element("small", {}, name), box);
  });
  return element("div", { class: "ll-noise-and-story" }, ...boxes);
}

/**
 * The curve, and what was written where the mark stands. A finger or a mouse drags the
 * mark; for keys and screen readers there is a slider that nobody sees.
 * @param {Model<Moments>} model
 */
export function replay(model) {
  const id = newId();
  /** @param {number} at */
  function choose(at) {
    setTrait(model, "shown", at === model.get("samples").length - 1 ? null : at);
  }
  const range = { type: "range", id, class: "ll-unseen", min: 0, step: 1 };
  const input = control("input", range);
  input.addEventListener("input", () => choose(Number(input.value)));
  const chart = lineChart((tokens) => {
    const samples = model.get("samples");
    if (!samples.length) return;
    input.focus({ preventScroll: true });
    choose(nearest(samples.map((sample) => sample[1]), tokens));
  });
  const when = element("output", { for: id });
  const hint = element("span", {}, "drag the mark along the curve");
  const head = element("p", {}, element("label", { for: id }, "Moment"), when, hint);
  const about = { tabindex: "0", role: "group", "aria-label": "What it writes" };
  const box = control("div", { class: "ll-sample", ...about });
  const node = element("div", { class: "ll-moment" }, input, chart.node, head, box);
  /** @type {string | undefined | null} */
  let written = null;

  /** @param {number} at @param {Sample | undefined} sample */
  function update(at, sample) {
    const last = Math.max(0, model.get("samples").length - 1);
    input.max = String(last);
    input.disabled = last === 0;
    hint.hidden = last === 0;
    if (Number(input.value) !== at) input.value = String(at);
    setText(when, sample ? moment(sample) : "nothing yet");
    input.setAttribute(
      "aria-valuetext",
      sample ? `${moment(sample)}, loss ${inBits(sample[2])}` : "nothing yet",
    );
    if (written === sample?.[3]) return;
    written = sample?.[3];
    const text = sample ? visible(sample[3]) : " … what it writes will stand here.";
    box.replaceChildren(
      element("strong", {}, model.get("_prompt")),
      element("bdi", {}, text),
    );
  }
  return { node, chart, update };
}
