// The widget: a box with lines of one's own, a button that trains, and all that happens
// meanwhile. The training runs beside the page; no kernel is asked for anything.

import { Refusal } from "../engine/refusal.js";
import {
  control,
  element,
  MAIN,
  newId,
  pushButton,
  setOff,
  setText,
} from "../lib/dom.js";
import { field } from "../lib/fields.js";
import { takeFiles } from "../lib/given_files.js";
import { kept } from "../lib/keeping.js";
import { slider } from "../lib/sliders.js";
import { isKept, keptFrom, LARGEST_FILE } from "./train_your_own_file.js";
import { pictures } from "./train_your_own_pictures.js";
import { linesOf, MOST_BYTES, textFrom, tooLarge } from "./train_your_own_text.js";
import { RATES, training, USUAL } from "./train_your_own_training.js";
import "../lib/text_box.css" with { type: "text" };
import "./train_your_own.css" with { type: "text" };

/** @import { View } from "../lib/widget_model.js" */
/** @import { Kept } from "./train_your_own_file.js" */
/** @import { State, Traits } from "./train_your_own_training.js" */
/** A list's name, and its lines. @typedef {[string, string[]]} List */

const OWN = "your own lines";

/** What the box consists of. @param {List[]} lists */
function partsOf(lists) {
  const options = [...lists.map(([name]) => name), OWN].map((name) =>
    element("option", { value: name }, name)
  );
  const list = control("select", {}, ...options);
  const [id, noteId] = [newId(), newId()];
  const box = control("textarea", {
    ...{ id, rows: 6, spellcheck: "false", "aria-describedby": noteId, dir: "auto" },
  });
  const title = element("label", { for: id }, "One name, word or line in each row");
  const file = control("input", { type: "file", accept: ".txt,.json,text/plain" });
  const note = element("p", { id: noteId, class: "ll-message", role: "alert" });
  const promise = element("p", { class: "ll-own-private" }, PRIVATE);
  const text = element("div", { class: "ll-text-box" }, title, box, promise, note);
  const opened = field("Open a file: text, or a model that you kept", file);
  const node = element("div", { class: "ll-own-box" }, text, opened);
  const choice = element("div", { class: "ll-own-list" }, field("List", list));
  return { node, choice, list, box, file, note };
}

/**
 * @param {List[]} lists @param {() => void} onText when it was changed by somebody
 * @param {(kept: Kept) => void} onKept a model that was opened
 */
function sourceBox(lists, onText, onKept) {
  const { node, choice, list, box, file, note } = partsOf(lists);
  /** @param {string} sentence */
  const say = (sentence) => {
    setText(note, sentence);
    if (sentence) note.scrollIntoView({ block: "nearest" }); // it may be far below
  };
  let own = ""; // what was typed last: a list takes its place, and may go again
  /** @param {string} words @param {string} name of the list that they are */
  function fill(words, name = OWN) {
    if (box.value !== words) box.value = words;
    list.value = name;
    if (name === OWN) own = words;
    say("");
    onText();
  }
  list.addEventListener("change", () => {
    const found = lists.find(([name]) => name === list.value);
    fill(found?.[1].join("\n") ?? own, list.value);
    if (!found) box.focus();
  });
  box.addEventListener("input", () => fill(box.value));
  takeFiles(box, file, async (given) => {
    const read = await readFile(given);
    if ("trouble" in read) return say(read.trouble);
    if ("text" in read) return fill(read.text);
    fill(read.kept.lines.join("\n"));
    onKept(read.kept);
  });
  box.value = lists[0]?.[1].join("\n") ?? "";
  return { node, choice, say, text: () => box.value };
}

const PRIVATE = "What you type stays on this device. A file that you keep holds the " +
  "model and your lines: whoever gets it can read them.";

/**
 * @param {File} file
 * @returns {Promise<{ text: string } | { kept: Kept } | { trouble: string }>}
 */
async function readFile(file) {
  if (file.size > LARGEST_FILE) return { trouble: tooLarge(file.size) };
  try {
    const text = textFrom(await file.arrayBuffer());
    if (isKept(text)) return { kept: keptFrom(text) };
    return file.size > MOST_BYTES ? { trouble: tooLarge(file.size) } : { text };
  } catch (error) {
    return { trouble: error instanceof Error ? error.message : String(error) };
  }
}

