// The landscape from above, with lines of equal loss and the ball to be dragged; and a
// cut through it, the loss if only one of the knobs turns.

import { atWidth } from "../lib/dom.js";
import { drags } from "../lib/drag.js";
import { pathOf, setAttributes, svg } from "../lib/svg.js";
import {
  contour,
  heights,
  lossOf,
  lowest,
  oddsAt,
  onRay,
  slopes,
} from "./two_knobs_loss.js";

/** @import { Place } from "./two_knobs_loss.js" */

const SIDE = 340;
const EDGE = { left: 34, right: 6, top: 6, bottom: 36 };
const FINE = 0.1; // what an arrow key moves the ball by
const APART = 20; // between two lines' numbers
/** @type {Record<string, Place>} */
const ARROWS = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowDown: [0, -1],
  ArrowUp: [0, 1],
};

/** From knobs to the picture, and back. @param {[number, number]} range */
function scales([low, high]) {
  const [wide, tall] = [SIDE - EDGE.left - EDGE.right, SIDE - EDGE.top - EDGE.bottom];
  /** @param {number} knob */
  const x = (knob) => EDGE.left + (wide * (knob - low)) / (high - low);
  /** @param {number} knob */
  const y = (knob) => SIDE - EDGE.bottom - (tall * (knob - low)) / (high - low);
  /** @param {number} left @param {number} top @returns {Place} */
  const knobsAt = (left, top) => [
    low + ((left - EDGE.left) * (high - low)) / wide,
    low + ((SIDE - EDGE.bottom - top) * (high - low)) / tall,
  ];
  return { x, y, wide, tall, knobsAt };
}

/**
 * What never moves: ground, lines with their numbers, axes.
 * @param {number[]} shares @param {string[]} names @param {[number, number]} range
 */
function ground(shares, names, range) {
  const { x, y, wide, tall } = scales(range);
  const least = lossOf(shares, shares);
  const corners = range.flatMap((a) =>
    range.map((b) => lossOf(shares, oddsAt([a, b])))
  );
  const most = Math.max(...corners); // the loss is convex: it is highest in a corner
  const all = heights(least, most);
  const frame = { x: EDGE.left, y: EDGE.top, width: wide, height: tall };
  /** How much of the colour of surprise lies on the ground. @param {number} bits */
  const tint = (bits) => Math.round(60 * Math.sqrt((bits - least) / (most - least)));
  const land = svg("svg", { ...frame, viewBox: Object.values(frame).join(" ") });
  land.append(svg("rect", { ...frame, style: `--ll-tint: ${tint(most)}%` }));
  /** @type {[number, number]} */
  let last = [x(lowest(shares)[0]), y(lowest(shares)[1])];
  const numbers = [];
  for (const [i, bits] of [...all.entries()].reverse()) {
    const line = contour(shares, bits).map((
      [a, b],
    ) => /** @type {Place} */ ([x(a), y(b)]));
    const style = `--ll-tint: ${tint(i ? (bits + all[i - 1]) / 2 : least)}%`;
    land.append(svg("path", { d: `${pathOf(line)}Z`, style }));
  }
  for (const bits of all.filter((height) => height >= 1)) {
    const [a, b] = onRay(shares, bits, [-0.93, 0.37]);
    if (a < range[0] + 0.2 || b > range[1] - 0.2) break;
    if (Math.hypot(x(a) - last[0], y(b) - last[1]) < APART) continue;
    last = [x(a), y(b)];
    numbers.push(svg("text", { x: last[0], y: last[1] + 4 }, `${bits}`));
  }
  const ticks = [];
  for (let at = Math.ceil(range[0]); at <= range[1]; at += 2) {
    const text = `${at}`.replace("-", "−");
    ticks.push(svg("text", { x: x(at), y: SIDE - EDGE.bottom + 14 }, text));
    if (at > range[0]) {
      ticks.push(svg("text", { x: EDGE.left - 9, y: y(at) + 4 }, text));
    }
  }
  const middle = EDGE.top + tall / 2;
  const turned = `translate(10 ${middle}) rotate(-90)`;
  return svg(
    "g",
    { "aria-hidden": "true" },
    land,
    svg("g", { class: "ll-heights" }, ...numbers),
    svg(
      "g",
      { class: "ll-axes" },
      ...ticks,
      svg("text", { x: EDGE.left + wide / 2, y: SIDE - 5 }, `knob of ${names[0]}`),
      svg("text", { transform: turned }, `knob of ${names[1]}`),
    ),
  );
}

/** A head for the arrow. @param {Place} from @param {Place} to */
function arrow([x, y], [a, b]) {
  const length = Math.hypot(a - x, b - y);
  if (length < 2) return "";
  const [over, down] = [(a - x) / length, (b - y) / length];
  /** @param {number} side @returns {Place} */
  const barb = (side) => [
    a - 8 * over + 5 * side * down,
    b - 8 * down - 5 * side * over,
  ];
  return pathOf([[x, y], [a, b]]) + pathOf([barb(1), [a, b], barb(-1)]);
}

/**
 * @param {number[]} shares @param {string[]} names @param {[number, number]} range
 * @param {(knobs: Place) => void} onTurn
 */
