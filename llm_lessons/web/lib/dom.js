// Building a page from elements: text is only ever set as text, never read as HTML.

import "../face/colours.css" with { type: "text" };
import "./base.css" with { type: "text" };

/** @typedef {Record<string, string | number | boolean>} Attributes */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag @param {Attributes} [attributes] @param {(Node | string)[]} children
 */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    node.setAttribute(name, String(value));
  }
  node.append(...children);
  return node;
}

/** @param {Event} event */
function keepLineBreak(event) {
  const { inputType } = /** @type {InputEvent} */ (event);
  if (inputType === "insertLineBreak") event.stopImmediatePropagation();
}

/**
 * JupyterLab would take the arrow keys, Enter and letters for its own shortcuts, and
 * (4.6) the line breaks of every text area in a cell.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag @param {Attributes} [attributes] @param {(Node | string)[]} children
 */
export function control(tag, attributes = {}, ...children) {
  const own = { "data-lm-suppress-shortcuts": "true" };
  const node = element(tag, { ...own, ...attributes }, ...children);
  if (tag === "textarea") node.addEventListener("beforeinput", keepLineBreak);
  return node;
}

/** Of the one button to press first. */
export const MAIN = { class: "ll-main" };

/**
 * A button; one that is off (`setOff`) is not pressed.
 * @param {string} name @param {(event: MouseEvent) => void} onPress
 * @param {Attributes} [attributes]
 */
export function pushButton(name, onPress, attributes = {}) {
  const node = control("button", { type: "button", ...attributes }, name);
  node.addEventListener("click", (event) => {
    if (node.getAttribute("aria-disabled") !== "true") onPress(event);
  });
  return node;
}

/**
 * A button that is off keeps its place among those that Tab reaches.
 * @param {HTMLButtonElement} button @param {boolean} isOff
 */
export function setOff(button, isOff) {
  button.setAttribute("aria-disabled", String(isOff));
}

/**
 * What is drawn for the width there is, anew at another one: letters keep their size on
 * a phone. Returns what ends that.
 * @param {Element} node @param {(width: number) => void} draw
 */
export function atWidth(node, draw) {
  let width = 0;
  const watcher = new ResizeObserver(([entry]) => {
    const now = Math.floor(entry.contentRect.width);
    if (now !== width) draw(width = now);
  });
  watcher.observe(node);
  return () => watcher.disconnect();
}

/** Whether somebody has asked for less motion. */
export const isCalm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

let idsGiven = 0;
const idsOfThisModule = Math.random().toString(36).slice(2, 8);
export function newId() {
  idsGiven += 1;
  return `ll-${idsOfThisModule}-${idsGiven}`;
}

/**
 * Writing only what has changed spares the browser the layout, and a screen reader
 * the repetition.
 * @param {HTMLElement} node @param {string} text
 */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * Draw a bar as long as a share of its track, and at least so many pixels.
 * @param {HTMLElement} bar @param {number} share from 0 to 1 @param {number} [least]
 */
export function setLength(bar, share, least = 0) {
  const length = `${(100 * share).toFixed(3)}%`;
  bar.style.width = least ? `max(${least}px, ${length})` : length;
}

/**
 * What may be chosen, and what is.
 * @param {HTMLSelectElement} select
 * @param {[string, string][]} choices their values and names @param {string} chosen
 * @returns {boolean} whether there is a choice
 */
export function fillChoice(select, choices, chosen) {
  const options = choices.map(([value, name]) => element("option", { value }, name));
  select.replaceChildren(...options);
  select.value = chosen;
  return options.length > 1;
}

/** A text as paragraphs: they stand between empty lines. @param {string} [text] */
export function paragraphsOf(text = "") {
  const paragraphs = text.split(/\n\s*\n/).filter(Boolean);
  return paragraphs.map((one) => element("p", {}, one));
}

/**
 * A number in digits with its word: 1 token, 1,024 tokens.
 * @param {number} number @param {string} word
 */
export function counted(number, word) {
  return `${number.toLocaleString("en")} ${word}${number === 1 ? "" : "s"}`;
}
