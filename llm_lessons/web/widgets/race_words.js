// What there is to say of a race: how far it is, who has won, what it cost.

import { counted } from "../lib/dom.js";

/**
 * What one side wrote: its tokens, what each cost in operations, the answer and whether
 * it is right, and the chance that the model itself gave it.
 * @typedef {{ pieces: string[], costs: number[], answer: string | null,
 *   right: boolean, sure: number }} Side
 */
/** @typedef {{ question: string, answer: string, sides: Side[] }} Problem */

/** @param {number[]} numbers */
export const sum = (numbers) => numbers.reduce((total, one) => total + one, 0);

/** @param {Problem} problem */
export const lastStep = ({ sides }) =>
  Math.max(...sides.map((side) => side.pieces.length));

/** @param {number} operations */
export function millions(operations) {
  return `${Math.round(operations / 1e6).toLocaleString("en")} million operations`;
}

/** @param {Side} side @param {string} rightAnswer */
export function verdict({ answer, right }, rightAnswer) {
  if (right) return `✓ ${answer} is right.`;
  return answer
    ? `✗ ${answer} is wrong: it is ${rightAnswer}.`
    : `✗ No answer: it is ${rightAnswer}.`;
}

/**
 * What has ended, in one line; it changes twice in a race, so it may be read out.
 * @param {Problem} problem @param {number} step
 */
export function summary({ sides }, step) {
  const done = sides.filter((side) => step >= side.pieces.length);
  const parts = done.map((side) => {
    const way = side === sides[0] ? "At once" : "Step by step";
    const after = counted(side.pieces.length, "token");
    return `${way}: ${side.right ? "✓ right" : "✗ wrong"} after ${after}.`;
  });
  if (done.length === 2) {
    const [one, other] = sides.map((side) => sum(side.costs));
    parts.push(`The steps took ${(other / one).toFixed(0)} times the computation.`);
  }
  return parts.join(" ");
}
