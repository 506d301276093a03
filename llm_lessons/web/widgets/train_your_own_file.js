// The file of a model of one's own: its weights and its letters, for whoever reads it,
// and the lines that it needs to go on learning. As JSON, weights in base64.

import { Refusal } from "../engine/refusal.js";
import { fromEightBits, toEightBits } from "../engine/eight_bits.js";
import { saveText } from "../lib/saving.js";
import { linesOf } from "./train_your_own_text.js";

/** @import { ModelConfig } from "../engine/parameters.js" */
/**
 * What is kept of a model and its training. AdamW's means are not: whoever goes on
 * begins them anew, and the rate rises again as it did at first.
 * @typedef {object} Kept
 * @property {ModelConfig} config
 * @property {string} letters whose tokens are 1, 2, 3 and so on
 * @property {string[]} lines all of them
 * @property {number} seed
 * @property {number} steps so far @property {number} read letters so far
 * @property {number} rate
 * @property {Float32Array} weights in the order of `Trainer.values`
 */

const FORMAT = "llm-lessons-own-1";
const BEGINS = `{"format":"llm-lessons-`;
export const LARGEST_FILE = 1_000_000; // bytes; as in `weights/kept_file.py`
const AT_ONCE = 2 ** 13; // bytes that become letters

/** Whether a text is such a file, and none to learn from. @param {string} text */
export function isKept(text) {
  return text.startsWith(BEGINS);
}

/** @param {Kept} kept */
export function keptText({ weights, ...facts }) {
  const { numbers, scales } = toEightBits(weights);
  const packed = { scales: toBase64(scales), weights: toBase64(numbers) };
  return JSON.stringify({ format: FORMAT, ...facts, ...packed });
}

/** Let the browser save it. @param {string} text as `keptText` gives it */
export function saveKept(text) {
  saveText("mine.json", text, "application/json");
}

/**
 * @param {string} text of such a file @returns {Kept} @throws {Refusal} it is damaged
 */
export function keptFrom(text) {
  try {
    const { format, scales, weights: numbers, ...facts } = JSON.parse(text);
    const { lines, seed, steps, read, rate } = facts;
    const same = linesOf(lines.join("\n"), LARGEST_FILE);
    const weights = fromEightBits(
      new Int8Array(fromBase64(numbers)),
      new Float32Array(fromBase64(scales)),
    );
    const fits = format === FORMAT && same.length === lines.length &&
      [seed, steps, read].every((one) => Number.isSafeInteger(one) && one >= 0) &&
      rate > 0 && [rate, ...weights].every(Number.isFinite);
    if (!fits) throw damaged();
    return { ...facts, lines: same, weights };
  } catch {
    throw damaged();
  }
}

export function damaged() {
  return new Refusal(
    "This file can't be opened: it is cut short, damaged, or of another version. " +
      "Take another copy, or train anew.",
  );
}

/** @param {Int8Array<ArrayBuffer> | Float32Array<ArrayBuffer>} numbers */
function toBase64({ buffer }) {
  const bytes = new Uint8Array(buffer);
  let letters = "";
  for (let at = 0; at < bytes.length; at += AT_ONCE) {
    letters += String.fromCharCode(...bytes.subarray(at, at + AT_ONCE));
  }
  return btoa(letters);
}

/** @param {string} letters */
function fromBase64(letters) {
  return Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0)).buffer;
}
