// Both losses of a training of one's own, as two curves in one picture.

import { lineChart } from "../lib/line_chart.js";
import { losses } from "./train_your_own_words.js";

/** @import { Curve, Point } from "../lib/line_chart.js" */
/** @import { Standing } from "./train_your_own_work.js" */

const MOST_POINTS = 300; // then every second one goes
const MOST_EVEN = 3; // times even odds: as high as the picture grows when it breaks
const FIRST_END = 100_000; // letters; where a curve comes to the end, twice as many

/** @param {Point[]} points */
export function thinned(points) {
  if (points.length <= MOST_POINTS) return points;
  return points.filter((_, i) => i % 2 === 0 || i === points.length - 1);
}

/** How far the picture reaches. @param {number} read letters */
export function endFor(read) {
  let end = FIRST_END;
  while (end < read) end *= 2;
  return end;
}

/**
 * @param {Point[]} own of the lines that it reads @param {Point[]} kept of those aside
 * @param {Standing | null} standing @param {number | null} loss
 * @returns {Curve}
 */
function drawing(own, kept, standing, loss) {
  const even = Math.log2((standing?.letters ?? 30) + 1);
  const highest = Math.max(...[...own, ...kept].map(([, y]) => y));
  const yEnd = Math.max(4, 1.3 * even, Math.min(highest, MOST_EVEN * even));
  /** @param {Point[]} points @returns {Point[]} */
  const inside = (points) => points.map(([x, y]) => [x, Math.min(y, yEnd)]);
  return {
    points: inside(own),
    begins: kept.length ? undefined : ["Here its curves will begin.", even],
    other: kept.length
      ? ["lines that it reads", "lines kept aside", inside(kept)]
      : undefined,
    lines: [["guessing evenly", even]],
    xEnd: endFor(standing?.read ?? 0),
    yEnd,
    xName: "thousand letters read",
    yName: "loss, bits a letter",
    xText: (value) => `${Math.round(value / 1000).toLocaleString("en")}`,
    label: standing
      ? `Two curves. ${losses(loss, standing.aside)}`
      : "The curves of the loss, still empty.",
  };
}

export function lossCurves() {
  const chart = lineChart();
  /** @type {Point[]} */
  let own = [];
  /** @type {Point[]} */
  let kept = [];

  /** @param {Standing} standing */
  function add({ read, loss, aside }) {
    if (loss !== null && Number.isFinite(loss)) own = thinned([...own, [read, loss]]);
    if (Number.isFinite(aside)) kept = thinned([...kept, [read, aside]]);
  }
  /** @param {Standing | null} standing @param {number | null} loss */
  function draw(standing, loss) {
    chart.update(drawing(own, kept, standing, loss));
  }
  function clear() {
    [own, kept] = [[], []];
  }
  return { node: chart.node, add, draw, clear, stop: chart.stop };
}
