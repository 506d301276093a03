// The file in which a model of one's own is kept: its lines, its letters, and all that
// the trainer needs to go on. As JSON, with the numbers in base64.

import { Refusal } from "../engine/checks.js";
import { linesOf } from "./train_your_own_text.js";

/**
 * What is kept of a model and its training.
 * @typedef {object} Kept
 * @property {string[]} lines all of them
 * @property {string[]} letters whose tokens are 1, 2, 3 and so on
 * @property {number} seed
 * @property {number} read letters so far
 * @property {number} rate
 * @property {Uint8Array} training as `Trainer.save` gives it
 */

const OWN_FORMAT = "llm-lessons-own-1";
const BEGINS = `{"format":"llm-lessons-`;
export const LARGEST_FILE = 4_000_000; // bytes; the largest model has half of it
const AT_ONCE = 2 ** 13; // bytes that become letters

/** Whether a text is such a file, and none to learn from. @param {string} text */
export function isKept(text) {
  return text.startsWith(BEGINS);
}

/** @param {Kept} kept */
export function keptText(kept) {
  const { training, ...facts } = kept;
  return JSON.stringify({ format: OWN_FORMAT, ...facts, training: toBase64(training) });
}

/**
 * @param {string} text of such a file
 * @returns {Kept}
 * @throws {Refusal} it is damaged
 */
export function keptFrom(text) {
  try {
    const { format, lines, letters, seed, read, rate, training } = JSON.parse(text);
    const same = linesOf(lines.join("\n"), LARGEST_FILE);
    const fits = format === OWN_FORMAT && same.length === lines.length &&
      [seed, read].every((one) => Number.isSafeInteger(one) && one >= 0) && rate > 0 &&
      Number.isFinite(rate);
    if (!fits) throw new Error(OWN_FORMAT);
    const bytes = Uint8Array.from(atob(training), (letter) => letter.charCodeAt(0));
    return { lines: same, letters, seed, read, rate, training: bytes };
  } catch {
    throw new Refusal(
      "This file can't be opened: it is cut short, damaged, or of another version. " +
        "Take another copy, or train anew.",
    );
  }
}

/** @param {Uint8Array} bytes */
function toBase64(bytes) {
  let letters = "";
  for (let at = 0; at < bytes.length; at += AT_ONCE) {
    letters += String.fromCharCode(...bytes.subarray(at, at + AT_ONCE));
  }
  return btoa(letters);
}
