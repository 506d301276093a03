// Heads and tokens in their places: what one can point at and press in the picture.
// Each group is one stop of the Tab key; arrow keys go on from there.

import { control, element } from "../lib/dom.js";
import { fillPiece } from "../lib/pieces.js";
import { headAt } from "./machine_numbers.js";
import { headName, lookInWords } from "./machine_told.js";

/** @import { Head } from "./machine_numbers.js" */
/** @import { Places } from "./machine_picture.js" */
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
function neighbour(key, index, { rows, columns }) {
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
function cells(label, grid, first, { point, press }) {
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

/**
 * @typedef {object} Setting
 * @property {number} layers
 * @property {number} heads
 * @property {number} size tokens of the vocabulary
 * @property {string[]} names of the text's tokens
 * @property {string[]} pieces their texts
 * @property {(string | undefined)[]} marks their names where they are no text
 */

const MUCH = 0.4; // of a look: from here on its colour is strong

/** @param {HTMLElement} node @param {[number, number, number, number]} box */
function putAt(node, [left, top, width, height]) {
  for (const [name, value] of Object.entries({ left, top, width, height })) {
    node.style.setProperty(name, `${value}px`);
  }
}

/** What the two colours mean. @param {Places} places */
function legend({ height, isNarrow }) {
  const from = isNarrow ? "" : "from the ";
  const lines = [["context", "text"], ["weights", "weights"]];
  const parts = lines.map(([kind, words]) =>
    element("span", { class: `ll-key ll-key-${kind}` }, from + words)
  );
  const node = element("div", { class: "ll-keys", "aria-hidden": "true" }, ...parts);
  node.style.top = `${height + 4}px`;
  return node;
}

/**
 * The names of the layers, or of every fifth where they stand close.
 * @param {number} layers @param {number} heads @param {Places} places
 */
function layerNames(layers, heads, { isCompact, label, row, top, y, cellX }) {
  const hidden = { class: "ll-layer", "aria-hidden": "true" };
  const height = Math.max(row, 14);
  const names = Array.from({ length: layers }, (_, layer) => {
    const isNamed = !isCompact || layer === 0 || (layer + 1) % 5 === 0;
    const words = isNamed ? `${label > 30 ? "layer " : ""}${layer + 1}` : "";
    const text = element("span", hidden, words);
    putAt(text, [0, y(layer + 0.5) - height / 2, label - 6, height]);
    text.style.lineHeight = `${height}px`;
    return text;
  });
  const title = element("span", hidden, "heads");
  putAt(title, [label, top - 22, cellX(heads) - label, 14]);
  title.style.textAlign = "left";
  return [...names, title];
}

/**
 * @param {Setting} setting @param {Places} places
 * @param {(index: number | null) => void} point @param {(head: Head) => void} silence
 */
export function headCells({ layers, heads, names }, places, point, silence) {
  const { node, all } = cells(
    "Attention heads: point to see where one looks, press to silence it",
    { rows: layers, columns: heads },
    0,
    { point, press: (index) => silence(headAt(index, heads)) },
  );
  const { cell, high, isCompact } = places;
  node.className = "ll-head-cells";
  putAt(node, [0, 0, places.cellX(heads), places.height + places.names]);
  all.forEach((button, index) => {
    const [layer, head] = headAt(index, heads);
    button.className = "ll-head";
    if (!isCompact) button.append(element("span", {}, String(head + 1)));
    putAt(button, [places.cellX(head), places.cellY(layer), cell, high]);
  });
  node.append(...layerNames(layers, heads, places), legend(places));

  /** @param {Float64Array[]} looks @param {Set<string>} off */
  function tell(looks, off) {
    all.forEach((button, index) => {
      const head = headAt(index, heads);
      const isOff = off.has(String(head));
      button.classList.toggle("ll-off", isOff);
      button.setAttribute("aria-pressed", String(isOff));
      const where = lookInWords(looks[index], names);
      const label = `Silence ${headName(head)}, which looks at: ${where}`;
      button.setAttribute("aria-label", label);
    });
  }

  /**
   * @param {Float64Array[]} looks @param {number | null} head
   * @param {number | null} token
   */
  function show(looks, head, token) {
    all.forEach((button, index) => {
      button.classList.toggle("ll-pointed", index === head);
      button.classList.toggle("ll-asked", token !== null);
      if (token === null) return;
      const share = looks[index][token] ?? 0;
      button.style.setProperty("--ll-share", String(share));
    });
  }
  return { node, tell, show };
}

/**
 * @param {Setting} setting @param {Places} places
 * @param {(index: number | null) => void} point @param {(column: number) => void} press
 */
export function tokenCells({ names, pieces, marks }, places, point, press) {
  const { node, all } = cells(
    "Tokens: point to see which heads look at one, press to look from it",
    { rows: 1, columns: names.length },
    names.length - 1,
    { point, press },
  );
  all.forEach((button, index) => {
    button.className = `ll-column${places.isTurned ? " ll-turned" : ""}`;
    fillPiece(button, pieces[index], marks[index]);
    const left = places.x(index) - places.pitch / 2;
    putAt(button, [left, places.height, places.pitch, places.names]);
  });
  /** @param {number} column @param {Float64Array | null} seen */
  function update(column, seen) {
    all.forEach((button, index) => {
      const share = seen?.[index] ?? 0;
      button.setAttribute("aria-pressed", String(index === column));
      button.classList.toggle("ll-beyond", index > column);
      button.classList.toggle("ll-much", share > MUCH);
      button.style.setProperty("--ll-share", String(share));
    });
  }
  return { node, update };
}
