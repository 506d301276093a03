// A lesson in its own clothes: the drawing beside its question, a button Next under
// each toy and each cell that has shown nothing yet, and the toy there when it opens.

import { cellOf, isLesson } from "./lesson.js";

/** @import { Cell, LabShell, Panel, Tracker } from "./jupyter.js" */
/** @import { Way } from "./going_on.js" */

const NAME = /(?:^|\/)(\d\d_[a-z_]+)[^/]*$/;

/** What may run by itself: toys as they came with the lessons. @returns {string[]} */
function toysThatCame() {
  const config = document.getElementById("jupyter-config-data")?.textContent ??
    "{}";
  return JSON.parse(JSON.parse(config).llmLessonsToys ?? "[]");
}

/** @param {Panel} panel @param {Cell} cell @param {Way} way */
function addNext(panel, cell, { goOn }) {
  if (cell.node.querySelector(":scope > .ll-next")) return;
  const line = document.createElement("p");
  const button = document.createElement("button");
  line.className = "ll-next";
  button.type = "button";
  button.title = "Shift+Enter";
  button.textContent = "Next";
  button.addEventListener("click", () => goOn(panel, cell));
  line.append(button);
  cell.node.append(line);
}

/** @param {Panel} panel */
function addDrawing(panel) {
  const title = cellOf(panel, "title");
  const name = NAME.exec(panel.context.path)?.[1];
  if (!title || !name || title.node.querySelector(".ll-title-drawing")) return;
  const place = document.createElement("div");
  place.className = "ll-title-drawing";
  title.node.classList.add("ll-title");
  title.node.append(place);
  const address = new URL(`face/drawings/${name}.svg`, import.meta.url);
  void fetch(address).then(async (answer) => {
    if (answer.ok) place.innerHTML = await answer.text(); // a file of ours
  });
}

/** @param {Panel} panel @param {Way} way @param {boolean} isBare without its tools */
async function tend(panel, way, isBare) {
  await panel.context.ready;
  await panel.revealed;
  const dress = () => {
    if (!isLesson(panel)) return;
    panel.node.classList.add("ll-lesson");
    if (isBare) panel.toolbar.hide(); // Next and the menus do all that a lesson needs
    for (const cell of panel.content.widgets) addNext(panel, cell, way);
    addDrawing(panel);
  };
  dress();
  panel.content.model.cells.changed.connect(dress);
  const toy = cellOf(panel, "toy");
  if (!toy || toy.model.outputs?.length) return;
  if (!toysThatCame().includes(toy.model.sharedModel.getSource())) return;
  await panel.sessionContext.ready;
  const isUntouched = !panel.isDisposed && panel.content.activeCellIndex === 0;
  if (isUntouched) way.comeTo(panel, toy);
}

/** @param {Tracker} tracker @param {Way} way @param {LabShell | null} labShell */
export function tendLessons(tracker, way, labShell) {
  const add = (/** @type {Panel} */ panel) =>
    void tend(panel, way, labShell?.mode === "single-document");
  tracker.forEach(add);
  tracker.widgetAdded.connect((_, panel) => add(panel));
}
