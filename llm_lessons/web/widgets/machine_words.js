// What the machine's picture shows, in sentences.

import { percent } from "../lib/odds.js";
import { most } from "./machine_numbers.js";

/** @import { Head } from "./machine_numbers.js" */

/** @param {number} share */
const whole = (share) => `${Math.round(100 * share)}\u00a0%`;

/** A head counted from 1. @param {Head} head */
export const headName = ([layer, head]) => `layer ${layer + 1}, head ${head + 1}`;

/** @param {Float64Array} look @param {string[]} names */
export function lookInWords(look, names) {
  const told = most(look, 3).map(([i, weight]) => `“${names[i]}” ${whole(weight)}`);
  return told.length ? told.join(", ") : "no token much";
}

/**
 * @param {Head} head @param {Float64Array} look @param {string[]} names
 * @param {boolean} isOff
 */
export function headInWords(head, look, names, isOff) {
  const name = headName(head);
  const from = `From “${names[look.length - 1]}”`;
  const where = lookInWords(look, names);
  if (isOff) {
    return `L${name.slice(1)} is off. It would look at: ${where}.`;
  }
  return `${from}, ${name} looks at: ${where}.`;
}

/**
 * @param {number} token @param {{ head: Head, look: Float64Array }[]} looks
 * @param {string[]} names @param {number} column that looks
 */
export function tokenInWords(token, looks, names, column) {
  if (token > column) {
    return `“${names[token]}” comes later: “${names[column]}” can't look at it.`;
  }
  const told = looks.map(({ head, look }) => /** @type {const} */ ([head, look[token]]))
    .filter(([, weight]) => weight >= 0.05)
    .sort((a, b) => b[1] - a[1]).slice(0, 3)
    .map(([head, weight]) => `${headName(head)} (${whole(weight)})`);
  const who = told.length ? told.join("; ") : "no head looks at it much";
  return `At “${names[token]}”, seen from “${names[column]}”: ${who}.`;
}

/**
 * @param {number} step @param {{ guess: string, chance: number, answer: string,
 *   own: number, rank: number }} there
 */
export function stepInWords(step, { guess, chance, answer, own, rank }) {
  const when = step ? `after layer ${step}` : "before layer 1";
  const said = `If it stopped ${when}, it would say “${guess}” (${percent(chance)}).`;
  if (guess === answer) return said;
  const place = `number ${rank.toLocaleString("en")} in the list`;
  return `${said} “${answer}” is ${place} there (${percent(own)}).`;
}

/**
 * @param {number} count heads that are off
 * @param {{ ids: ArrayLike<number>, before: ArrayLike<number>,
 *   now: ArrayLike<number> }} bars
 * @param {(id: number) => string} name
 */
export function silenceInWords(count, { ids, before, now }, name) {
  const places = Array.from(ids, (_, i) => i);
  const best = (/** @type {ArrayLike<number>} */ odds) =>
    places.reduce((a, b) => (odds[b] > odds[a] ? b : a));
  const [old, fresh] = [best(before), best(now)];
  if (!count) {
    return `All heads are on. Favourite: “${name(ids[old])}”, ${percent(before[old])}.`;
  }
  const off = `${count} head${count > 1 ? "s are" : " is"} off.`;
  const change = `“${name(ids[old])}” had ${percent(before[old])} and now has ` +
    `${percent(now[old])}.`;
  const other = old === fresh
    ? ""
    : ` The favourite is now “${name(ids[fresh])}”, ${percent(now[fresh])}.`;
  return `${off} ${change}${other}`;
}

/**
 * All guesses on the way, those that stay the same told once.
 * @param {string[]} guessed a step each @param {ArrayLike<number>} chances
 * @param {string} from the token that looks
 */
export function guessesInWords(guessed, chances, from) {
  const told = guessed.map((name, step) => {
    if (step && guessed[step - 1] === name) return "";
    const when = step ? `after layer ${step}` : "before layer 1";
    return `${when} “${name}”, ${percent(chances[step])}`;
  });
  const way = told.filter(Boolean).join("; ");
  const what = "Columns of tokens, rows of layers.";
  return `${what} The guess from “${from}” on its way: ${way}.`;
}
