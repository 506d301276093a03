// What a notebook has to have to be a lesson: a title and a toy.

/** @import { Cell, Panel } from "./jupyter.js" */

/** @param {Panel} panel @param {string} id @returns {Cell | undefined} */
export const cellOf = ({ content }, id) =>
  content.widgets.find(({ model }) => model.id === id);

/** @param {Panel} panel */
export const isLesson = (panel) => !!cellOf(panel, "title") && !!cellOf(panel, "toy");
