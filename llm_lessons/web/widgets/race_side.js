// One side of a race: what it has written so far, what that took, and how it ended.

import { counted, element, newId, pushButton, setText } from "../lib/dom.js";
import { percent } from "../lib/odds.js";
import { visiblePiece } from "../lib/pieces.js";
import {
  canBeChanged,
  millions,
  resultsOf,
  resultText,
  sum,
  verdict,
} from "./race_words.js";

/** @import { Lane } from "./race_words.js" */
/**
 * @typedef {{ right: string, most: number, step: number,
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
  /** @type {Lane["side"] | undefined} */
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
    node.classList.toggle("ll-over", count === side.pieces.length);
    node.classList.toggle("ll-won", side.right);
    setText(end, verdict(side, state.right));
    setText(odds, percent(side.sure));
    sure.hidden = !side.answer;
  }
  return { node, update };
}
