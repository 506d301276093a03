// What phones wrote in this step, each to be hidden from the screen.

import { control, element, setText } from "../lib/dom.js";

/** @import { LeadMoment, Order, Written } from "./lead_moment.js" */
/** @import { Tell } from "./words.js" */

/** @param {Tell} tell @param {Order} order */
export function writtenTexts(tell, order) {
  const [head, list] = [element("h2"), element("ul")];
  const all = control("button", { type: "button" });
  all.addEventListener("click", () => order({ do: "show_all" }));
  const node = element("section", { class: "room-written" }, head, list, all);
  let written = "";

  /** @param {Written} one */
  function row({ seat, text, hidden }) {
    const words = element("span", {}, element("small", {}, String(seat)), ` ${text}`);
    if (hidden) {
      const note = element("small", {}, tell("texts_hidden"));
      return element("li", { class: "room-hidden-text" }, words, note);
    }
    const button = control("button", { type: "button" }, tell("texts_hide"));
    button.setAttribute("aria-label", `${button.textContent}: ${text}`);
    button.addEventListener("click", () => order({ do: "hide", seat, text }));
    return element("li", {}, words, button);
  }

  /** @param {LeadMoment} moment */
  function show({ texts = [] }) {
    node.hidden = texts.length === 0;
    setText(head, tell("texts", { n: texts.length }));
    all.hidden = !texts.some(({ hidden }) => hidden);
    setText(all, tell("texts_show_all"));
    const now = JSON.stringify(texts);
    if (now === written) return;
    written = now;
    const place = [...list.querySelectorAll("button")].findIndex((one) =>
      one === document.activeElement
    );
    list.replaceChildren(...texts.map(row).reverse());
    if (place >= 0) list.querySelectorAll("button")[place]?.focus();
  }
  return { node, show };
}
