// Another number in the place of a result: typed where it stands, and sent on Enter.

import { noAnswer } from "../lib/answering.js";
import { control } from "../lib/dom.js";
import { setTraits } from "../lib/widget_model.js";
import { patience } from "../lib/timers.js";
import { resultText } from "./race_words.js";

/** @import { Model } from "../lib/widget_model.js" */
/** @import { Altered, Asked, Problem } from "./race_words.js" */
/**
 * @typedef {object} Changing
 * @property {number} kind
 * @property {number} problem
 * @property {number} step
 * @property {Asked | []} _asked
 * @property {Altered | Record<string, never>} _altered
 */

const STAYS = ", so nothing follows another number";
const WHOLE = "A whole number, from 0 to 999";

/**
 * @param {HTMLButtonElement} button @param {string} number @param {number} step
 * @param {(number: number) => void} send
 */
function typeInto(button, number, step, send) {
  const box = control("input", {
    class: "ll-typed",
    inputmode: "numeric",
    "aria-label": `Another result of step ${step + 1}, then Enter`,
  });
  box.value = number;
  let isOver = false;
  /** @param {boolean} hasFocus */
  function leave(hasFocus) {
    if (isOver) return;
    isOver = true;
    box.replaceWith(button);
    if (hasFocus) button.focus();
  }
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") leave(true);
    if (event.key !== "Enter") return;
    event.preventDefault();
    box.setCustomValidity(/^\d{1,3}$/.test(box.value) ? "" : WHOLE);
    if (!box.reportValidity()) return;
    leave(true);
    if (Number(box.value) !== Number(number)) send(Number(box.value));
  });
  box.addEventListener("blur", () => leave(false));
  button.replaceWith(box);
  box.focus();
  box.select();
}

/**
 * Changing a result of the chosen problem. `shown` is what the model has written from a
 * changed one on, if that is what is shown; `onAnswer` is called when it comes.
 * @param {Model<Changing>} model @param {() => Problem} problem
 * @param {() => void} redraw @param {() => void} onAnswer
 */
export function changing(model, problem, redraw, onAnswer) {
  const answer = patience(model, redraw);
  let isWaiting = false;

  /** @returns {Altered | undefined} */
  function shown() {
    const { asked, side } = model.get("_altered");
    if (!asked || asked[0] !== model.get("kind")) return undefined;
    return asked[1] === model.get("problem") ? { asked, side } : undefined;
  }
  /** @param {number} step @param {HTMLButtonElement} button */
  function pick(step, button) {
    const number = resultText(problem().sides[1], step);
    typeInto(button, number, step, (other) => {
      const asked = [model.get("kind"), model.get("problem"), step, other];
      if (String(shown()?.asked) === String(asked)) return onAnswer();
      isWaiting = true;
      setTraits(model, { _asked: /** @type {Asked} */ (asked) });
      redraw();
    });
  }
  function forget() {
    isWaiting = false;
    answer.stop();
    setTraits(model, { _asked: [], _altered: {} });
  }
  function inWords() {
    if (!isWaiting) return "";
    return answer.isOver(model.get("_asked"))
      ? noAnswer(model, STAYS)
      : "The model writes on from your number …";
  }
  model.on("change:_altered", () => {
    const hasCome = isWaiting && shown();
    isWaiting = false;
    answer.stop();
    if (hasCome) onAnswer();
    else redraw();
  });
  return { shown, pick, forget, inWords, stop: answer.stop };
}