/** The place of the rate that is nearest. @param {number} rate */
export function placeOfRate(rate) {
  const away = RATES.map((one) => Math.abs(Math.log(one / rate)));
  return away.indexOf(Math.min(...away));
}

/** @param {(rate: number) => void} onRate */
function rateSlider(onRate) {
  const range = { min: 0, max: RATES.length - 1, step: 1 };
  const { node, update } = slider("Learning rate", range, (place) => {
    show(place);
    onRate(RATES[place]);
  });
  /** @param {number} place */
  function show(place) {
    update(place, String(RATES[place]), `${RATES[place]}: how far a step turns a knob`);
  }
  show(USUAL);
  return { node, show: (/** @type {number} */ rate) => show(placeOfRate(rate)) };
}

/** @param {Record<"main" | "again" | "ask" | "keep", () => void>} acts */
function buttonRow(acts) {
  const main = pushButton("Train", acts.main, MAIN);
  const again = pushButton("Start again", acts.again);
  const ask = pushButton("Write five more", acts.ask);
  const keep = pushButton("Keep it in a file", acts.keep);
  const node = element("div", { class: "ll-buttons" }, main, again, ask, keep);
  /** @param {State} state @param {string} text of the box */
  function update({ phase, source, standing }, text) {
    const rest = source === text ? "Go on" : "Train";
    setText(main, phase === "training" ? "Stop" : rest);
    setOff(again, source === null);
    const isWhole = Number.isFinite(standing?.aside); // a broken one holds no numbers
    setOff(ask, !isWhole || phase === "training");
    setOff(keep, !isWhole);
  }
  return { node, update };
}

/**
 * On a phone: what to press, what comes of it, words and curves, and then the box for
 * words of one's own.
 * @param {ReturnType<typeof sourceBox>} box @param {HTMLElement} buttons
 * @param {HTMLElement} rate @param {ReturnType<typeof pictures>["nodes"]} shown
 */
function laidOut(box, buttons, rate, { status, heard, count, samples, knobs, curves }) {
  const first = [box.choice, buttons, samples.node, curves.node];
  const parts = [...first, box.node, rate, status, heard, count, knobs.node];
  const laid = element("div", { class: "ll-own-parts" }, ...parts);
  return element("div", { class: "ll-widget ll-yours" }, laid);
}

/**
 * The lines in the box; null where they don't do, which the box says.
 * @param {ReturnType<typeof sourceBox>} box
 */
function linesIn(box) {
  try {
    const lines = linesOf(box.text());
    box.say("");
    return lines;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    box.say(error.message);
    return null;
  }
}

/** @param {View<Traits>} view */
function render({ model, el }) {
  const shown = pictures();
  const own = training(model, shown, redraw, (sentence) => box.say(sentence));
  const { state, send } = own;
  const rate = rateSlider(own.setRate);
  const ask = () => send({ kind: "ask" });
  const keep = () => send({ kind: "keep" });
  const buttons = buttonRow({ main, again: begin, ask, keep });
  const box = sourceBox(model.get("_lists"), redraw, open);
  el.append(laidOut(box, buttons.node, rate.node, shown.nodes));

  function redraw() {
    buttons.update(state, box.text());
    shown.draw(state, state.phase !== "training");
  }
  function begin() {
    const lines = linesIn(box);
    if (!lines) return;
    const run = own.another(box.text(), "training");
    send({ kind: "begin", run, lines, seed: run });
    send({ kind: "go" });
    shown.begin(lines.length);
    redraw();
  }
  function main() {
    if (state.phase !== "training" && state.source !== box.text()) return begin();
    const isGoing = state.phase === "training";
    state.phase = isGoing ? "stopped" : "training";
    send({ kind: isGoing ? "stop" : "go" });
    redraw();
  }
  /** @param {Kept} kept */
  function open(kept) {
    rate.show(kept.rate);
    own.setRate(kept.rate);
    send({ kind: "open", run: own.another(box.text(), "stopped"), kept });
    redraw();
  }
  redraw();
  return () => [own, shown].forEach((part) => part.stop());
}

export default kept({ render });
