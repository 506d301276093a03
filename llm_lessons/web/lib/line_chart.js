// A curve in a picture that is as wide as its place: one SVG, drawn anew when it moves.

import { atWidth } from "./dom.js";
import { pathOf, svg } from "./svg.js";
import "./line_chart.css" with { type: "text" };

/** @typedef {[number, number]} Point */
/**
 * @typedef {object} Curve
 * @property {Point[]} points
 * @property {[string, number]} [begins] while nothing is drawn yet: what is said, and
 *   at which height it will begin
 * @property {[string, string, Point[]] | undefined} other a second curve, behind the
 *   names of the first one and of its own
 * @property {[string, number][]} lines names and heights of what to compare with
 * @property {(highest: number) => string} [beyond] what is said where a curve leaves
 *   the picture, above `yEnd`
 * @property {number} xEnd @property {number} yEnd @property {string} xName
 * @property {string} yName @property {(x: number) => string} xText
 * @property {string} label what the picture says to a screen reader
 */

const HEIGHT = 260;
const MARGIN = { left: 38, right: 14, top: 26, bottom: 40 };

/**
 * Round numbers from 0 to the end, about so many.
 * @param {number} end @param {number} count
 */
export function ticks(end, count) {
  const rough = end / count;
  const scale = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((f) => f * scale).find((s) => s >= rough) ??
    10 * scale;
  return Array.from({ length: Math.floor(end / step) + 1 }, (_, i) => i * step);
}

/**
 * Where two curves' names stand: the first one's at its end, the other's on its way,
 * since the names of the lines stand at the right. One is above and one below. While
 * the curves are short, both names stand behind their ends.
 * @param {string} own @param {Point[]} points
 * @param {string} name @param {Point[]} curve @param {boolean} [isShort]
 * @returns {[string, Point, boolean][]} name, point, and whether it stands below
 */
export function places(own, points, name, curve, isShort = false) {
  const [one, last] = [points.at(-1), curve.at(-1)];
  if (!one || !last) return [];
  const isBelow = one[1] < last[1];
  const on = isShort ? last : curve[Math.floor(0.75 * (curve.length - 1))];
  return [[own, one, isBelow], [name, on, !isBelow]];
}

/**
 * Where a curve leaves the picture: of each stretch above it, the highest point.
 * @param {Point[]} points @param {number} yEnd @returns {Point[]}
 */
export function peaksBeyond(points, yEnd) {
  /** @type {Point[]} */
  const peaks = [];
  let isBeyond = false;
  for (const point of points) {
    if (point[1] > yEnd) {
      const isHigher = isBeyond && point[1] > (peaks.at(-1)?.[1] ?? 0);
      if (isHigher) peaks.pop();
      if (isHigher || !isBeyond) peaks.push(point);
    }
    isBeyond = point[1] > yEnd;
  }
  return peaks;
}

export function lineChart() {
  const node = svg("svg", { class: "ll-chart", role: "img", height: HEIGHT });
  let width = 0;
  /** @type {Curve | undefined} */
  let shown;
  const wide = () => width - MARGIN.left - MARGIN.right;

  function draw() {
    if (!shown || !width) return;
    const tall = HEIGHT - MARGIN.top - MARGIN.bottom;
    const { xEnd, yEnd, label } = shown;
    /** @type {Scales} */
    const scales = {
      width,
      x: (value) => MARGIN.left + (wide() * value) / xEnd,
      y: (value) => HEIGHT - MARGIN.bottom - (tall * value) / yEnd,
    };
    node.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
    node.setAttribute("aria-label", label);
    node.replaceChildren(
      ...axes(shown, scales),
      ...curves(shown, scales),
      ...marksBeyond(shown, scales),
    );
  }
  const stop = atWidth(node, (now) => {
    width = now;
    draw();
  });

  /** @param {Curve} next */
  function update(next) {
    shown = next;
    draw();
  }
  return { node, update, stop };
}

