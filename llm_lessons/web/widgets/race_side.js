// One side of a race: what it has written so far, what that took, and how it ended; and
// another number in the place of a result, typed where it stands, and sent on Enter.

import { noAnswer } from "../lib/answering.js";
import { ask } from "../lib/ask.js";
import { control, counted, element, newId, pushButton, setText } from "../lib/dom.js";
import { percent } from "../lib/odds.js";
import { visiblePiece } from "../lib/pieces.js";
import { patience } from "../lib/timers.js";
import { setTraits } from "../lib/widget_model.js";
import {
  begunWith,
  canBeChanged,
  millions,
  resultsOf,
  resultText,
  sideFrom,
  sum,
  verdict,
} from "./race_words.js";

/** @import { Answer, AskTraits } from "../lib/ask.js" */
/** @import { Model } from "../lib/widget_model.js" */
/** @import { Altered, Answered, Asked, Lane, Problem, Side } from "./race_words.js" */
/**
 * @typedef {{ right: string | null, most: number, step: number,
 *   canChange: boolean }} State
 */

const CHANGE_ME = "change me"; // stands at each result, as the style sheet says where

/** A token; one that is only a space is seen, too. @param {string} piece */
function chipOf(piece) {
  const chip = element("span", { class: "ll-chip" }, piece);
  if (piece.trim() === "") chip.dataset.sign = visiblePiece(piece);
  return chip;
}

/**
 * A line can end before each token that begins with a space, and nowhere else.
 * @param {HTMLElement[]} nodes
 */
function lines(nodes) {
  return nodes.flatMap((node) =>
    node.textContent.startsWith(" ") ? [element("wbr"), node] : [node]
  );
}

/**
 * Of all texts that may come to stand in a place, the longest keeps the room for them.
 * @param {string[][]} texts
 */
export function roomFor(texts) {
  const longest = texts.reduce((a, b) => b.join("").length > a.join("").length ? b : a);
  const words = lines(longest.map((piece) => element("span", {}, piece)));
  return element("div", { class: "ll-room", "aria-hidden": "true" }, ...words);
}

/**
 * The tokens of a side; the results of its steps are buttons, so that one can write
 * others in their places.
 * @param {Lane} lane @param {(step: number, button: HTMLButtonElement) => void} onPick
 */
function written({ side }, onPick) {
  const chips = side.pieces.map(chipOf);
  /** @type {HTMLElement[]} */
  const nodes = [...chips];
  const results = resultsOf(side.pieces);
  const buttons = results.map(([start, end], step) => {
    const about = `${resultText(side, step)}, result of step ${step + 1}. Change it`;
    const look = { class: "ll-result", "aria-label": about, "data-hint": CHANGE_ME };
    const button = pushButton("", () => onPick(step, button), look);
    nodes.splice(nodes.indexOf(chips[start]), end - start, button);
    button.append(...chips.slice(start, end));
    return button;
  });
  return { chips, nodes, results, buttons };
}

/**
 * @param {string[][]} texts all that may come to stand here
 * @param {(step: number, button: HTMLButtonElement) => void} onPick
 */
