// The answers of a moment: a dot each in the lane of its form, and three in full.

import { control, element, setText } from "../lib/dom.js";
import { lanesOf, laneText } from "./reward_lanes_words.js";

/** @import { Example, Lane } from "./reward_lanes_words.js" */

const EXAMPLES = 3;

/** One lane: its name, its dots, and their number. */
function lane() {
  const name = element("span", { class: "ll-lane-name" });
  const dots = element("span", { class: "ll-lane-dots", role: "img" });
  const told = element("span", { class: "ll-lane-count" });
  const node = element("div", { class: "ll-lane" }, name, dots, told);

  /** @param {Lane} own @param {number} of */
  function update(own, of) {
    setText(name, own.name);
    setText(told, laneText(own));
    const words = `${own.name}: ${own.all} of ${of} answers, ${own.right} right`;
    dots.setAttribute("aria-label", words);
    while (dots.childElementCount > own.all) dots.lastElementChild?.remove();
    while (dots.childElementCount < own.all) dots.append(element("i"));
    Array.from(dots.children, (dot, i) => {
      dot.classList.toggle("ll-right", i < own.right);
    });
  }
  return { node, update };
}

export function lanes() {
  const node = element("div", { class: "ll-lane-rows" });
  /** @type {ReturnType<typeof lane>[]} */
  const rows = [];

  /** @param {string} marks */
  function update(marks) {
    const shown = lanesOf(marks);
    while (rows.length < shown.length) {
      rows.push(lane());
      node.append(rows[rows.length - 1].node);
    }
    rows.forEach((row, i) => {
      // One that is empty again keeps its place: the page does not jump.
      row.node.style.visibility = i < shown.length ? "" : "hidden";
      if (i < shown.length) row.update(shown[i], marks.length);
    });
  }
  return { node, update };
}

/** An answer with its verdict; the problem is folded. */
function answer() {
  const verdict = element("strong");
  const text = element("bdi");
  const problem = element("p");
  const fold = element("details", {}, control("summary", {}, "The problem"), problem);
  const node = element("li", {}, verdict, " ", text, fold);

  /** @param {Example} example */
  function update([question, said, reward, isRight]) {
    const worth = `reward ${+reward.toFixed(2)}`;
    setText(verdict, `${isRight ? "✓ right" : "✗ not right"}, ${worth}:`);
    node.classList.toggle("ll-right", isRight);
    setText(text, said.trim() || "(nothing)");
    setText(problem, question);
  }
  return { node, update };
}

export function answers() {
  const rows = Array.from({ length: EXAMPLES }, answer);
  const list = element("ol", {}, ...rows.map((row) => row.node));
  const head = element("p", { class: "ll-name" }, "Three of these answers");
  const node = element("div", { class: "ll-lane-answers" }, head, list);

  /** @param {Example[]} examples */
  function update(examples) {
    node.hidden = !examples.length;
    rows.forEach((row, i) => {
      row.node.hidden = i >= examples.length;
      if (i < examples.length) row.update(examples[i]);
    });
  }
  return { node, update };
}
