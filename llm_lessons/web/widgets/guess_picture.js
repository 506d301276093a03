// A scale, or the axes of a curve, with handles to drag to where one thinks.

import { atWidth } from "../lib/dom.js";
import { drags } from "../lib/drag.js";
import { ticks } from "../lib/line_chart.js";
import { pathOf, svg } from "../lib/svg.js";

/** @typedef {(number | null)[]} Values numbers, null where nothing was said */
/**
 * @typedef {object} Asked
 * @property {[number, number]} range
 * @property {number[]} at the places of a curve; none for a single number
 * @property {string} along what the places count
 * @property {(value: number) => string} said a number with its unit
 */
/**
 * Where a handle stands, and what a point of the picture means: which handle, and what
 * number.
 * @typedef {object} Layout
 * @property {number} tall
 * @property {(width: number) => SVGElement[]} axes
 * @property {(which: number, value: number, width: number) => [number, number]} place
 * @property {(x: number, y: number, width: number) => [number, number]} meant
 */

const SIDES = 22; // beyond the ends of a scale
const LEFT = 46; // for the numbers of a curve's axis

/** @param {[number, number]} range */
const round = ([low, high]) => [
  low,
  ...ticks(high, 4).filter((value) => value > low && value <= high),
];

/** A single number, on a line. @param {Asked} asked @returns {Layout} */
export function scale({ range }) {
  const [low, high] = range;
  const [line, tall] = [42, 68];
  /** @param {number} width */
  const wide = (width) => width - 2 * SIDES;
  /** @param {number} value @param {number} width */
  const x = (value, width) => SIDES + (wide(width) * (value - low)) / (high - low);
  return {
    tall,
    axes: (width) => [
      svg("line", {
        class: "ll-rule",
        x1: SIDES,
        x2: width - SIDES,
        y1: line,
        y2: line,
      }),
      ...round(range).flatMap((value) => {
        const at = x(value, width);
        return [
          svg("line", { x1: at, x2: at, y1: line - 5, y2: line + 5 }),
          svg("text", { x: at, y: tall - 4 }, `${value}`),
        ];
      }),
    ],
    place: (_, value, width) => [x(value, width), line],
    meant: (at, _, width) => [0, low + ((at - SIDES) * (high - low)) / wide(width)],
  };
}

/** Some points of a curve, over their places. @param {Asked} asked @returns {Layout} */
export function curve({ range, at, along, said }) {
  const [low, high] = range;
  const [top, bottom, tall] = [34, 50, 234];
  /** @param {number} width */
  const step = (width) => (width - LEFT) / at.length;
  /** @param {number} which @param {number} width */
  const x = (which, width) => LEFT + (which + 0.5) * step(width);
  /** @param {number} value */
  const y = (value) =>
    tall - bottom - ((tall - top - bottom) * (value - low)) / (high - low);
  return {
    tall,
    axes: (width) => [
      ...round(range).flatMap((value) => [
        svg("line", { x1: LEFT, x2: width, y1: y(value), y2: y(value) }),
        svg("text", { class: "ll-left", x: LEFT - 6, y: y(value) + 4 }, said(value)),
      ]),
      ...at.map((place, i) =>
        svg("text", { x: x(i, width), y: tall - bottom + 26 }, `${place}`)
      ),
      svg("text", { x: (LEFT + width) / 2, y: tall - 5 }, along),
    ],
    place: (which, value, width) => [x(which, width), y(value)],
    meant: (left, up, width) => [
      Math.min(at.length - 1, Math.max(0, Math.floor((left - LEFT) / step(width)))),
      low + ((tall - bottom - up) * (high - low)) / (tall - top - bottom),
    ],
  };
}

/**
 * @param {Layout} layout @param {Asked} asked @param {number} count of handles
 * @param {(which: number, value: number) => void} onSay
 */
export function picture(layout, { range, said }, count, onSay) {
  const [low, high] = range;
  const middle = Math.round((low + high) / 2);
  const axes = svg("g", { class: "ll-axes" });
  const way = svg("path", { class: "ll-way" });
  const handles = Array.from({ length: count }, () => {
    const flag = svg("text", { class: "ll-flag", y: -18 });
    const node = svg("g", { class: "ll-handle" });
    node.append(
      svg("circle", { class: "ll-grip", r: 22 }),
      svg("circle", { class: "ll-ring", r: 13 }),
      svg("circle", { class: "ll-point", r: 8 }),
      flag,
    );
    return { node, flag };
  });
  const node = svg("svg", { height: layout.tall, "aria-hidden": "true" });
  node.append(axes, way, ...handles.map((one) => one.node));
  let width = 0;
  /** @type {Values} */
  let values = [];
  let chosen = -1;

  drags(
    node,
    (x, y) => {
      const [which, value] = layout.meant(x, y, width);
      onSay(which, Math.min(high, Math.max(low, Math.round(value))));
    },
    (target) => target instanceof SVGCircleElement,
  );

  function draw() {
    if (!width) return;
    const places = handles.map((_, i) => layout.place(i, values[i] ?? middle, width));
    handles.forEach((one, i) => {
      const value = values[i] ?? null;
      const [x, y] = places[i];
      one.node.setAttribute("transform", `translate(${x} ${y})`);
      one.node.classList.toggle("ll-set", value !== null);
      one.node.classList.toggle("ll-chosen", i === chosen);
      one.flag.textContent = value === null ? "" : said(value);
      // Never beyond the picture's sides.
      const room = 4 * said(high).length + 2;
      const left = Math.max(room - x, Math.min(0, width - room - x));
      one.flag.setAttribute("x", String(left));
    });
    const set = places.filter((_, i) => (values[i] ?? null) !== null);
    way.setAttribute("d", pathOf(set));
  }
  const stop = atWidth(node, (now) => {
    width = now;
    node.setAttribute("viewBox", `0 0 ${width} ${layout.tall}`);
    axes.replaceChildren(...layout.axes(width));
    draw();
  });

  /** @param {Values} next @param {number} [which] the handle that has the keys */
  function update(next, which = -1) {
    [values, chosen] = [next, which];
    draw();
  }
  return { node, middle, update, stop };
}
