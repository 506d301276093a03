// Shift+Enter, and the button Next: from wherever the hand is to the next cell. Folded
// cells of a lesson run when one comes to them; what is in a toy is never lost.

import { hasToy, select } from "./hand.js";
import { isLesson } from "./lesson.js";

/** @import { Cell, Notebook, NotebookModule, Panel, Tracker } from "./jupyter.js" */
/** @import { Hand } from "./hand.js" */
/** @typedef {(panel: Panel, cell: Cell) => void} Go */
/** @typedef {{ comeTo: Go, goOn: Go }} Way */

const RUNS = "ll-running";
const RAN = "ll-ran";
const DEAD = "ll-dead"; // its toy was another kernel's

/**
 * Which cells have run since their kernel began; their classes tell the stylesheet.
 * @param {NotebookModule["NotebookActions"]} actions @param {Tracker} tracker
 */
function followRuns(actions, tracker) {
  /** @type {WeakMap<Notebook, WeakSet<object>>} */
  const ran = new WeakMap();
  const begin = (/** @type {Panel} */ { content }) => {
    ran.set(content, new WeakSet());
    for (const cell of content.widgets) {
      cell.node.classList.remove(RUNS, RAN);
      if (hasToy(cell)) cell.node.classList.add(DEAD);
    }
  };
  const follow = (/** @type {Panel} */ panel) => {
    ran.set(panel.content, new WeakSet());
    panel.sessionContext.kernelChanged.connect((_, { oldValue }) => {
      if (oldValue) begin(panel);
    });
    panel.sessionContext.statusChanged.connect((_, status) => {
      if (["restarting", "autorestarting"].includes(status)) begin(panel);
    });
  };
  tracker.forEach(follow);
  tracker.widgetAdded.connect((_, panel) => follow(panel));
  actions.executionScheduled.connect((_, { notebook, cell }) => {
    ran.get(notebook)?.add(cell.model);
    cell.node.classList.add(RUNS);
    cell.node.classList.remove(DEAD);
  });
  actions.executed.connect((_, { cell }) => {
    cell.node.classList.replace(RUNS, RAN);
  });
  return (/** @type {Panel} */ panel, /** @type {Cell} */ cell) =>
    ran.get(panel.content)?.has(cell.model) ?? false;
}

/**
 * @param {NotebookModule} notebooks @param {Tracker} tracker @param {Hand} hand
 * @returns {Way}
 */
export function goesOn({ NotebookActions }, tracker, hand) {
  const hasRun = followRuns(NotebookActions, tracker);
  /** The folded cell that ran because one came to it. @type {Cell | null} */
  let shown = null;
  /** Escape was pressed in it: it is to run again. @type {Cell | null} */
  let meant = null;

  const isFolded = (/** @type {Cell} */ cell) =>
    cell.model.type === "code" && cell.inputHidden;
  /** Before there is a kernel, JupyterLab would ask for one. */
  const run = async (/** @type {Panel} */ panel, /** @type {Cell} */ cell) => {
    await panel.sessionContext.ready;
    await NotebookActions.runCells(panel.content, [cell], panel.sessionContext);
  };

  /** @param {Panel} panel @param {Cell} cell @param {boolean} [isAnew] */
  function comeTo(panel, cell, isAnew = false) {
    hand.leave();
    shown = meant = null;
    select(panel.content, panel.content.widgets.indexOf(cell));
    if (!isLesson(panel) || !isFolded(cell)) return;
    if (hasRun(panel, cell) && !isAnew) return;
    void run(panel, cell);
    shown = cell;
  }

  /**
   * @param {Panel} panel @param {Cell} cell
   * @param {boolean} [isAnew] whether open code ran there: what follows may rest on it
   */
  function step(panel, cell, isAnew = false) {
    const { widgets } = panel.content;
    const here = widgets.indexOf(cell);
    if (cell.headingCollapsed) { // a door opens
      NotebookActions.setHeadingCollapse(cell, false, panel.content);
    }
    const next = widgets.findIndex((one, at) => at > here && !one.isHidden);
    if (next < 0) return select(panel.content, here); // at the end, none is added
    comeTo(panel, widgets[next], isAnew);
    void panel.content.scrollToItem(next, "smart", 0).catch(() => {});
  }

  /** @param {Panel} panel @param {Cell} cell @param {boolean} isInHand */
  function goOn(panel, cell, isInHand) {
    if (cell.node.classList.contains(DEAD)) return comeTo(panel, cell);
    const isSeen = cell === shown || isFolded(cell) && hasToy(cell) && cell !== meant;
    if (isInHand || isSeen) return step(panel, cell);
    if (isLesson(panel) && isFolded(cell) && !hasRun(panel, cell)) {
      return comeTo(panel, cell);
    }
    void run(panel, cell);
    step(panel, cell, cell.model.type === "code" && !cell.inputHidden);
  }

  globalThis.addEventListener("keydown", (event) => {
    const { altKey, ctrlKey, isComposing, key, metaKey, shiftKey } = event;
    const panel = tracker.currentWidget;
    const target = event.target instanceof Element ? event.target : null;
    const place = hand.of(target);
    if (key === "Escape") meant = place?.cell ?? panel?.content.activeCell ?? null;
    if (key !== "Enter" || !shiftKey || altKey || ctrlKey || metaKey || isComposing) {
      return;
    }
    const isAmongCells = panel && isLesson(panel) &&
      panel.content.node.contains(target) && !target?.closest(".jp-Stdin");
    const active = isAmongCells ? panel.content.activeCell : null;
    if (!place && !active) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (place) goOn(place.panel, place.cell, true);
    else if (panel && active) goOn(panel, active, false);
  }, true);

  return { comeTo, goOn: (panel, cell) => goOn(panel, cell, hasToy(cell)) };
}
