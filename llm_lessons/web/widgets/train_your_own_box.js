// What to learn from: a list to choose, or lines that are typed, pasted or dropped; and
// the way back for a model that was kept.

import { control, element, newId, setText } from "../lib/dom.js";
import { field } from "../lib/fields.js";
import { takeFiles } from "../lib/given_files.js";
import { isKept, keptFrom, LARGEST_FILE } from "./train_your_own_file.js";
import { MOST_BYTES, textFrom, tooLarge } from "./train_your_own_text.js";
import "../lib/text_box.css" with { type: "text" };

/** @import { Kept } from "./train_your_own_file.js" */
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
export function sourceBox(lists, onText, onKept) {
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
