// What there is to say of a training of one's own, in words.

import { counted } from "../lib/dom.js";

/** @import { Standing } from "./train_your_own_work.js" */
/** @typedef {"ready" | "training" | "stopped" | "over"} Phase */
/**
 * What the page knows of the training. `source`: the text that the model was made for;
 * null where there is none. `loss`: the last one that was told.
 * @typedef {{ phase: Phase, run: number, source: string | null,
 *   standing: Standing | null, loss: number | null }} State
 */

const OPERATIONS = 6; // for a letter and a weight: two on the way there, four back
const MILLION = 1e6;
const WORSE = 0.5; // bits above even odds: then it is no wobble of the beginning

/** @param {number} loss in bits */
function inBits(loss) {
  return Number.isFinite(loss) ? `${loss.toFixed(2)} bits` : "no number any more";
}

/** @param {Pick<Standing, "weights" | "read">} standing */
export function operations({ weights, read }) {
  const millions = Math.round(OPERATIONS * weights * read / MILLION);
  return `${counted(read, "letter")} read, ` +
    `${millions.toLocaleString("en")} million operations: ${OPERATIONS} for each ` +
    `letter and each of ${weights.toLocaleString("en")} knobs.`;
}

/** @param {Pick<Standing, "heart" | "fresh">} standing */
export function byHeartWords({ heart, fresh }) {
  return `Learned by heart: ${heart} of the last ${heart + fresh}; new: ${fresh}.`;
}

/** @param {number | null} loss on the lines that it reads @param {number} aside */
export function losses(loss, aside) {
  const own = loss === null ? "" : `${inBits(loss)} a letter on lines that it reads, `;
  return `Loss: ${own}${inBits(aside)}${own ? "" : " a letter"} on lines kept aside.`;
}

/**
 * Whether steps were so large that nothing is left of what it had learned.
 * @param {number | null} loss @param {number} letters
 */
export function isBroken(loss, letters) {
  return loss !== null && !(loss < Math.log2(letters + 1) + WORSE);
}

const BROKEN =
  " It is broken: it guesses worse than by even odds. The steps were too " +
  "large. Choose a smaller learning rate, then start anew.";

const ENOUGH = 10; // samples to say anything about them
const FEW_NEW = 0.2; // of its samples
const BY_HEART = " Nearly all that it writes stands in the list. For new ones, give " +
  "it more lines, or stop it sooner.";

/**
 * @param {Phase} phase @param {Standing | null} standing @param {number | null} loss
 */
export function statusWords(phase, standing, loss) {
  if (!standing) {
    return phase === "ready"
      ? "Not started yet. Some seconds are enough for names."
      : "Getting ready …";
  }
  const { aside, lines, letters, steps, heart, fresh } = standing;
  const begun = `It learns from ${counted(lines, "line")} of ` +
    `${counted(letters, "different letter")}. `;
  const ends = {
    ready: "",
    training: "",
    stopped: " Stopped: its knobs stay. Keep it in a file, or it goes with the page.",
    over: " It has stopped by itself after two minutes. Go on, if you like.",
  };
  const broken = isBroken(loss, letters) ? BROKEN : "";
  const isOver = phase !== "training" && heart + fresh >= ENOUGH;
  const learned = isOver && fresh < FEW_NEW * (heart + fresh) ? BY_HEART : "";
  return `${begun}Step ${steps.toLocaleString("en")}. ${losses(loss, aside)}` +
    broken + learned + ends[phase];
}

/**
 * @param {Phase} phase @param {Standing | null} standing @param {number | null} loss
 * @param {string[]} texts the last ones that it wrote
 */
export function spoken(phase, standing, loss, texts) {
  if (!standing) return "";
  const wrote = texts.map(shownText).join(", ");
  return `${statusWords(phase, standing, loss)} It writes: ${wrote}. ` +
    byHeartWords(standing);
}

/** What it wrote; it may have written nothing. @param {string} text */
export function shownText(text) {
  return text.trim() || "(nothing)";
}
