// The widget: a box to type into, and a row for each vocabulary. The kernel cuts the
// text, piece by piece as it is typed; a page has one of the vocabularies.

import { noAnswer } from "../lib/answering.js";
import { counted, element, setText } from "../lib/dom.js";
import { kept } from "../lib/keeping.js";
import { eachFrame } from "../lib/widget_model.js";
import { strip } from "../lib/strip.js";
import { textBox } from "../lib/text_box.js";
import { announcer } from "../lib/timers.js";
import "./token_strip.css" with { type: "text" };

/** @import { Token } from "../lib/joining.js" */
/** @import { View } from "../lib/widget_model.js" */
/**
 * A vocabulary and its tokens of the text, or of another one.
 * @typedef {{ name: string, size: number, tokens: Token[], of?: string,
 *   missing?: undefined }} Cut
 */
/**
 * A vocabulary, or why it is missing.
 * @typedef {Cut | { name: string, missing: string, size?: undefined,
 *   tokens?: undefined, of?: undefined }} Row
 */
/**
 * `_live` is the name of the row that a page cuts by itself.
 * @typedef {{ text: string, _rows: Row[], _heard: string, _message: string,
 *   _live: string }} Traits
 */

const PAUSE_OF_TYPING = 30; // milliseconds, then the text is sent
const QUOTED = 60; // characters of a text that is named

/** @param {Row} row */
function row({ name, size, missing }) {
  const title = element("strong", {}, name);
  const known = size === undefined ? "" : `vocabulary of ${counted(size, "token")}`;
  const about = element("span", {}, known);
  const count = element("span", { class: "ll-count" });
  const head = element("p", {}, title, " ", about, count);
  if (missing) {
    const why = element("p", { class: "ll-missing" }, missing.replaceAll("`", ""));
    return { node: element("section", {}, head, why), update() {} };
  }
  const chips = strip(`The text in ${name}'s tokens`);
  const note = element("p", { class: "ll-kept" });
  const node = element("section", {}, head, note, chips.node);
  /** @param {Row} row */
  function update({ tokens = [], of }) {
    setText(count, counted(tokens.length, "token"));
    setText(note, of === undefined ? "" : keptOf(of));
    node.classList.toggle("ll-older", of !== undefined);
    chips.update(tokens);
  }
  return { node, update };
}

/** What stands over tokens that are not those of the text. @param {string} text */
function keptOf(text) {
  const begin = [...text].slice(0, QUOTED).join("");
  const more = begin.length < text.length ? " …" : "";
  return `Of “${begin}${more}”: this vocabulary is too large for a page. ` +
    "For your text, open the notebook.";
}

/**
 * One sentence for a screen reader once all is quiet, instead of every chip.
 * @param {string} text @param {Row[]} rows
 */
export function spokenCounts(text, rows) {
  const each = rows
    .flatMap(({ name, tokens, of }) =>
      tokens && of === undefined ? [`${name} ${counted(tokens.length, "token")}`] : []
    );
  return `${counted([...text].length, "character")}: ${each.join(", ")}.`;
}

/** @param {View<Traits>} view */
function render({ model, el }) {
  const frames = eachFrame(model, draw);
  const box = textBox(model, {
    trait: "text",
    label: "Your text",
    pause: PAUSE_OF_TYPING,
    answer: () => ({
      isHeard: model.get("_heard") === model.get("text"),
      why: model.get("_message"),
    }),
    excuse: () => noAnswer(model, ", so the tokens below are those of the text before"),
    redraw: frames.redraw,
  });
  const rows = model.get("_rows").map(row);
  const heard = announcer();
  const parts = [box.node, ...rows.map((one) => one.node), heard.node];
  el.append(element("div", { class: "ll-widget ll-token-strip" }, ...parts));

  function draw() {
    box.update();
    const now = model.get("_rows");
    rows.forEach((one, i) => one.update(now[i]));
    heard.say(spokenCounts(model.get("_heard"), now));
  }
  draw();
  return () => [frames, box, heard].forEach((part) => part.stop());
}

export default kept({ render });