export function landscape(shares, names, range, onTurn) {
  const { x, y, knobsAt } = scales(range);
  const trail = svg("path", { class: "ll-trail" });
  const dots = svg("g", { class: "ll-trail" });
  const next = svg("path", { class: "ll-next" });
  const grip = svg("circle", { class: "ll-grip", r: 24 });
  const ball = svg(
    "g",
    {
      class: "ll-ball",
      tabindex: 0,
      role: "slider",
      "aria-roledescription": "slider in two directions",
      "aria-label": "Ball: both knobs, with the four arrow keys",
      "aria-valuemin": range[0],
      "aria-valuemax": range[1],
    },
    grip,
    svg("circle", { class: "ll-ring", r: 13 }),
    svg("circle", { r: 8 }),
  );
  const node = svg(
    "svg",
    {
      class: "ll-map",
      viewBox: `0 0 ${SIDE} ${SIDE}`,
      "data-lm-suppress-shortcuts": "true",
    },
    ground(shares, names, range),
    trail,
    dots,
    next,
    ball,
  );
  drags(node, (left, top) => onTurn(knobsAt(left, top)), (target) => target === grip);
  /** @type {Place} */
  let now = [0, 0];
  ball.addEventListener("keydown", (event) => {
    const way = ARROWS[event.key];
    if (!way) return;
    event.preventDefault();
    const size = event.shiftKey ? 5 * FINE : FINE;
    onTurn([now[0] + size * way[0], now[1] + size * way[1]]);
  });

  /**
   * @param {Place} knobs @param {Place} after where a step downhill would lead
   * @param {Place[]} places where it stood before its steps
   */
  function update(knobs, after, places) {
    now = knobs;
    /** @param {Place} place @returns {Place} */
    const seen = ([a, b]) => [x(a), y(b)];
    ball.style.transform = `translate(${x(knobs[0])}px, ${y(knobs[1])}px)`;
    const [first, second] = knobs.map((knob) => knob.toFixed(2));
    setAttributes(ball, {
      "aria-valuenow": first,
      "aria-valuetext": `${names[0]} ${first}, ${names[1]} ${second}`,
    });
    next.setAttribute("d", arrow(seen(knobs), seen(after)));
    trail.setAttribute("d", pathOf([...places, knobs].map(seen)));
    dots.replaceChildren(...places.map((place) => {
      const [cx, cy] = seen(place);
      return svg("circle", { cx, cy, r: 3 });
    }));
  }
  return { node, update };
}

const TALL = 104;
const INSET = 8; // half a slider's thumb, so that ball and thumb stand in one line
const POINTS = 64;
const SEEN = 3.4; // bits from top to bottom, or more where the ball is higher up

/**
 * @param {number[]} shares @param {number} which of the knobs
 * @param {[number, number]} range
 */
export function cut(shares, which, [low, high]) {
  const bottom = Math.floor(4 * lossOf(shares, shares) - 1) / 4;
  const curve = svg("path", { class: "ll-curve" });
  const tangent = svg("path", { class: "ll-next" });
  const ball = svg("circle", { class: "ll-ball", r: 6 });
  const grid = svg("g", { class: "ll-axes" });
  const node = svg("svg", { class: "ll-cut", height: TALL, "aria-hidden": "true" });
  node.append(grid, curve, tangent, ball);
  let [width, seenBits] = [0, SEEN];
  /** @type {Place} */
  let now = [0, 0];

  /** @param {number} knob */
  const x = (knob) => INSET + ((width - 2 * INSET) * (knob - low)) / (high - low);
  /** @param {number} bits */
  const y = (bits) => TALL - 4 - ((TALL - 8) * (bits - bottom)) / seenBits;

  function rule() {
    const every = seenBits > 5 ? 2 : 1;
    const lines = [1, 2, 3, 4, 6, 8, 10, 12].filter((bits) =>
      bits > bottom && bits < bottom + 0.9 * seenBits &&
      (bits === 1 || bits % every === 0)
    );
    grid.replaceChildren(...lines.flatMap((bits) => [
      svg("line", { x1: 0, x2: width, y1: y(bits), y2: y(bits) }),
      svg("text", { x: width, y: y(bits) - 3 }, bits === 1 ? "1 bit" : `${bits} bits`),
    ]));
  }

  function draw() {
    if (!width) return;
    seenBits = Math.max(SEEN, lossOf(shares, oddsAt(now)) - bottom + 0.4);
    rule();
    /** @param {number} knob @returns {Place} */
    const at = (knob) => [knob, which ? now[0] : now[1]];
    /** @param {number} knob @returns {[number, number]} */
    const seen = (knob) => {
      const [own, other] = at(knob);
      const bits = lossOf(shares, oddsAt(which ? [other, own] : [own, other]));
      return [x(knob), y(bits)];
    };
    const knobs = Array.from(
      { length: POINTS + 1 },
      (_, i) => low + ((high - low) * i) / POINTS,
    );
    curve.setAttribute("d", pathOf(knobs.map(seen)));
    const [cx, cy] = seen(now[which]);
    setAttributes(ball, { cx, cy });
    const slope = slopes(shares, oddsAt(now))[which];
    // As long on the screen however steep it is.
    const [over, up] = [x(low + 1) - x(low), y(0) - y(slope)];
    const part = 26 / Math.hypot(over, up);
    tangent.setAttribute(
      "d",
      pathOf([[cx - part * over, cy + part * up], [cx + part * over, cy - part * up]]),
    );
  }
  const stop = atWidth(node, (now) => {
    width = now;
    node.setAttribute("viewBox", `0 0 ${width} ${TALL}`);
    draw();
  });

  /** @param {Place} knobs */
  function update(knobs) {
    now = knobs;
    draw();
  }
  return { node, update, stop };
}
