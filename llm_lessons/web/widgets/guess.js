// The widget: a question, a scale or the axes of a curve with handles to drag, and what
// one says. For keys and screen readers there is a slider for each handle that nobody
// sees.

import { isPage, noAnswer, PYTHON } from "../lib/answering.js";
import {
  atWidth,
  control,
  element,
  newId,
  pushButton,
  setOff,
  setText,
} from "../lib/dom.js";
import { drags } from "../lib/drag.js";
import { kept } from "../lib/keeping.js";
import { ticks } from "../lib/line_chart.js";
import { pathOf, svg } from "../lib/svg.js";
import { patience } from "../lib/timers.js";
import { eachFrame, setTrait } from "../lib/widget_model.js";
import "./guess.css" with { type: "text" };

/** @import { View } from "../lib/widget_model.js" */
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
function picture(layout, { range, said }, count, onSay) {
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

/**
 * @typedef {{ values: Values, _question: string, _range: [number, number],
 *   _unit: string, _at: number[], _along: string, _heard: Values }} Traits
 */

const STAYS = ", so no figure will be drawn with it; compare it with the one there is";
const IN_A_PAGE =
  "The figure of this page was drawn without your guess: compare the two.";

/**
 * @param {Values} values @param {Asked} asked
 * @param {boolean} [isDrawn] does the figure show it
 */
function inWords(values, { at, said }, isDrawn = true) {
  const given = values.flatMap((value, i) => (value === null ? [] : [[i, value]]));
  if (!given.length) {
    const what = at.length ? "the points" : "the mark";
    const then = isDrawn ? "will show what you say" : "stands below";
    return `Drag ${what} to where you think: the figure ${then}. ` +
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
  const look = { type: "range", class: "ll-unseen", "aria-label": name };
  const input = control("input", { ...look, min, max, step: 1 });
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
    setTrait(model, "values", model.get("values").map(() => null));
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

export default kept({ render });
