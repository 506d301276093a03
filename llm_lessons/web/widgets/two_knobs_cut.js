// A cut through the landscape: the loss if only one of the knobs turns.

import { atWidth } from "../lib/dom.js";
import { pathOf, setAttributes, svg } from "../lib/svg.js";
import { lossOf, oddsAt, slopes } from "./two_knobs_loss.js";

/** @import { Place } from "./two_knobs_loss.js" */

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
