// Book closed, book open, on a phone: a question with four towns. Half of the room gets
// a note before it answers once more.

import {
  element,
  pushButton,
  setOff,
  setText,
} from "../../../llm_lessons/web/lib/dom.js";
import { showOnPhones } from "../../web/kinds.js";
import { phoneStage, showIf } from "../../web/parts/stage.js";
import "./phone.css" with { type: "text" };

/** @import { RightOf } from "../../web/parts/right_share.js" */
/** @import { Place } from "../../web/moment.js" */
/** @import { PlayedMoment } from "../../web/parts/stage.js" */
/**
 * `prompts`: what the class model is asked without and with the note. `town` would be
 * right. Of `note`, `gloss` says what it means in the language of the room.
 * @typedef {{ question: string, choices: string[], person?: string }} BookShown
 * @typedef {{ closed: string, open: string }} BookPrompts
 * @typedef {{ right: number[], why?: string[], town?: string, prompts?: BookPrompts }
 *   } BookHidden
 * @typedef {{ answered: number, counts?: number[], closed?: RightOf, without?: RightOf,
 *   with?: RightOf }} BookTally
 * @typedef {PlayedMoment<BookShown, BookHidden, number, BookTally>} BookMoment
 */

/** @param {Place} place */
export function bookOnPhone(place) {
  const noteText = element("p", { lang: "en" });
  const noteGloss = element("p", { class: "ll-quiet" });
  const note = element("blockquote", { class: "ll-book-note" }, noteText, noteGloss);
  const question = element("h2", { class: "ll-book-question" });
  const list = element("ul", { class: "ll-book-choices" });
  const said = element("p", { class: "ll-quiet" });
  const why = element("p", { class: "ll-said" });
  const node = phoneStage("book", note, question, list, said, why);
  /** @type {BookMoment | null} */
  let now = null;
  /** @type {number | null} */
  let own = null;
  /** @type {HTMLButtonElement[]} */
  let buttons = [];
  let saidNote = "";

  /** @param {number} index */
  function choose(index) {
    if (now?.phase !== "open") return;
    own = index;
    place.answer(index);
    draw();
    place.say(place.tell("book_yours", { name: now.step.shown.choices[index] }));
  }

  /** @param {BookMoment} moment */
  function build({ step: { shown } }) {
    setText(question, shown.question);
    buttons = shown.choices.map((choice, i) => {
      const button = pushButton("", () => choose(i), { "aria-pressed": "false" });
      button.append(
        element("span", { class: "ll-tick-mark", "aria-hidden": "true" }),
        element("span", {}, choice),
        element("small"),
      );
      return button;
    });
    list.replaceChildren(...buttons.map((button) => element("li", {}, button)));
  }

  function draw() {
    if (!now) return;
    const isOpen = now.phase === "open";
    const right = now.phase === "reveal" ? now.revealed?.right ?? [] : [];
    buttons.forEach((button, i) => {
      button.setAttribute("aria-pressed", String(own === i));
      setOff(button, !isOpen);
      const isRight = right.includes(i);
      button.classList.toggle("ll-is-right", isRight);
      const wrong = right.length && own === i ? place.tell("book_wrong") : "";
      const before = i === now?.first && own !== i ? place.tell("choice_before") : "";
      const verdict = /** @type {HTMLElement} */ (button.lastChild);
      setText(verdict, isRight ? place.tell("book_right") : wrong || before);
    });
    const { note: text = "", gloss = "" } = now.note ?? {};
    showIf(note, text !== "");
    setText(noteText, text);
    setText(noteGloss, gloss);
    setText(said, place.tell(saidOf(now)));
    setText(why, right.length ? now.revealed?.why?.[right[0]] ?? "" : "");
    if (text && saidNote !== text) {
      saidNote = text;
      place.say(`${place.tell("book_note")} ${text}`);
    }
  }

  /** @param {BookMoment} moment */
  function saidOf({ phase, round, note: given }) {
    if (phase === "reveal") return "book_look";
    if (phase === "shown") return "book_wait";
    if (round < 2) return own === null ? "book_closed" : "book_change";
    return given ? "book_open" : "book_still_closed";
  }

  /** @param {BookMoment} moment */
  function show(moment) {
    const isNew = moment.step.id !== now?.step.id;
    // what was chosen in the first round doesn't count in the second
    if (isNew || moment.round !== now?.round) own = null;
    now = moment;
    if (isNew) {
      saidNote = "";
      build(moment);
    }
    own = moment.yours ?? own ?? (moment.round < 2 ? moment.first : null) ?? null;
    draw();
  }
  return { node, show };
}

showOnPhones("book", bookOnPhone);
