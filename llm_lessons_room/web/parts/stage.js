// What all activities of a room share: what they get, and the parts that they are
// built from. An activity is told of every moment of its step, and shows it.

import { element, setText } from "../../../llm_lessons/web/lib/dom.js";
import { numeral } from "../words.js";
import "./stage.css" with { type: "text" };

/** @import { Moment, Step } from "../moment.js" */
/**
 * A moment of a step of one kind, of which one knows what is shown, what is hidden
 * until the reveal, what a phone answers and how that is counted.
 * @template Shown, Hidden, Value, Tally
 * @typedef {Omit<Moment, "step" | "revealed" | "yours" | "first" | "tally"> & {
 *   step: Omit<Step, "shown"> & { shown: Shown }, revealed?: Hidden | null,
 *   yours?: Value | null, first?: Value | null, tally?: Tally | null }} PlayedMoment
 */

export const MAX_TEMPERATURE = 2;

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

/**
 * A prompt, and what it means in the language of the room, if that is another one.
 * @typedef {{ prompt: string, gloss?: string }} Prompt
 */

/** A text that goes on: its end, where the next token belongs, is marked. */
export function promptText() {
  const [text, last] = [element("span"), element("span")];
  const gap = element("span", { class: "ll-gap", "aria-hidden": "true" });
  const unbroken = element("span", { class: "ll-unbroken" }, last, gap);
  const line = element("p", { class: "ll-begun", lang: "en" }, text, unbroken);
  const meaning = element("p", { class: "ll-quiet ll-gloss" });
  const node = element("div", {}, line, meaning);
  /** @param {Prompt} shown */
  function set({ prompt: begun, gloss = "" }) {
    setText(meaning, gloss);
    const [, most, word] = /^(.*?)(\S*)$/su.exec(begun.trimEnd()) ?? ["", begun, ""];
    setText(text, most);
    setText(last, word);
  }
  return { node, set };
}

/** @param {number} number @param {number} places behind the point */
export function inDigits(number, places = 0) {
  return numeral(number, places);
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

/** Stop all of these. @param {{ stop(): void }[]} parts */
export function stopAll(...parts) {
  return () => parts.forEach((part) => part.stop());
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
