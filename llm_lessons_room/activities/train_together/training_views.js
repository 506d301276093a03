// What a screen shows of a model that a room trains: a curve, and names that it wrote.

import { element, setText } from "../../../llm_lessons/web/lib/dom.js";
import { pathOf, svg } from "../../../llm_lessons/web/lib/svg.js";
import { rowsOnDemand, showIf } from "../../web/parts/stage.js";

/** @import { Tell } from "../../web/words.js" */

const PLACES_OF_TEXTS = 8; // samples that are seen

/**
 * What every step has as points of a picture of 100 by 100: the most at the top, and 0.
 * @param {number[]} values @param {number} most
 * @returns {[number, number][]}
 */
export function curvePoints(values, most) {
  const wide = Math.max(1, values.length - 1);
  return values.map((value, i) => [
    (100 * i) / wide,
    100 - Math.min(100, (100 * value) / most),
  ]);
}

export function curvePicture() {
  const line = svg("path", { "vector-effect": "non-scaling-stroke" });
  const frame = { viewBox: "0 0 100 100", preserveAspectRatio: "none", role: "img" };
  const node = svg("svg", { class: "ll-room-loss", ...frame }, line);
  /** @param {[number, number][]} points @param {string} label */
  function update(points, label) {
    node.toggleAttribute("hidden", points.length < 2);
    line.setAttribute("d", pathOf(points));
    node.setAttribute("aria-label", label);
  }
  return { node, update };
}

/** The last samples, the newest on top; those of the list are marked. */
export function textPlaces(/** @type {Tell} */ tell) {
  const node = element("ol", { class: "ll-room-texts" });
  const rows = rowsOnDemand(() => {
    const mark = element("small", {}, tell("train_together_known"));
    return element("li", {}, element("bdi"), " ", mark);
  });
  /** @param {string[]} texts @param {Set<string>} known */
  function update(texts, known) {
    const newest = texts.slice(-PLACES_OF_TEXTS).reverse();
    rows(node, newest.length).forEach((row, i) => {
      const [text, mark] = /** @type {HTMLElement[]} */ ([...row.children]);
      setText(text, newest[i] || "–");
      showIf(mark, known.has(newest[i]));
    });
  }
  return { node, update };
}
