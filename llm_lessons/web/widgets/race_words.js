// What there is to say of a race: how far it is, who has won, what it cost.

import { counted } from "../lib/dom.js";

/**
 * What one side wrote: its tokens, what each cost in operations, the answer and whether
 * it is right, null where nobody knows, and the chance that the model itself gave it.
 * @typedef {{ pieces: string[], costs: number[], answer: string | null,
 *   right: boolean | null, sure: number }} Side
 */
/** @typedef {{ question: string, answer: string | null, sides: Side[] }} Problem */
/**
 * What a model answers: tokens before it, those of its text, the answer, its chance.
 * @typedef {{
 *   before: number, pieces: string[], answer: string, sure: number
 * }} Answered
 */
/**
 * What one side shows. `begins`: the first token that is written while one looks on;
 * `changed`: the step whose result somebody has written; `isStruck`: whether that
 * result, and all behind it, no longer counts.
 * @typedef {{ way: string, side: Side, begins: number, changed: number,
 *   isStruck: boolean }} Lane
 */
/** The kind of problem, which one, the step, and its new result.
 * @typedef {[number, number, number, number]} Asked */
/** @typedef {{ asked: Asked, side: Side }} Altered */

const RESULT = /= \$?(\d+)\./g; // at the end of a step
const WAYS = ["Answer at once:", "Step by step:"]; // the last words of the two prompts

/** @param {number[]} numbers */
export const sum = (numbers) => numbers.reduce((total, one) => total + one, 0);

/**
 * Tokens after which all is written that is still being written.
 * @param {Lane[]} lanes
 */
export function lastStep(lanes) {
  const lengths = lanes.map(({ side, isStruck }) => isStruck ? 0 : side.pieces.length);
  return Math.max(...lengths);
}

/**
 * The results of the steps: the first token of each, and the first behind it.
 * @param {string[]} pieces @returns {[number, number][]}
 */
export function resultsOf(pieces) {
  const ends = pieces.map((_, i) => pieces.slice(0, i + 1).join("").length);
  /** @param {number} letter */
  const tokenAt = (letter) => ends.findIndex((end) => letter < end);
  return [...pieces.join("").matchAll(RESULT)].map((found) => {
    const end = found.index + found[0].length - 1; // of the number
    return [tokenAt(end - found[1].length), tokenAt(end - 1) + 1];
  });
}

/**
 * The steps of a problem up to another result in one of them; null if there is no such
 * step.
 * @param {Problem} problem @param {number} step @param {number} result
 */
export function begunWith({ sides }, step, result) {
  const text = sides[1].pieces.join("");
  const found = [...text.matchAll(RESULT)][step];
  if (!found) return null;
  const start = found.index + found[0].length - `${found[1]}.`.length;
  return `${text.slice(0, start)}${result}.`;
}

const CHUNK = 64; // tokens of a prompt are read at once by the notebook's program

/**
 * What each token takes that stands behind a prompt.
 * @param {Record<number, number>} costs operations by the slots of the cache
 * @param {number} before tokens of the prompt @param {number} count
 */
export function costsOf(costs, before, count) {
  const sizes = Object.keys(costs).map(Number).sort((a, b) => a - b);
  const read = Math.ceil(before / CHUNK) * CHUNK;
  return Array.from({ length: count }, (_, token) => {
    const size = sizes.find((slots) => slots > read + token);
    return costs[size ?? sizes[sizes.length - 1]];
  });
}

/**
 * @param {Record<number, number>} costs by the slots of the cache
 * @param {Answered} answered @param {string | null} right
 * @returns {Side}
 */
export function sideFrom(costs, { before, pieces, answer, sure }, right) {
  return {
    pieces,
    costs: costsOf(costs, before, pieces.length),
    answer,
    right: right === null ? null : answer === right,
    sure,
  };
}

/**
 * The two sides: both ways of the race; or, where a step was changed, the steps as they
 * were, and as they are now.
 * @param {Problem} problem @param {Altered | undefined} altered @returns {Lane[]}
 */
export function lanesOf({ sides }, altered) {
  if (!altered) {
    return sides.map((side, i) => {
      return { way: WAYS[i], side, begins: 0, changed: -1, isStruck: false };
    });
  }
  const changed = altered.asked[2];
  const [, stop] = resultsOf(altered.side.pieces)[changed];
  return [
    { way: "As it was:", side: sides[1], begins: Infinity, changed, isStruck: true },
    {
      way: "From your number on:",
      side: altered.side,
      begins: stop + 1, // the full stop is yours as well
      changed,
      isStruck: false,
    },
  ];
}

/** @param {Lane} lane @param {[number, number]} result @param {number} step */
export function canBeChanged({ isStruck }, [, behind], step) {
  return isStruck || step >= behind;
}

/** @param {Side} side @param {number} step */
export function resultText({ pieces }, step) {
  const [start, end] = resultsOf(pieces)[step];
  return pieces.slice(start, end).join("").replace(/\D/g, "");
}

/** @param {number} operations */
export function millions(operations) {
  return `${Math.round(operations / 1e6).toLocaleString("en")} million operations`;
}

/** @param {Side} side @param {string | null} rightAnswer */
export function verdict({ answer, right }, rightAnswer) {
  if (right === null) return answer ? `It says ${answer}.` : "No answer.";
  if (right) return `✓ ${answer} is right.`;
  return answer
    ? `✗ ${answer} is wrong: ${rightAnswer} is right.`
    : `✗ No answer: it is ${rightAnswer}.`;
}

/** @param {Side} side */
function ending({ answer, right }) {
  if (right === null) return answer || "no answer";
  return right ? "✓ right" : "✗ wrong";
}

/**
 * What has ended, in one line; it changes twice in a race, so it may be read out.
 * @param {Lane[]} lanes @param {number} step
 */
export function summary(lanes, step) {
  const done = lanes.filter(({ side }) => step >= side.pieces.length);
  const parts = done.map(({ way, side }) => {
    const after = counted(side.pieces.length, "token");
    const name = way === WAYS[0] ? "At once" : "Step by step";
    return `${name}: ${ending(side)} after ${after}.`;
  });
  if (done.length === 2) {
    const [one, other] = lanes.map(({ side }) => sum(side.costs));
    parts.push(`The steps took ${(other / one).toFixed(0)} times the computation.`);
  }
  return parts.join(" ");
}

/** @param {Lane[]} lanes @param {number} step */
export function changeInWords([was, now], step) {
  if (step < now.side.pieces.length) return "";
  const [old, own] = [was, now].map(({ side, changed }) => resultText(side, changed));
  const [before, after] = [was, now].map(({ side }) => side.answer);
  const end = !after
    ? "no answer came"
    : after === before
    ? `the answer is still ${after}`
    : `the answer is ${after} instead of ${before}`;
  return `You changed the ${old} of step ${now.changed + 1} to ${own}: ${end}.`;
}
