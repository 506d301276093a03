// The picture itself: streams that run upwards, layers as rows, and looks as arcs.

import { setAttributes, svg } from "../lib/svg.js";
import { arc } from "./machine_places.js";

/** @import { Places } from "./machine_places.js" */
/**
 * What is drawn of a layer.
 * @typedef {object} Row
 * @property {Float64Array} look how much the column looks at each token up to itself
 * @property {"" | "dim" | "off"} mood dim where something else is pointed at; off where
 *   it is the look of a silenced head
 */

const LEAST = 0.01; // a look below it is not drawn

/** @param {{ layers: number, tokens: number }} sizes */
export function picture({ layers, tokens }) {
  const range = (/** @type {number} */ n) => Array.from({ length: n }, (_, i) => i);
  const streams = range(tokens).map(() => svg("path", { class: "ll-stream" }));
  const arcs = range(layers).map(() => {
    const paths = range(tokens).map(() => svg("path", { class: "ll-look" }));
    return { node: svg("g", { class: "ll-looks" }, ...paths), paths };
  });
  const steps = range(layers + 1).map(() =>
    range(tokens).map(() => svg("rect", { class: "ll-step" }))
  );
  const riser = svg("path", { class: "ll-riser" });
  const node = svg(
    "g",
    {},
    ...streams,
    riser,
    ...arcs.map((one) => one.node),
    ...steps.flat(),
  );
  /** @type {Places | undefined} */
  let drawnFor;
  let drawnColumn = -1;

  /** @param {Places} places @param {number} column */
  function layOut(places, column) {
    const { x, y, height, isCompact } = places;
    const side = isCompact ? 3 : 8;
    streams.forEach((path, i) => {
      setAttributes(path, { d: `M${x(i)} ${height}V${y(layers)}` });
      path.classList.toggle("ll-beyond", i > column);
      path.classList.toggle("ll-own", i === column);
    });
    steps.forEach((all, step) =>
      all.forEach((rect, i) => {
        const wide = i === column ? 1.5 * side : side;
        const corner = { x: x(i) - wide / 2, y: y(step) - wide / 2 };
        setAttributes(rect, { ...corner, width: wide, height: wide, rx: 2 });
        rect.classList.toggle("ll-beyond", i > column);
        rect.classList.toggle("ll-first", step === 0);
      })
    );
    const top = y(layers);
    setAttributes(riser, { d: `M${x(column)} ${top}V3m-5 6l5 -6l5 6` });
    arcs.forEach(({ paths }, layer) =>
      paths.forEach((path, to) => {
        setAttributes(path, { d: to > column ? "" : arc(places, layer, column, to) });
      })
    );
  }

  /** @param {Places} places @param {number} column @param {Row[]} rows */
  function update(places, column, rows) {
    if (places !== drawnFor || column !== drawnColumn) layOut(places, column);
    [drawnFor, drawnColumn] = [places, column];
    const most = places.isCompact ? 0.6 * places.row : 14;
    rows.forEach(({ look, mood }, layer) => {
      const { node, paths } = arcs[layer];
      setAttributes(node, { class: `ll-looks ${mood && `ll-${mood}`}` });
      paths.forEach((path, to) => {
        const weight = to > column ? 0 : look[to];
        const width = weight < LEAST ? 0 : 0.4 + most * weight;
        path.style.strokeWidth = `${width.toFixed(2)}px`;
      });
    });
  }
  return { node, update };
}
