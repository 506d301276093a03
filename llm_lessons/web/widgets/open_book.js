// The widget: whom to ask about, a page of notes, and two answers side by side. All
// answers but those to notes of the learner's own are there from the start.

import { noAnswer } from "../lib/answering.js";
import { ask } from "../lib/ask.js";
import { control, element, newId, setLength, setText } from "../lib/dom.js";
import { field } from "../lib/fields.js";
import { kept } from "../lib/keeping.js";
import { percent } from "../lib/odds.js";
import { NO_TEXT } from "../lib/signs.js";
import { switchFor } from "../lib/switches.js";
import { textBox } from "../lib/text_box.js";
import { announcer } from "../lib/timers.js";
import { eachFrame, setTrait } from "../lib/widget_model.js";
import {
  closedVerdict,
  labelOf,
  NO_VERDICT,
  openVerdict,
  pageOf,
  pages,
} from "./open_book_verdicts.js";
import "./open_book.css" with { type: "text" };

/** @import { Answer } from "../lib/ask.js" */
/** @import { Model, View } from "../lib/widget_model.js" */
/** @import { Page, Person, Reply, Traits, Verdict } from "./open_book_verdicts.js" */

const PAUSE_OF_TYPING = 250; // milliseconds, then the note is sent
const STAYS = ", so there is no answer to this note; all else works";

/**
 * Another person or the other kind of note: the page brings its own.
 * @template {"person" | "conflict"} Name
 * @param {Model<Traits>} model @param {Name} name @param {Traits[Name]} value
 */
function pick(model, name, value) {
  model.set(name, value);
  const { notes, asked, contrary } = model.get("_people")[model.get("person")];
  model.set("note", (model.get("conflict") ? contrary : null) ?? notes[asked]);
  model.save_changes();
}

/**
 * @param {string} title @param {string[]} options
 * @param {(place: number) => void} onPick
 */
function choice(title, options, onPick) {
  const items = options.map((text) => element("option", {}, text));
  const list = control("select", {}, ...items);
  list.addEventListener("change", () => onPick(list.selectedIndex));
  /** @param {number} picked */
  const update = (picked) => void (list.selectedIndex = picked);
  return { node: field(title, list), update };
}

/**
 * The note is a box to write in, where it stands among the others.
 * @param {{ node: HTMLElement }} box
 */
function notesOnPage(box) {
  const asked = element("li", {}, box.node);
  const title = box.node.querySelector("label");
  const node = element("ul");
  /** @type {HTMLElement[]} */
  let items = [];
  /** @type {Person | undefined} */
  let shown;
  /** @param {Page} page @param {string} label */
  function update({ person, lines }, label) {
    if (shown !== person) {
      items = lines.map((line) =>
        line.isAsked ? asked : element("li", { class: "ll-other" })
      );
      node.replaceChildren(...items);
    }
    shown = person;
    if (title) setText(title, `${label ? "Note" : "Line"} (change a word):`);
    lines.forEach((line, i) => {
      if (!line.isAsked) setText(items[i], label + line.text);
      items[i].classList.toggle("ll-left-out", !line.isOn);
      items[i].setAttribute("aria-hidden", String(!line.isOn));
    });
  }
  return { node, update };
}

/**
 * What to make of the answer; what was read, the answer behind it, how likely it was.
 * @param {string} title @param {HTMLElement} notes
 */
function card(title, notes) {
  const id = newId();
  const heading = element("p", { id, class: "ll-title" }, title);
  const asked = element("span");
  const answer = element("strong");
  const question = element("p", { class: "ll-question" }, asked, " ", answer);
  const page = element("div", { class: "ll-page" }, notes, question);
  const fill = element("div");
  const bar = element("div", { class: "ll-meter" }, fill);
  const chance = element("p", { class: "ll-chance" });
  const verdict = element("p", { class: "ll-verdict" });
  const about = { role: "group", "aria-labelledby": id };
  const node = element("div", about, heading, verdict, page, bar, chance);

  /** @param {string} text @param {Reply | undefined} reply @param {Verdict} verdict */
  function update(text, reply, [kind, words]) {
    setText(asked, text);
    const [said, probability] = reply ?? ["…", null];
    const hasAnswer = probability !== null;
    setText(answer, reply && !hasAnswer ? "" : said || NO_TEXT);
    setLength(fill, probability ?? 0);
    setText(chance, hasAnswer ? `Chance of this answer: ${percent(probability)}` : "");
    verdict.className = `ll-verdict ll-${kind}`;
    setText(verdict, words);
  }
  return { node, update };
}

