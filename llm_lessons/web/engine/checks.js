// What is given to the model, checked where it comes in: one sentence says what would
// be right, in the words of `foundation/checks.py`.

/** @import { ModelConfig } from "./parameters.js" */

/** Something given doesn't do; its message is a sentence that says what would. */
export class Refusal extends Error {}

/** @param {number} n */
export const withCommas = (n) => n.toLocaleString("en");

/** A value in a few signs. @param {unknown} value */
export function shown(value) {
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** @param {string} name @param {string} wanted @param {string} was @returns {never} */
export function refuse(name, wanted, was) {
  throw new Refusal(`${name} must be ${wanted}; it was ${was}.`);
}

/**
 * A whole number, as it is.
 * @param {string} name @param {number} value @param {number} lowest
 * @param {number} highest
 */
export function wholeNumber(name, value, lowest, highest) {
  const fits = Number.isSafeInteger(value) && value >= lowest && value <= highest;
  const wanted = `a whole number from ${lowest} to ${highest}`;
  return fits ? value : refuse(name, wanted, shown(value));
}

/** Refuse a model that can't be. @param {ModelConfig} config */
export function checkHeads({ n_heads, n_kv_heads, d_head }) {
  if (n_heads % n_kv_heads) {
    throw new Refusal(
      `n_heads (${n_heads}) must be a multiple of n_kv_heads (${n_kv_heads}).`,
    );
  }
  if (d_head % 2) {
    throw new Refusal(
      `d_head (${d_head}) must be even: positions turn pairs of numbers.`,
    );
  }
}
