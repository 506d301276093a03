// The plugins of this extension, which work in JupyterLab 4 and in Notebook 7.

import { followHand } from "./hand.js";
import { tendLessons } from "./lessons.js";
import { goesOn } from "./going_on.js";
import { keepFewLessonsOpen, showLittle } from "./shell.js";
import { addThemes } from "./themes.js";

/** @import { App, LabShell, NotebookModule } from "./jupyter.js" */
/** @import { ThemeManager, Tracker } from "./jupyter.js" */
/** @typedef {Record<string, Record<string, { get(): Promise<() => any> }>>} Shared */

/** @param {Shared} shared @param {string} name */
async function moduleOf(shared, name) {
  const [version] = Object.values(shared[name]);
  return (await version.get())();
}

/** @param {Shared} shared */
export async function plugins(shared) {
  const [notebook, apputils, application] = await Promise.all(
    ["notebook", "apputils", "application"].map((name) =>
      moduleOf(shared, `@jupyterlab/${name}`)
    ),
  );
  const themes = {
    id: "llm-lessons:themes",
    description: "Warm paper, and the lessons' own type, light and dark.",
    autoStart: true,
    requires: [apputils.IThemeManager],
    /** @param {App} _ @param {ThemeManager} manager */
    activate: (_, manager) => addThemes(manager),
  };
  const lessons = {
    id: "llm-lessons:lessons",
    description: "Shift+Enter goes on from everywhere, and Next does the same.",
    autoStart: true,
    requires: [notebook.INotebookTracker],
    optional: [application.ILabShell],
    /** @param {App} app @param {Tracker} tracker @param {LabShell | null} labShell */
    activate: (app, tracker, labShell) => {
      const hand = followHand(tracker);
      const way = goesOn(
        /** @type {NotebookModule} */ (notebook),
        tracker,
        hand,
      );
      tendLessons(tracker, way, labShell);
      if (!labShell) return;
      showLittle(app, labShell);
      keepFewLessonsOpen(tracker, labShell);
    },
  };
  return [themes, lessons];
}
