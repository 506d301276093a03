// Where the learner's hand is: in a toy, or not. A toy is what a cell shows of ours.

/** @import { Cell, Notebook, Panel, Tracker } from "./jupyter.js" */
/** @typedef {{ panel: Panel, cell: Cell }} Place */
/** @typedef {{ of(target: EventTarget | null): Place | null, leave(): void }} Hand */

const TOY = ".jp-Cell-outputWrapper .ll-widget";

/** Whether a toy stands below a cell. @param {Cell} cell */
export const hasToy = (cell) => cell.node.querySelector(TOY) !== null;

/**
 * The cell whose output holds a node, if a toy is in that output.
 * @param {Tracker} tracker @param {EventTarget | null} target
 * @returns {Place | null}
 */
function placeOf(tracker, target) {
  const output = target instanceof Element && target.closest(".jp-Cell-outputWrapper");
  if (!output) return null;
  const panel = tracker.find((one) => one.node.contains(output));
  const cell = panel?.content.widgets.find((one) => one.node.contains(output));
  return panel && cell && hasToy(cell) ? { panel, cell } : null;
}

/**
 * The hand goes into a toy with a press or with the focus. It stays there, though the
 * focus may go to the notebook (a press beside a control) or be lost (a control that is
 * gone), until another place is pressed, another cell selected, or Escape leads out.
 * @param {Tracker} tracker @returns {Hand}
 */
export function followHand(tracker) {
  /** @type {Place | null} */
  let last = null;
  globalThis.addEventListener("pointerdown", ({ target }) => {
    last = placeOf(tracker, target);
  }, true);
  globalThis.addEventListener("focusin", ({ target }) => {
    last = placeOf(tracker, target) ?? last;
  }, true);
  // The toy has Escape first: it may close something of its own.
  globalThis.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    const place = placeOf(tracker, event.target);
    last = null;
    if (!place) return;
    select(place.panel.content, place.panel.content.widgets.indexOf(place.cell));
  });
  return {
    of(target) {
      const isLost = target === document.body;
      const isBeside = target instanceof Element && !target.closest(".cm-editor") &&
        last?.panel.node.contains(target);
      const stays = last?.cell === last?.panel.content.activeCell;
      return placeOf(tracker, target) ?? (stays && (isLost || isBeside) ? last : null);
    },
    leave() {
      last = null;
    },
  };
}

/**
 * Make a cell the active one, as if it had been clicked.
 * @param {Notebook} notebook @param {number} index
 */
export function select(notebook, index) {
  notebook.deselectAll();
  notebook.activeCellIndex = index;
  notebook.mode = "command";
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  notebook.activate();
}
