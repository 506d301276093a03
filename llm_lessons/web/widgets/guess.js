// The widget: a question, a picture with handles, and what one says. For keys and
// screen readers there is a slider for each handle that nobody sees.

import { isPage, noAnswer, PYTHON } from "../lib/answering.js";
import { control, element, newId, pushButton, setOff, setText } from "../lib/dom.js";
import { patience } from "../lib/timers.js";
import { eachFrame, setTrait } from "../lib/widget_model.js";
import { curve, picture, scale } from "./guess_picture.js";
import "./guess.css" with { type: "text" };

/** @import { View } from "../lib/widget_model.js" */
/** @import { Asked, Values } from "./guess_picture.js" */
/**
 * @typedef {object} Traits
 * @property {Values} values
 * @property {string} _question
 * @property {[number, number]} _range
 * @property {string} _unit
 * @property {number[]} _at
 * @property {string} _along
 * @property {Values} _heard what came to the kernel last
 */

const STAYS = ", so no figure will be drawn with it; compare it with the one there is";
const IN_A_PAGE =
  "The figure of this page was drawn without your guess: compare the two.";

/**
 * @param {Values} values @param {Asked} asked
 * @param {boolean} [isDrawn] does the figure show it
 */
export function inWords(values, { at, said }, isDrawn = true) {
  const given = values.flatMap((value, i) => (value === null ? [] : [[i, value]]));
  if (!given.length) {
    const [mark, lie, them] = at.length
      ? ["points", "they lie", "them"]
      : ["mark", "it lies", "it"];
    const then = isDrawn ? `the figure will show ${them}` : "the figure stands below";
    return `Drag the ${mark} to where you think ${lie}: ${then}. ` +
      "(You can also leave it out.)";
  }
  if (!at.length) return `You say: ${said(given[0][1])}.`;
  const parts = given.map(([i, value]) => `${said(value)} at ${at[i]}`);
  const left = values.length - given.length;
  const more = left ? ` (${left} not said)` : "";
  return `You say: ${parts.join(", ")}${more}.`;
}

/**
 * @param {string} name @param {[number, number]} range
 * @param {(value: number) => void} onInput
 */
function unseenSlider(name, [min, max], onInput) {
  const input = control("input", {
    type: "range",
    class: "ll-unseen",
    "aria-label": name,
    min,
    max,
    step: 1,
  });
  const say = () => onInput(Number(input.value));
  input.addEventListener("input", say);
  // The middle, where it stands before anything is said, can be said, too.
  input.addEventListener("keydown", ({ key }) => {
    if (key === "Enter" || key === " ") say();
  });
  return input;
}

/** @param {View<Traits>} view */
function render({ model, el }) {
  const [unit, question] = [model.get("_unit"), model.get("_question")];
  /** @type {Asked} */
  const asked = {
    range: model.get("_range"),
    at: model.get("_at"),
    along: model.get("_along"),
    said: (value) => unit.replace("{}", String(value)),
  };
  const count = model.get("values").length;
  /** @param {number} which @param {number} value */
  function say(which, value) {
    const values = [...model.get("values")];
    values[which] = value;
    setTrait(model, "values", values);
  }
  const layout = (asked.at.length ? curve : scale)(asked);
  const shown = picture(layout, asked, count, (which, value) => {
    inputs[which].focus({ preventScroll: true });
    say(which, value);
  });
  const inputs = Array.from({ length: count }, (_, i) => {
    const name = asked.at.length ? `${asked.along}: ${asked.at[i]}` : question;
    return unseenSlider(name, asked.range, (value) => say(i, value));
  });
  const words = element("span", { role: "status" });
  const back = pushButton("Take it back", () => {
    if (!isEmpty()) setTrait(model, "values", model.get("values").map(() => null));
  });
  const message = element("p", { class: "ll-message", role: "status" });
  const id = newId();
  const frame = { role: "group", "aria-labelledby": id };
  el.append(element(
    "div",
    { class: "ll-widget ll-own-guess", ...frame },
    element("p", { id, class: "ll-question" }, question),
    ...inputs,
    shown.node,
    element("p", { class: "ll-says" }, words, back),
    message,
  ));
  const isEmpty = () => model.get("values").every((value) => value === null);

  const frames = eachFrame(model, update);
  const waiting = patience(model, frames.redraw);
  function update() {
    const values = model.get("values");
    const chosen = inputs.findIndex((input) => input.matches(":focus-visible"));
    shown.update(values, chosen);
    inputs.forEach((input, i) => {
      const value = values[i];
      input.value = String(value ?? shown.middle);
      const spoken = value === null ? "no guess yet" : asked.said(value);
      input.setAttribute("aria-valuetext", spoken);
    });
    setText(words, inWords(values, asked, !isPage()));
    setOff(back, isEmpty());
    const isHeard = String(values) === String(model.get("_heard"));
    const isLate = !isHeard && waiting.isOver(values);
    const why = isPage() ? IN_A_PAGE : isLate ? noAnswer(model, STAYS, PYTHON) : "";
    setText(message, isHeard ? "" : why);
  }
  for (const input of inputs) {
    for (const event of ["focus", "blur"]) input.addEventListener(event, frames.redraw);
  }
  update();
  return () => [shown, frames, waiting].forEach((one) => one.stop());
}

export default { render };
