// What phones wrote in this step: words wait here until the leader shows them, and
// other texts can be hidden from the screen.

import {
  control,
  element,
  newId,
  pushButton,
  setText,
} from "../../llm_lessons/web/lib/dom.js";
import { leadOf } from "./kinds.js";

/** @import { LeadMoment, SendCommand, Written } from "./moment.js" */
/** @import { Tell } from "./words.js" */
/** A word, and how many wrote it. @typedef {Written & { count: number }} Word */

/**
 * The same words in large and small letters as one; those that are marked come first,
 * then those that wait.
 * @param {Written[]} texts
 */
export function wordsWritten(texts) {
  /** @type {Map<string, Word>} */
  const words = new Map();
  for (const written of texts) {
    const key = written.text.toLocaleLowerCase();
    words.set(key, { ...written, count: (words.get(key)?.count ?? 0) + 1 });
  }
  const rank = (/** @type {Word} */ { hidden, marked }) => hidden ? marked ? 0 : 1 : 2;
  return [...words.values()].sort((a, b) => rank(a) - rank(b));
}

/** @param {Tell} tell @param {SendCommand} send */
export function writtenTexts(tell, send) {
  const [head, list] = [element("h2"), element("ul")];
  const all = pushButton("", () => send({ do: "show_all" }));
  const atOnce = control("input", { type: "checkbox", id: newId() });
  const label = element("label", { for: atOnce.id });
  const choice = element("p", {}, atOnce, label);
  atOnce.addEventListener("change", () => {
    send({ do: "wait", waits: !atOnce.checked });
  });
  const foot = element("div", { class: "room-moves" }, all, choice);
  const node = element("section", { class: "room-written" }, head, list, foot);
  let written = "";

  /**
   * @param {string} key of what it says @param {string} text that it is about
   * @param {Record<string, unknown>} command
   */
  function doer(key, text, command) {
    const name = tell(key);
    return pushButton(name, () => send(command), { "aria-label": `${name}: ${text}` });
  }

  /** One tap shows a word, another one hides it. @param {Word} word */
  function wordRow({ seat, text, hidden, marked, count }) {
    const times = count > 1 ? ` ×${count}` : "";
    const button = hidden
      ? doer("texts_show", text, { do: "show", text })
      : doer("texts_hide", text, { do: "hide", seat, text });
    setText(button, `${hidden ? "" : "✓ "}${text}${times}`);
    button.setAttribute("aria-pressed", String(!hidden));
    if (marked) {
      button.append(element("small", {}, ` ⚠ ${tell("texts_marked")}`));
      const name = `${button.getAttribute("aria-label")} (${tell("texts_marked")})`;
      button.setAttribute("aria-label", name);
    }
    return element("li", {}, button);
  }

  /** @param {Written} written @param {boolean} canFill the screen
   * @param {boolean} fills it */
  function row({ seat, text, hidden, marked }, canFill, fills) {
    const words = element("span", {}, element("small", {}, String(seat)), ` ${text}`);
    if (hidden) {
      const note = element("small", {}, tell(marked ? "texts_marked" : "texts_hidden"));
      const show = marked ? [doer("texts_show", text, { do: "show", text })] : [];
      return element("li", { class: "room-hidden-text" }, words, note, ...show);
    }
    const buttons = [doer("texts_hide", text, { do: "hide", seat, text })];
    if (canFill) {
      const large = doer("texts_large", text, { do: "large", seat });
      large.setAttribute("aria-pressed", String(fills));
      buttons.unshift(large);
    }
    return element("li", {}, words, ...buttons);
  }

  /** @param {LeadMoment} moment */
  function show({ texts = [], step: { kind }, waits = false, large = 0 }) {
    const { isWords = false, isLarge = false, isSorted = false } = leadOf(kind);
    node.hidden = isSorted || (texts.length === 0 && !isWords);
    setText(head, tell(isWords ? "texts_words" : "texts", { n: texts.length }));
    all.hidden = !texts.some(({ hidden }) => hidden);
    setText(all, tell(isWords ? "texts_show_words" : "texts_show_all"));
    choice.hidden = !isWords;
    atOnce.checked = !waits;
    setText(label, tell("texts_at_once"));
    const now = JSON.stringify([texts, kind, large, tell("texts")]);
    if (now === written) return;
    written = now;
    list.classList.toggle("room-words", isWords);
    const before = [...list.querySelectorAll("button")];
    const place = before.findIndex((text) => text === document.activeElement);
    const name = before[place]?.getAttribute("aria-label");
    const rows = isWords
      ? wordsWritten(texts).map(wordRow)
      : texts.map((text) => row(text, isLarge, text.seat === large)).reverse();
    list.replaceChildren(...rows);
    if (place < 0) return;
    // The same button, wherever it stands now; if it is gone, the one in its place.
    const after = [...list.querySelectorAll("button")];
    const same = after.find((text) => text.getAttribute("aria-label") === name);
    (same ?? after[place])?.focus();
  }
  return { node, show };
}
