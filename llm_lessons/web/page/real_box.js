// The box above the toys of a real model: what it costs to have it here, a bar while it
// comes, and buttons. It only shows; `real_part.js` says what.

import { element, setText } from "../lib/dom.js";

/** What a button says and does. @typedef {[string, () => void]} Button */
/**
 * `bytes`: how many are here while they come, of how many.
 * @typedef {{ words: string, bytes?: readonly [here: number, all: number],
 *   main?: Button, other?: Button }} Box
 */

/** @param {number} bytes */
export const megabytes = (bytes) => `${Math.round(bytes / 1e6)} MB`;

/** @param {HTMLElement} place */
export function realBox(place) {
  const said = element("p", { role: "status", tabindex: -1 });
  const bar = element("progress", { "aria-label": "Loading the model" });
  const many = element("span", { class: "ll-real-bytes" });
  const coming = element("p", { class: "ll-real-coming" }, bar, many);
  const [main, other] = [0, 1].map(() => element("button", { type: "button" }));
  const moves = element("p", { class: "ll-real-moves" }, main, other);
  /** @type {(Button | undefined)[]} */
  let buttons = [];
  let isHeld = false; // the keyboard waits at the sentence for the next button
  [main, other].forEach((button, i) => {
    button.addEventListener("click", () => buttons[i]?.[1]());
  });
  place.append(said, coming, moves);

  /** @param {Box} shown */
  return function show({ words, bytes, ...shown }) {
    const had = document.activeElement;
    buttons = [shown.main, shown.other];
    setText(said, words);
    coming.hidden = !bytes;
    const [here, all] = bytes ?? [0, 1];
    [bar.max, bar.value] = [all, here];
    setText(many, `${megabytes(here)} of ${megabytes(all)}`);
    [main, other].forEach((button, i) => {
      button.hidden = !buttons[i];
      setText(button, buttons[i]?.[0] ?? "");
    });
    // What went would leave the keyboard at the top of the page.
    const isLost = [main, other].some((button) => had === button && button.hidden);
    if (!isLost && !(isHeld && had === said)) return;
    const next = [main, other].find((one) => !one.hidden);
    isHeld = !next;
    (next ?? said).focus();
  };
}
