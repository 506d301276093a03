// Sliders for the settings of a draw, and the settings in words.

import { SETTING_NAMES } from "../engine/settings.js";
import { counted } from "./dom.js";
import { setTrait } from "./widget_model.js";
import { percent } from "./odds.js";
import { toldSlider } from "./sliders.js";

/** @import { Draw } from "../engine/settings.js" */
/** @import { Model } from "./widget_model.js" */

/** @param {Model<Draw>} model */
export function drawOf(model) {
  const settings = SETTING_NAMES.map((name) => [name, model.get(name)]);
  return /** @type {Draw} */ (Object.fromEntries(settings));
}

/** @param {Draw} draw */
export function cutsInWords({ top_k, top_p, min_p }) {
  const cuts = [];
  if (top_k !== null) cuts.push(`, top-k ${top_k.toLocaleString("en")}`);
  if (top_p !== null && top_p < 1) cuts.push(`, top-p ${top_p.toFixed(2)}`);
  if (min_p) cuts.push(`, min-p ${min_p.toFixed(2)}`);
  return cuts.join("");
}

/** @param {Model<Pick<Draw, "temperature">>} model */
export function temperatureSlider(model) {
  const range = { min: 0, max: 3, step: 0.05 };
  /** @param {number} value */
  const turn = (value) => setTrait(model, "temperature", value);
  const one = toldSlider("Temperature", range, turn, () => {
    const value = model.get("temperature");
    one.input.max = String(Math.max(3, value));
    const effect = value === 0
      ? "always the likeliest token"
      : value === 1
      ? "the model's own odds"
      : value < 1
      ? "sharper odds"
      : "flatter odds";
    return [value, value.toFixed(2), `${value.toFixed(2)}, ${effect}`];
  }, 1);
  return one;
}

/**
 * Small numbers one by one, larger ones in steps that grow; the last stop is "off".
 * @param {number} size @param {number | null} current
 */
export function topKStops(size, current) {
  const stops = new Set([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  for (let scale = 10; scale < size; scale *= 10) {
    for (const factor of [1.2, 1.5, 2, 3, 4, 5, 7, 10]) stops.add(scale * factor);
  }
  if (current !== null) stops.add(current);
  return [...stops].filter((k) => k < size).sort((a, b) => a - b);
}

/** @param {Model<Draw>} model @param {number} size tokens of the vocabulary */
function topKSlider(model, size) {
  /** @type {number[]} */
  let stops = [];
  /** @param {number} position */
  const turn = (position) => setTrait(model, "top_k", stops[position] ?? null);
  const one = toldSlider("Top-k", { min: 0, step: 1 }, turn, () => {
    const k = model.get("top_k");
    if (!stops.length || !(k === null || stops.includes(k))) {
      stops = topKStops(size, k);
      one.input.max = String(stops.length);
    }
    const isOff = k === null || k >= size;
    const kept = counted(isOff ? size : k, "token");
    const position = isOff ? stops.length : stops.indexOf(k);
    const spoken = isOff ? `off, all ${kept}` : `only the likeliest ${kept}`;
    return [position, isOff ? "off" : kept, spoken];
  });
  return one;
}

/** @param {Model<Draw>} model */
function topPSlider(model) {
  const range = { min: 0.05, max: 1, step: 0.01 };
  /** @param {number} value */
  const turn = (value) => setTrait(model, "top_p", value < 1 ? value : null);
  return toldSlider("Top-p", range, turn, () => {
    const p = model.get("top_p") ?? 1;
    const spoken = `the likeliest tokens that reach ${percent(p)}`;
    return [p, p < 1 ? p.toFixed(2) : "off", p < 1 ? spoken : "off, all tokens"];
  });
}

/** @param {Model<Draw>} model */
function minPSlider(model) {
  const range = { min: 0, max: 1, step: 0.01 };
  /** @param {number} value */
  const turn = (value) => setTrait(model, "min_p", value || null);
  return toldSlider("Min-p", range, turn, () => {
    const p = model.get("min_p") ?? 0;
    const spoken = `tokens with ${percent(p)} of the likeliest one's chance, or more`;
    return [p, p ? p.toFixed(2) : "off", p ? spoken : "off, all tokens"];
  });
}

/**
 * What cuts off the unlikely, in the order in which it cuts.
 * @param {Model<Draw>} model @param {number} size tokens of the vocabulary
 */
export const cutSliders = (model, size) => [
  topKSlider(model, size),
  topPSlider(model),
  minPSlider(model),
];
