// What stands around a lesson: little, and no more than two lessons at a time.

import { isLesson } from "./lesson.js";

/** @import { App, LabShell, Panel, Tracker } from "./jupyter.js" */

/** @param {App} app @param {LabShell} labShell */
export function showLittle(app, labShell) {
  void app.restored.then(() => {
    if (labShell.mode !== "single-document") return; // somebody's own JupyterLab
    labShell.collapseLeft();
    labShell.collapseRight();
    for (const side of ["left", "right"]) { // View > Appearance brings them back
      if (labShell.isSideTabBarVisible(side)) {
        labShell.toggleSideTabBarVisibility(side);
      }
    }
  });
}

/**
 * A lesson that is not seen holds its memory: of three, the one that was left first is
 * saved and closed, as a weak laptop has room for two. One that is at work stays.
 * @param {Tracker} tracker @param {LabShell} labShell
 */
export function keepFewLessonsOpen(tracker, labShell) {
  /** The newest comes last. @type {Panel[]} */
  let seen = [];
  labShell.currentChanged.connect(async () => {
    const panel = tracker.currentWidget;
    if (!panel || labShell.mode !== "single-document") return;
    seen = [...seen.filter((one) => one !== panel && !one.isDisposed), panel];
    const left = seen.slice(0, -1).filter(isLesson); // of a new one little is known
    const oldest = left.find((one) => !one.node.querySelector(".ll-running"));
    if (left.length < 2 || !oldest) return;
    await oldest.context.save();
    oldest.close(); // and its kernel ends with it, as the settings say
  });
}
