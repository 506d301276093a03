// What all activities of a room share: what they get, and the parts that they are
// built from. An activity is told of every moment of its step, and shows it.

import { element, setText } from "../../lib/dom.js";
import "./stage.css" with { type: "text" };

/** @import { LanguageModel } from "../../engine/model.js" */
/**
 * What an activity gets. `tell` gives the text of a key in the room's language, with
 * {n}, {m} and {name} filled in; `say` has a screen reader say something.
 * @typedef {object} Place
 * @property {(key: string, values?: Record<string, string | number>) => string} tell
 * @property {(value: unknown) => void} answer
 * @property {() => Promise<LanguageModel>} model
 * @property {(text: string) => void} say
 */
/**
 * A moment of a step, as far as activities read it. What `Shown`, `Hidden`, `Value` and
 * `Tally` are is the kind's own matter.
 * @template Shown, Hidden, Value, Tally
 * @typedef {object} Moment
 * @property {{ id: string, shown: Shown }} step
 * @property {string} phase "ready", "open", "shown" or "reveal"
 * @property {number} round
 * @property {number} [half] 0 or 1, on a phone
 * @property {Value | null} [yours] on a phone
 * @property {{ note?: string } | null} [note] on a phone
 * @property {Hidden | null} [revealed]
 * @property {Tally | null} [tally]
 * @property {number} [present] phones that are here, on a screen
 */

/** @param {string} kind @param {(Node | string)[]} parts */
export function phoneStage(kind, ...parts) {
  const look = `ll-widget ll-stage ll-on-phone ll-${kind}-on-phone`;
  return element("div", { class: look }, ...parts);
}

/** @param {string} kind @param {(Node | string)[]} parts */
export function screenStage(kind, ...parts) {
  const look = `ll-widget ll-stage ll-on-screen ll-${kind}-on-screen`;
  return element("div", { class: look }, ...parts);
}

/** A text that goes on: its end, where the next token belongs, is marked. */
export function begunText() {
  const [text, last] = [element("span"), element("span")];
  const gap = element("span", { class: "ll-gap", "aria-hidden": "true" });
  const unbroken = element("span", { class: "ll-unbroken" }, last, gap);
  const node = element("p", { class: "ll-begun", lang: "en" }, text, unbroken);
  /** @param {string} begun */
  function set(begun) {
    const [, most, word] = /^(.*?)(\S*)$/su.exec(begun.trimEnd()) ?? ["", begun, ""];
    setText(text, most);
    setText(last, word);
  }
  return { node, set };
}

/** How many have answered: a large number, and all that are here. */
export function answeredSoFar() {
  const [number, words] = [element("strong"), element("span")];
  const node = element("p", { class: "ll-so-far" }, number, " ", words);
  /** @param {number} answered @param {string} said behind the number */
  function update(answered, said) {
    setText(number, String(answered));
    setText(words, said);
  }
  return { node, update };
}

/** @param {number} number @param {number} places behind the point */
export function inDigits(number, places = 0) {
  const digits = { minimumFractionDigits: places, maximumFractionDigits: places };
  return number.toLocaleString(document.documentElement.lang || "en", digits);
}

/**
 * A share as a screen shows it: whole per cent, and what is below one as such.
 * @param {number} share
 */
export function wholePercent(share) {
  if (share > 0 && share < 0.005) return "<1\u00a0%";
  if (share < 1 && share > 0.995) return ">99\u00a0%";
  return `${inDigits(100 * share)}\u00a0%`;
}

/** @param {HTMLElement} node @param {boolean} isShown */
export function showIf(node, isShown) {
  if (node.hidden === isShown) node.hidden = !isShown;
}

/**
 * An element that is made when it is first asked for.
 * @template {HTMLElement} Row @param {() => Row} make
 */
export function rowsOnDemand(make) {
  /** @type {Row[]} */
  const rows = [];
  /** @param {HTMLElement} parent @param {number} count */
  return (parent, count) => {
    while (rows.length < count) rows.push(make());
    const shown = rows.slice(0, count);
    const isSame = parent.childElementCount === count &&
      shown.every((row, i) => parent.children[i] === row);
    if (!isSame) parent.replaceChildren(...shown);
    return shown;
  };
}
