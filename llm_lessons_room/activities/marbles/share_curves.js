// Shares by a whole number, in a picture as large as its place: two curves, at once and
// step by step, with what they are in words at their ends, and their intervals.

import { pathOf, svg } from "../../../llm_lessons/web/lib/svg.js";
import { shareWithin } from "../../web/parts/right_share.js";
import { inDigits } from "../../web/parts/stage.js";
import "./share_curves.css" with { type: "text" };

/** @import { RightOf } from "../../web/parts/right_share.js" */
/** Right answers by the number of changes; null where nobody was asked. */
/** @typedef {(RightOf | null)[]} ByChanges */
/**
 * `curves`: at once, step by step. `names` stand at their ends.
 * @typedef {{ title: string, curves: [ByChanges, ByChanges], names: [string, string],
 *   label: string, axis: string }} Shares
 */

const CURVE_LOOKS = ["ll-at-once", "ll-by-steps"];

/**
 * Where two names stand so that neither lies on the other: the heights of both.
 * @param {[number, number]} wanted @param {number} apart at least
 * @param {[number, number]} range the highest and the lowest
 * @returns {[number, number]}
 */
export function namesApart(wanted, apart, [top, bottom]) {
  const [upper, lower] = wanted[0] <= wanted[1] ? [0, 1] : [1, 0];
  const missing = Math.max(0, apart - (wanted[lower] - wanted[upper])) / 2;
  let [a, b] = [wanted[upper] - missing, wanted[lower] + missing];
  const shift = Math.max(0, top - a) - Math.max(0, b - bottom);
  [a, b] = [a + shift, b + shift];
  return upper === 0 ? [a, b] : [b, a];
}

export function shareCurves() {
  const node = svg("svg", { class: "ll-shares", role: "img" });
  /** @type {Shares | undefined} */
  let shown;

  function draw() {
    const { clientWidth: width, clientHeight: height } = node;
    if (!shown || !width || !height) return;
    const em = Number.parseFloat(getComputedStyle(node).fontSize);
    const longest = Math.max(...shown.names.map((name) => name.length));
    const left = 3.4 * em;
    const right = width - Math.min(0.4 * width, (0.62 * longest + 0.7) * em);
    const [top, bottom] = [1.75 * em, height - 2.45 * em];
    const count = shown.curves[0].length;
    const x = (/** @type {number} */ i) =>
      left + ((right - left) * (i + 0.35)) / (count - 0.4);
    const y = (/** @type {number} */ share) => bottom - (bottom - top) * share;
    node.setAttribute("viewBox", `0 0 ${width} ${height}`);
    node.setAttribute("aria-label", shown.label);
    const grid = [0, 0.5, 1].flatMap((share) => {
      const at = y(share);
      const rule = { class: "ll-rule", x1: left, x2: right, y1: at, y2: at };
      const place = { x: left - 0.3 * em, y: at + 0.35 * em, "text-anchor": "end" };
      return [svg("line", rule), svg("text", place, `${inDigits(100 * share)}\u00a0%`)];
    });
    const middle = { "text-anchor": "middle" };
    const stops = shown.curves[0].map((_, i) =>
      svg("text", { x: x(i), y: bottom + 1.1 * em, ...middle }, `${i + 1}`)
    );
    const axis = { x: (left + right) / 2, y: height - 0.25 * em, ...middle };
    const title = { x: 0, y: 0.95 * em, class: "ll-shares-title" };
    node.replaceChildren(
      svg("text", title, shown.title),
      ...grid,
      ...stops,
      svg("text", { ...axis, class: "ll-soft" }, shown.axis),
      ...curvesOf(shown, { x, y, em, right, top, bottom }),
    );
  }
  const watcher = new ResizeObserver(draw);
  watcher.observe(node);

  /** @param {Shares} next */
  function update(next) {
    shown = next;
    draw();
  }
  return { node, update, stop: () => watcher.disconnect() };
}

/**
 * @param {Shares} shown
 * @param {{ x(i: number): number, y(share: number): number, em: number, right: number,
 *   top: number, bottom: number }} scales
 */
function curvesOf({ curves, names }, { x, y, em, right, top, bottom }) {
  /** @type {SVGElement[][]} */
  const [lines, marks] = [[], []];
  /** @type {(number | undefined)[]} */
  const ends = [];
  for (const [way, curve] of curves.entries()) {
    const known = curve.flatMap((counts, i) => counts?.asked ? [{ i, counts }] : []);
    const shift = (way ? 0.09 : -0.09) * em; // so that two intervals lie side by side
    /** @type {[number, number][]} */
    const points = known.map((
      { i, counts },
    ) => [x(i) + shift, y(counts.right / counts.asked)]);
    lines.push(
      svg("path", { class: `ll-share-line ${CURVE_LOOKS[way]}`, d: pathOf(points) }),
    );
    for (const [at, { counts }] of known.entries()) {
      const [low, high] = shareWithin(counts);
      const [cx, cy] = points[at];
      const ends = { x1: cx, x2: cx, y1: y(low), y2: y(high) };
      lines.unshift(
        svg("line", { class: `ll-share-within ${CURVE_LOOKS[way]}`, ...ends }),
      );
      marks.push(markAt(way, cx, cy, 0.24 * em));
    }
    ends.push(points.at(-1)?.[1]);
  }
  const [a = top, b = bottom] = ends;
  const heights = namesApart([a, b], 1.1 * em, [top, bottom]);
  const texts = names.flatMap((name, way) =>
    ends[way] === undefined
      ? []
      : [svg("text", { x: right + 0.25 * em, y: heights[way] + 0.35 * em }, name)]
  );
  return [...lines, ...marks, ...texts];
}

/**
 * A square for at once, a circle for step by step, as in the lessons' figures.
 * @param {number} way @param {number} cx @param {number} cy @param {number} r
 */
function markAt(way, cx, cy, r) {
  const look = { class: `ll-share-mark ${CURVE_LOOKS[way]}` };
  if (way) return svg("circle", { ...look, cx, cy, r });
  const size = { width: 2 * r, height: 2 * r };
  return svg("rect", { ...look, x: cx - r, y: cy - r, ...size });
}
