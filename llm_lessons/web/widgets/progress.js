// The widget: what a learner has done, as a sheet, and a button that prints it alone.

import { control, counted, element, pushButton } from "../lib/dom.js";
import { marked } from "../lib/marked.js";
import "./progress.css" with { type: "text" };

/** @import { View } from "../lib/widget_model.js" */
/** What kind of thing, and each of them. @typedef {[string, string[]]} Part */
/** A lesson's title, and what was done in it. @typedef {[string, Part[]]} Chapter */
/** @typedef {{ _chapters: Chapter[], _is_whole: boolean }} Traits */

// On paper it stands alone, and takes nothing from the notebook's own look.
const ON_PAPER = `
  @page { margin: 18mm; }
  body { color: #000; font: 10.5pt/1.4 "Liberation Sans", Arial, sans-serif; }
  h2 { font-size: 18pt; margin: 0 0 2mm; }
  h3 { break-after: avoid; font-size: 11.5pt; margin: 4mm 0 1mm; }
  p { margin: 1mm 0; }
  ul { margin: 0 0 1mm; padding-left: 5mm; }
  section { break-inside: avoid; }`;

/** @param {Chapter} chapter */
function section([title, parts]) {
  const lines = parts.flatMap(([what, each]) => {
    if (what === "Toys tried") {
      return [element("p", {}, `${what}: ${each.join(", ")}.`)];
    }
    const items = each.map((one) => element("li", {}, ...marked(one)));
    return [element("p", {}, `${what}:`), element("ul", {}, ...items)];
  });
  return element("section", {}, element("h3", {}, title), ...lines);
}

/** @param {Traits} traits @param {Date} today */
function leadOf({ _chapters, _is_whole }, today) {
  const date = today.toLocaleDateString("en-GB", { dateStyle: "long" });
  if (!_chapters.length) return "Nothing is noted yet.";
  const done = counted(_chapters.length, "lesson");
  const what = _is_whole ? "All lessons" : `${done} so far`;
  return `${what}, on ${date}.`;
}

/**
 * A frame of its own, so that neither the notebook nor its style is printed.
 * @param {HTMLElement} sheet
 */
function print(sheet) {
  for (const old of document.querySelectorAll(".ll-printed")) old.remove();
  const frame = element("iframe", { class: "ll-printed", "aria-hidden": "true" });
  frame.style.cssText = "border: 0; height: 0; position: fixed; width: 0";
  document.body.append(frame);
  const [inner, page] = [frame.contentWindow, frame.contentDocument];
  if (!inner || !page) return;
  page.title = "What I have done";
  page.head.append(element("style", {}, ON_PAPER));
  page.body.replaceChildren(...[...sheet.childNodes].map((one) => one.cloneNode(true)));
  inner.print();
}

/** @param {View<Traits>} view */
function render({ model, el }) {
  const chapters = model.get("_chapters");
  const traits = { _chapters: chapters, _is_whole: model.get("_is_whole") };
  const about = { tabindex: "0", role: "region", "aria-label": "What I have done" };
  const sheet = control(
    "div",
    { class: "ll-sheet", ...about },
    element("h2", {}, "LLM Lessons: what I have done"),
    element("p", {}, leadOf(traits, new Date())),
    ...chapters.map(section),
  );
  const button = pushButton("Print this page", () => print(sheet));
  el.append(element("div", { class: "ll-widget ll-done" }, button, sheet));
}

export default { render };
