// Book closed, book open, on a phone: a question with four towns. Half of the room gets
// a note before it answers once more.

import { element, setText } from "../../../llm_lessons/web/lib/dom.js";
import { registerPhone } from "../../web/kinds.js";
import { phoneStage, showIf } from "../../web/parts/stage.js";
import { questionOnPhone } from "../../web/parts/question_phone.js";
import "./phone.css" with { type: "text" };

/** @import { Context } from "../../web/moment.js" */
/** @import { QuestionMoment } from "../../web/parts/question_phone.js" */

/** @param {Context} context */
export function bookOnPhone(context) {
  const { tell } = context;
  const asked = questionOnPhone(context, bookHint);
  const [text, meaning] = [element("p", { lang: "en" }), element("p")];
  const note = element("blockquote", { class: "ll-book-note" }, text, meaning);
  const node = phoneStage("book", note, asked.node);

  /** `gloss` is the note in the language of the room. @param {QuestionMoment} moment */
  function show(moment) {
    const { note: words = "", gloss = "" } = moment.note ?? {};
    if (words && note.hidden) context.say(`${tell("book_note")} ${words}`);
    showIf(note, words !== "");
    setText(text, words);
    setText(meaning, gloss);
    asked.show(moment);
  }
  note.hidden = true;
  return { node, show };
}

/** @param {QuestionMoment} moment */
function bookHint({ phase, round, note }) {
  if (phase !== "open") return "book_wait";
  if (round < 2) return "book_closed";
  return note ? "book_open" : "book_still_closed";
}

registerPhone("book", bookOnPhone);