/**
 * @typedef {{ width: number, x(value: number): number,
 *   y(value: number): number }} Scales
 */

/** Rules, numbers and names. @param {Curve} shown @param {Scales} scales */
function axes({ lines, other, xEnd, yEnd, xName, yName, xText }, { width, x, y }) {
  const [x1, x2] = [MARGIN.left, width - MARGIN.right];
  /** @param {string} look @param {number} value */
  const rule = (look, value) =>
    svg("line", { class: look, x1, x2, y1: y(value), y2: y(value) });
  const parts = [];
  for (const value of ticks(yEnd, 6)) {
    const place = { x: x1 - 6, y: y(value) + 4, "text-anchor": "end" };
    parts.push(rule("ll-grid", value), svg("text", place, `${value}`));
  }
  for (const value of ticks(xEnd, 4)) {
    const place = { x: x(value), y: HEIGHT - MARGIN.bottom + 16 };
    parts.push(svg("text", { ...place, "text-anchor": "middle" }, xText(value)));
  }
  const end = { x: x2, "text-anchor": "end" };
  parts.push(svg("text", { ...end, y: HEIGHT - 6 }, xName));
  parts.push(svg("text", { x: 0, y: 12 }, yName));
  const [, last] = other?.[2].at(-1) ?? [];
  for (const [name, value] of lines) {
    parts.push(rule("ll-rival", value));
    // Above its line, unless the other curve ends there.
    const isTaken = last !== undefined && last >= value && y(value) - y(last) < 20;
    parts.push(svg("text", { ...end, y: y(value) + (isTaken ? 14 : -5) }, name));
  }
  return parts;
}

/**
 * An arrow where a curve leaves the picture, and how far the highest goes.
 * @param {Curve} shown @param {Scales} scales
 */
function marksBeyond({ points, other, beyond, yEnd }, { width, x, y }) {
  const peaks = [points, other?.[2] ?? []].flatMap((one) => peaksBeyond(one, yEnd));
  if (!beyond || !peaks.length) return [];
  const parts = peaks.map(([a]) => {
    const d = pathOf([[x(a) - 6, y(yEnd) - 3], [x(a), y(yEnd) - 12], [
      x(a) + 6,
      y(yEnd) - 3,
    ]]);
    return svg("path", { class: "ll-beyond", d });
  });
  const [at, highest] = peaks.reduce((one, next) => next[1] > one[1] ? next : one);
  const isLeft = x(at) < width / 2;
  const place = { x: x(at) + (isLeft ? 8 : -8), y: y(yEnd) + 34 };
  const anchor = isLeft ? "start" : "end";
  return [...parts, svg("text", { ...place, "text-anchor": anchor }, beyond(highest))];
}

/** @param {Curve} shown @param {Scales} scales */
function curves({ points, other, begins, yEnd }, { width, x, y }) {
  /** @param {Point} point @returns {Point} */
  const seen = ([a, b]) => [x(a), y(Math.min(b, yEnd))];
  /** @type {SVGElement[]} */
  const parts = [svg("path", { class: "ll-curve", d: pathOf(points.map(seen)) })];
  if (begins) {
    const [words, height] = begins;
    const [cx, cy] = seen([0, height]);
    parts.push(svg("circle", { class: "ll-begins", cx, cy, r: 6 }));
    parts.push(svg("text", { x: cx + 14, y: cy + 20 }, words));
  }
  if (other) {
    const [own, name, curve] = other;
    const d = pathOf(curve.map(seen));
    parts.push(svg("path", { class: "ll-curve ll-held-out", d }));
    const isShort = x(curve.at(-1)?.[0] ?? 0) < width / 2;
    for (const [text, at, below] of places(own, points, name, curve, isShort)) {
      const [left, top] = seen(at);
      const where = { x: left, y: top + (below ? 16 : -8) };
      const anchor = isShort ? "start" : "end"; // inside the picture
      parts.push(svg("text", { ...where, "text-anchor": anchor }, text));
    }
  }
  return parts;
}
