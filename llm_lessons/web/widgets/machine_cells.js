// Places in the picture that one can point at and press: heads, and tokens. Each group
// is one stop of the Tab key; arrow keys go on from there.

import { control, element } from "../lib/dom.js";

/** @typedef {{ rows: number, columns: number }} Grid */
/**
 * @typedef {object} Doing
 * @property {(index: number | null) => void} point at a place, or at none
 * @property {(index: number) => void} press
 */

/**
 * The place that an arrow key leads to. Rows go upwards, as in the picture.
 * @param {string} key @param {number} index @param {Grid} grid
 */
export function neighbour(key, index, { rows, columns }) {
  const [row, column] = [Math.floor(index / columns), index % columns];
  const within = (/** @type {number} */ at, /** @type {number} */ count) =>
    Math.min(Math.max(at, 0), count - 1);
  /** @type {Record<string, number>} */
  const places = {
    ArrowLeft: row * columns + within(column - 1, columns),
    ArrowRight: row * columns + within(column + 1, columns),
    ArrowUp: within(row + 1, rows) * columns + column,
    ArrowDown: within(row - 1, rows) * columns + column,
    Home: 0,
    End: rows * columns - 1,
  };
  return places[key] ?? null;
}

/**
 * @param {string} label @param {Grid} grid @param {number} first place for the Tab key
 * @param {Doing} doing
 */
export function cells(label, grid, first, { point, press }) {
  let stop = first;
  let touched = -1;
  const all = Array.from({ length: grid.rows * grid.columns }, (_, index) => {
    const tabindex = index === first ? 0 : -1;
    const button = control("button", { type: "button", tabindex });
    button.addEventListener("pointerenter", () => point(index));
    button.addEventListener("pointerleave", ({ pointerType }) => {
      if (pointerType !== "touch") point(shownFocus());
    });
    button.addEventListener("focus", () => {
      all[stop].tabIndex = -1;
      stop = index;
      button.tabIndex = 0;
      if (button.matches(":focus-visible")) point(index);
    });
    button.addEventListener("blur", () => {
      touched = -1;
      point(null);
    });
    button.addEventListener("click", (event) => {
      // A finger can't point without touching: its first touch only shows.
      const isFinger = event instanceof PointerEvent && event.pointerType === "touch";
      const isFirst = isFinger && touched !== index;
      touched = index;
      if (isFirst) return point(index);
      press(index);
    });
    button.addEventListener("keydown", (event) => {
      const next = neighbour(event.key, index, grid);
      if (next === null) return;
      event.preventDefault();
      all[next].focus();
    });
    return button;
  });
  /** The place that has the keyboard's focus, if that is seen. */
  function shownFocus() {
    const index = all.findIndex((one) => one === document.activeElement);
    return index >= 0 && all[index].matches(":focus-visible") ? index : null;
  }
  const node = element("div", { role: "group", "aria-label": label }, ...all);
  return { node, all };
}
