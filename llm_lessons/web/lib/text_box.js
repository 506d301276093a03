// A box to type into. What is typed becomes a trait, and goes to the kernel.

import { control, element, newId, setText } from "./dom.js";
import { setTrait } from "./widget_model.js";
import { later, patience } from "./timers.js";
import "./text_box.css" with { type: "text" };

/** @import { Model } from "./widget_model.js" */

/**
 * @template {string} Name
 * @typedef {object} Options
 * @property {Name} trait @property {string} label
 * @property {number} pause milliseconds without a key, then the text is sent
 * @property {() => { isHeard: boolean, why: string }} answer whether the text was
 *   answered, and what there is to say about it
 * @property {() => string} [excuse] what to say when nobody answers
 * @property {() => void} redraw called when that has become clear
 */

/**
 * A box grows with its text, up to the height that the style sheet allows. Where that
 * is said in style, there is nothing to do.
 * @param {HTMLTextAreaElement} box
 */
export function growsWithText(box) {
  if (CSS.supports("field-sizing", "content")) return { grow() {}, stop() {} };
  function grow() {
    box.style.height = "auto"; // a box that is too high would say that it is full
    box.style.height = `${box.scrollHeight + box.offsetHeight - box.clientHeight}px`;
  }
  // Once it has a width, and at another one.
  const watcher = new ResizeObserver(() => requestAnimationFrame(grow));
  watcher.observe(box);
  return { grow, stop: () => watcher.disconnect() };
}

/**
 * @template {string} Name
 * @param {Model<Record<Name, string>>} model @param {Options<Name>} options
 */
export function textBox(model, options) {
  const { trait, label, pause, answer, excuse = () => "", redraw } = options;
  const [id, messageId] = [newId(), newId()];
  const box = control("textarea", {
    id,
    rows: 1,
    spellcheck: "false",
    "aria-describedby": messageId,
  });
  const note = element("p", { id: messageId, class: "ll-message", role: "status" });
  const title = element("label", { for: id }, label);
  const node = element("div", { class: "ll-text-box" }, title, box, note);
  const [waiting, size] = [patience(model, redraw), growsWithText(box)];
  /** @type {string | undefined} */
  let written;

  const sending = later(pause, () => {
    written = box.value;
    setTrait(model, trait, box.value);
  });
  box.addEventListener("input", (event) => {
    size.grow();
    sending.start();
    const isEnter = event instanceof InputEvent &&
      event.inputType === "insertLineBreak";
    if (isEnter) sending.now();
  });
  box.addEventListener("blur", () => sending.isDue() && sending.now());

  /** @param {string} text */
  function add(text) {
    box.value += text;
    size.grow();
    box.scrollTop = box.scrollHeight;
    sending.now();
  }

  // The text box is the learner's: the kernel writes into it only what is new.
  function update() {
    const text = model.get(trait);
    if (!sending.isDue() && text !== written) {
      box.value = written = text;
      size.grow();
    }
    const { isHeard, why } = answer();
    if (isHeard) waiting.stop();
    const isUnanswered = !isHeard && waiting.isOver(text);
    setText(note, isHeard ? why : isUnanswered ? excuse() : "");
    return { isWaiting: !isHeard && !isUnanswered };
  }

  function stop() {
    for (const part of [sending, waiting, size]) part.stop();
  }
  return { node, add, update, stop };
}