/** @param {View<Traits>} view */
function render({ model, el }) {
  const names = model.get("_people").map(({ name, group, readings }) =>
    `${name} (${group}, ${pages(readings)})`
  );
  const people = choice("Ask about", names, (i) => pick(model, "person", i));
  /** @param {number} count */
  const setOthers = (count) => setTrait(model, "others", count);
  const others = choice("Other notes on the page", ["0", "1", "2", "3"], setOthers);
  const contradict = "The note contradicts the training text";
  const conflict = switchFor(contradict, (isOn) => pick(model, "conflict", isOn));
  const label = "Without the label “Note:”";
  const unlabelled = switchFor(label, (isOn) => setTrait(model, "label", !isOn));
  const frames = eachFrame(model, draw);
  const known = (/** @type {string} */ prompt) => model.get("_replies")[prompt];
  /** @type {() => Answer<{ text: string, chance: number }>} */
  const own = ask(model, "reply", () => {
    const { prompt } = pageOf(model);
    return known(prompt) ? null : [prompt];
  });
  /** @param {string} prompt that is on the page @returns {Reply | undefined} */
  function replyTo(prompt) {
    if (known(prompt)) return known(prompt);
    const { value, isOld, why } = own();
    if (why) return [why, null];
    return value && !isOld ? [value.text, value.chance] : undefined;
  }
  const box = textBox(model, {
    trait: "note",
    label: "Note (change a word):",
    pause: PAUSE_OF_TYPING,
    answer: () => {
      const [said, chance] = replyTo(pageOf(model).prompt) ?? [];
      const why = chance === null ? said ?? "" : ""; // there is no answer
      return { isHeard: said !== undefined, why };
    },
    excuse: () => noAnswer(model, STAYS),
    redraw: frames.redraw,
  });
  const notes = notesOnPage(box);
  const noNotes = element("p", { class: "ll-no-notes" }, "(no notes)");
  const closed = card("Closed book: the weights alone", noNotes);
  const opened = card("Open book: with notes in the context", notes.node);
  const heard = announcer();
  const switches = element("div", {}, unlabelled.node, conflict.node);
  const settings = element("div", { class: "ll-settings" }, others.node, switches);
  const books = element("div", { class: "ll-books" }, closed.node, opened.node);
  const parts = [people.node, books, settings, heard.node];
  el.append(element("div", { class: "ll-widget ll-open-book" }, ...parts));

  function draw() {
    const page = pageOf(model);
    people.update(model.get("person"));
    others.update(model.get("others"));
    const isKnown = page.person.contrary !== null;
    const excuse = isKnown ? "" : "Nothing to contradict: no page names this person.";
    conflict.update(isKnown && model.get("conflict"), excuse, !isKnown);
    unlabelled.update(!model.get("label"));
    notes.update(page, labelOf(model));
    box.update();
    const bare = known(page.person.question);
    const reply = replyTo(page.prompt);
    const first = closedVerdict(page.person, bare, page.silent);
    const second = reply ? openVerdict(page, reply) : NO_VERDICT;
    closed.update(page.person.question, bare, first);
    opened.update(page.person.question, reply, second);
    const open = reply ? `Open book: ${reply[0]}. ${second[1]}` : "";
    heard.say(`Closed book: ${bare[0]}. ${first[1]} ${open}`);
  }
  draw();
  return () => [frames, box, heard].forEach((part) => part.stop());
}

export default kept({ render });
