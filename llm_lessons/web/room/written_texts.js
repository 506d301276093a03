// What phones wrote in this step, each to be hidden from the screen.

import { control, element, setText } from "../lib/dom.js";

/** @import { LeadMoment, Order, Written } from "./lead_moment.js" */
/** @import { Tell } from "./words.js" */

/** @param {Tell} tell @param {Order} order */
export function writtenTexts(tell, order) {
  const [head, list] = [element("h2"), element("ul")];
  const node = element("section", { class: "room-written" }, head, list);
  let written = "";

  /** @param {Written} one */
  function row({ seat, text, hidden }) {
    const button = control("button", { type: "button", "aria-pressed": hidden });
    setText(button, tell(hidden ? "texts_hidden" : "texts_hide"));
    button.setAttribute("aria-label", `${button.textContent}: ${text}`);
    button.addEventListener("click", () => order({ do: "hide", seat, text }));
    const words = element("span", {}, element("small", {}, String(seat)), ` ${text}`);
    const item = element("li", {}, words, button);
    item.classList.toggle("room-hidden-text", hidden);
    return item;
  }

  /** @param {LeadMoment} moment */
  function show({ texts = [] }) {
    node.hidden = texts.length === 0;
    setText(head, tell("texts", { n: texts.length }));
    const all = JSON.stringify(texts);
    if (all === written) return;
    written = all;
    const place = [...list.querySelectorAll("button")].findIndex((one) =>
      one === document.activeElement
    );
    list.replaceChildren(...texts.toReversed().map(row));
    if (place >= 0) list.querySelectorAll("button")[place]?.focus();
  }
  return { node, show };
}
