// A curve in a picture that is as wide as its place: one SVG, drawn anew when it moves.

import { svg } from "./svg.js";

/** @typedef {[number, number]} Point */
/**
 * @typedef {object} Curve
 * @property {Point[]} points
 * @property {Point | undefined} mark
 * @property {[string, string, Point[]] | undefined} other a second curve, behind the
 *   names of the first one and of its own
 * @property {[string, number][]} lines names and heights of what to compare with
 * @property {number} xEnd
 * @property {number} yEnd
 * @property {string} xName
 * @property {string} yName
 * @property {(x: number) => string} xText
 * @property {string} label what the picture says to a screen reader
 */

const HEIGHT = 260;
const MARGIN = { left: 30, right: 14, top: 26, bottom: 40 };

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
 * since the names of the lines stand at the right. One is above and one below.
 * @param {string} own @param {Point[]} points
 * @param {string} name @param {Point[]} curve
 * @returns {[string, Point, boolean][]} name, point, and whether it stands below
 */
export function places(own, points, name, curve) {
  const [one, last] = [points.at(-1), curve.at(-1)];
  if (!one || !last) return [];
  const isBelow = one[1] < last[1];
  const on = curve[Math.floor(0.75 * (curve.length - 1))];
  return [[own, one, isBelow], [name, on, !isBelow]];
}

export function lineChart() {
  const node = svg("svg", { class: "ll-chart", role: "img", height: HEIGHT });
  let width = 0;
  /** @type {Curve | undefined} */
  let shown;

  function draw() {
    if (!shown || !width) return;
    const { points, mark, other, lines, xEnd, yEnd, xName, yName, xText, label } =
      shown;
    const { left, right, top, bottom } = MARGIN;
    /** @param {number} value */
    const x = (value) => left + ((width - left - right) * value) / xEnd;
    /** @param {number} value */
    const y = (value) => HEIGHT - bottom - ((HEIGHT - top - bottom) * value) / yEnd;
    const parts = [];
    for (const value of ticks(yEnd, 6)) {
      const at = y(value);
      parts.push(
        svg("line", { class: "ll-grid", x1: left, x2: width - right, y1: at, y2: at }),
      );
      parts.push(
        svg("text", { x: left - 6, y: at + 4, "text-anchor": "end" }, `${value}`),
      );
    }
    for (const value of ticks(xEnd, 4)) {
      const anchor = value > 0.97 * xEnd ? "end" : "middle";
      const place = { x: x(value), y: HEIGHT - bottom + 16, "text-anchor": anchor };
      parts.push(svg("text", place, xText(value)));
    }
    const names = { x: width - right, y: HEIGHT - 6, "text-anchor": "end" };
    parts.push(svg("text", names, xName));
    parts.push(svg("text", { x: 0, y: 12 }, yName));
    for (const [name, value] of lines) {
      const at = y(value);
      parts.push(
        svg("line", { class: "ll-rival", x1: left, x2: width - right, y1: at, y2: at }),
      );
      parts.push(
        svg("text", { x: width - right, y: at - 5, "text-anchor": "end" }, name),
      );
    }
    /** @param {Point[]} curve */
    const path = (curve) =>
      curve.map(([a, b], i) => `${i ? "L" : "M"}${x(a).toFixed(1)} ${y(b).toFixed(1)}`)
        .join("");
    parts.push(svg("path", { class: "ll-curve", d: path(points) }));
    if (other) {
      const [own, name, curve] = other;
      parts.push(svg("path", { class: "ll-curve ll-held-out", d: path(curve) }));
      for (const [text, at, below] of places(own, points, name, curve)) {
        const where = { x: x(at[0]), y: y(at[1]) + (below ? 16 : -8) };
        parts.push(svg("text", { ...where, "text-anchor": "end" }, text));
      }
    }
    if (mark) {
      parts.push(
        svg("circle", { class: "ll-mark", cx: x(mark[0]), cy: y(mark[1]), r: 6 }),
      );
    }
    node.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
    node.setAttribute("aria-label", label);
    node.replaceChildren(...parts);
  }
  // Letters keep their size on a phone: the picture is drawn for the width there is.
  const watcher = new ResizeObserver(([entry]) => {
    const now = Math.round(entry.contentRect.width);
    if (now === width) return;
    width = now;
    draw();
  });
  watcher.observe(node);

  /** @param {Curve} next */
  function update(next) {
    shown = next;
    draw();
  }
  return { node, update, stop: () => watcher.disconnect() };
}
