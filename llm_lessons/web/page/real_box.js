// The box above the toys of a real model: what it costs to have it here, a bar while it
// comes, and buttons. It only shows; `real_part.js` says what.

import { element, setText } from "../lib/dom.js";

/** What a button says and does. @typedef {[string, () => void]} Button */
/**
 * `bytes`: how many are here, while they come.
 * @typedef {{ words: string, bytes?: number, main?: Button, other?: Button }} Box
 */

/** @param {number} bytes */
export const megabytes = (bytes) => `${Math.round(bytes / 1e6)} MB`;

/** @param {HTMLElement} place @param {number} size of the whole file */
export function realBox(place, size) {
  const said = element("p", { role: "status", tabindex: -1 });
  const bar = element("progress", { max: size, "aria-label": "Loading SmolLM2" });
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
  return function show(shown) {
    buttons = [shown.main, shown.other];
    setText(said, shown.words);
    coming.hidden = shown.bytes === undefined;
    bar.value = shown.bytes ?? 0;
    setText(many, `${megabytes(shown.bytes ?? 0)} of ${megabytes(size)}`);
    const focused = document.activeElement;
    [main, other].forEach((button, i) => {
      button.hidden = !buttons[i];
      setText(button, buttons[i]?.[0] ?? "");
    });
    // A button that went would leave the keyboard at the top of the page.
    const isLost = [main, other].some((one) => one === focused && one.hidden);
    if (!isLost && !(isHeld && focused === said)) return;
    const next = [main, other].find((one) => !one.hidden);
    isHeld = !next;
    (next ?? said).focus();
  };
}
