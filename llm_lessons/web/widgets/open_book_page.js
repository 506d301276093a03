// The page of notes as a model reads it; `widgets/open_book.py` writes it the same way.

/** @import { Model } from "../lib/widget_model.js" */
/** @import { Page, Person, Reply } from "./open_book_verdicts.js" */
/**
 * @typedef {object} Traits
 * @property {number} person
 * @property {number} others how many other notes are on the page
 * @property {boolean} conflict
 * @property {boolean} label whether "Note:" stands before each note
 * @property {string} note
 * @property {Person[]} _people
 * @property {Record<string, Reply>} _replies by prompt
 * @property {string} _silent the answer where no note answers
 */

/** @param {Model<Traits>} model @returns {Page} */
export function pageOf(model) {
  const person = model.get("_people")[model.get("person")];
  const note = model.get("note");
  let left = model.get("others");
  const lines = person.notes.map((sentence, i) => {
    if (i === person.asked) return { text: note, isAsked: true, isOn: true };
    left -= 1;
    return { text: sentence, isAsked: false, isOn: left >= 0 };
  });
  const before = labelOf(model);
  const read = lines.filter((line) => line.isOn).map((line) => before + line.text);
  const prompt = [...read, person.question].join("\n");
  return { person, note, lines, prompt, silent: model.get("_silent") };
}

/** @param {Model<Traits>} model */
export function labelOf(model) {
  return model.get("label") ? "Note: " : "";
}