export function sideOf(texts, onPick) {
  const id = newId();
  const words = element("div", { role: "group", "aria-labelledby": id });
  const bar = element("div");
  const [spent, whole, end] = ["spent", "whole", "end"].map((name) =>
    element("p", { class: `ll-${name}` })
  );
  const odds = element("strong");
  const about = element("span", {}, " likely, by its own odds");
  const sure = element("p", { class: "ll-sure" }, odds, about);
  const title = element("p", { id, class: "ll-way" });
  const node = element(
    "section",
    { class: "ll-side" },
    title,
    element("div", { class: "ll-text", translate: "no" }, roomFor(texts), words),
    element("div", { class: "ll-meter", "aria-hidden": "true" }, bar),
    spent,
    whole,
    element("div", { class: "ll-verdict" }, end, sure),
  );
  /** @type {Side | undefined} */
  let shown;
  /** @type {ReturnType<typeof written> | undefined} */
  let text;

  /** @param {Lane} lane @param {State} state */
  function chipsOf(lane, { step, canChange }) {
    if (!text || shown !== lane.side) {
      text = written(lane, onPick);
      words.replaceChildren(...lines(text.nodes));
      shown = lane.side;
    }
    const { chips, results, buttons } = text;
    const [first, behind] = results[lane.changed] ?? [Infinity, Infinity];
    chips.forEach((chip, i) => {
      const isOwn = i >= first && i < behind;
      chip.classList.toggle("ll-later", i >= step && !lane.isStruck);
      chip.classList.toggle("ll-new", i === step - 1 && !lane.isStruck);
      chip.classList.toggle("ll-struck", lane.isStruck && i >= first);
      chip.classList.toggle("ll-own", isOwn && !lane.isStruck);
    });
    buttons.forEach((button, i) => {
      button.disabled = !(canChange && canBeChanged(lane, results[i], step));
    });
  }
  /** @param {Lane} lane @param {State} state */
  function update(lane, state) {
    const { side, isStruck } = lane;
    chipsOf(lane, state);
    const count = isStruck
      ? side.pieces.length
      : Math.min(state.step, side.pieces.length);
    const now = sum(side.costs.slice(0, count));
    bar.style.setProperty("--ll-now", `${(100 * now) / state.most}%`);
    bar.style.setProperty("--ll-all", `${(100 * sum(side.costs)) / state.most}%`);
    setText(title, lane.way);
    setText(spent, `${counted(count, "token")}, ${millions(now)}`);
    const all = counted(side.pieces.length, "token");
    setText(whole, `${all}, ${millions(sum(side.costs))}`);
    node.classList.toggle("ll-over", count > 0 && count === side.pieces.length);
    node.classList.toggle("ll-won", side.right === true);
    node.classList.toggle("ll-unjudged", side.right === null);
    setText(end, verdict(side, state.right));
    setText(odds, percent(side.sure));
    sure.hidden = !side.answer;
  }
  return { node, update };
}

/**
 * @typedef {{ kind: number, problem: number, step: number, _asked: Asked | [],
 *   _kinds: [string, Problem[]][], _costs: Record<number, number> } & AskTraits
 * } Changing
 */

const STAYS = ", so nothing follows another number";
const WHOLE = "A whole number, from 0 to 99: Fjord has read no larger sum";

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
    box.setCustomValidity(/^\d{1,2}$/.test(box.value) ? "" : WHOLE);
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
  const late = patience(model, redraw);
  let isWaiting = false;
  /** What is asked of the problem that is chosen. */
  function here() {
    const asked = model.get("_asked");
    const place = [model.get("kind"), model.get("problem")];
    return asked.length && String(asked.slice(0, 2)) === String(place) ? asked : null;
  }
  /** @type {() => Answer<Answered>} */
  const steps = ask(model, "steps", () => {
    const asked = here();
    const begun = asked && begunWith(problem(), asked[2], asked[3]);
    return begun ? [problem().question, begun] : null;
  });
  /** What was written last, as a side. @type {{ of?: Answered, side?: Side }} */
  let last = {};

  /** @returns {Altered | undefined} */
  function shown() {
    const [asked, { value, isOld }] = [here(), steps()];
    if (!asked || isOld || !value) return undefined;
    if (last.of !== value) {
      const side = sideFrom(model.get("_costs"), value, problem().answer);
      last = { of: value, side };
    }
    return { asked, side: /** @type {Side} */ (last.side) };
  }
  /** @param {number} step @param {HTMLButtonElement} button */
  function pick(step, button) {
    const number = resultText(problem().sides[1], step);
    typeInto(button, number, step, (other) => {
      const asked = [model.get("kind"), model.get("problem"), step, other];
      setTraits(model, { _asked: /** @type {Asked} */ (asked) });
      if (shown()) return onAnswer(); // it was asked before
      isWaiting = true;
      redraw();
    });
  }
  function forget() {
    isWaiting = false;
    late.stop();
    setTraits(model, { _asked: [] });
  }
  function inWords() {
    if (!isWaiting) return steps().why;
    return late.isOver(model.get("_asked"))
      ? noAnswer(model, STAYS)
      : "The model writes on from your number …";
  }
  model.on("change:_answers", () => {
    const hasCome = isWaiting && shown();
    if (steps().isHeard) {
      isWaiting = false;
      late.stop();
    }
    if (hasCome) onAnswer();
    else redraw();
  });
  return { shown, pick, forget, inWords, stop: late.stop };
}
