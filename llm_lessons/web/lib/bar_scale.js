// Bars to scale, where the full width is 100 %, or enlarged, where the longest fills
// most of it. The full width moves in steps, so that a bar still shrinks and grows.

import { control, element, setText } from "./dom.js";
import "./bar_scale.css" with { type: "text" };

const STEPS = [1, 0.75, 0.5, 0.4, 0.3, 0.2, 0.15];

/**
 * A round number, at which the longest chance fills more than half of the width.
 * @param {number} longest above 0 and up to 1
 */
export function fullWidth(longest) {
  let scale = 1;
  while (longest > 0 && longest <= scale / 10 && scale > 1e-6) scale /= 10;
  const steps = STEPS.map((step) => step * scale);
  return steps.filter((step) => step >= longest * (1 - 1e-9)).at(-1) ?? scale;
}

/** @param {number} share */
function inPercent(share) {
  return `${Number((100 * share).toPrecision(2))}\u00a0%`;
}

/**
 * The switch. `full(chances)` is the chance that fills the width, for these bars.
 * @param {() => void} redraw called when it is switched
 */
export function barScale(redraw) {
  const box = control("input", { type: "checkbox" });
  const width = element("span");
  const label = element("label", {}, box, " Enlarge the bars");
  const node = element("p", { class: "ll-bar-scale" }, label, width);
  box.addEventListener("change", redraw);

  /** @param {number[]} chances */
  function full(chances) {
    const now = box.checked ? fullWidth(Math.max(...chances)) : 1;
    setText(width, `full width: ${inPercent(now)}`);
    return now;
  }
  return { node, full };
}
