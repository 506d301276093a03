// What the leader says and does in this step, and what to cut when it is late.

import { element, paragraphsOf, setText } from "../../llm_lessons/web/lib/dom.js";

/** @import { LeadMoment } from "./lead_moment.js" */
/** @import { Tell } from "./words.js" */

/** @type {("say" | "do" | "phones" | "late")[]} */
const PARTS = ["say", "do", "phones", "late"];

/** @param {Tell} tell */
export function guidePanel(tell) {
  const parts = PARTS.map((name) => {
    const [head, text] = [element("h2"), element("div")];
    const node = element("section", { class: `room-guide-${name}` }, head, text);
    return { name, head, text, node };
  });
  const node = element("div", { class: "room-guide" }, ...parts.map((one) => one.node));
  /** @param {LeadMoment} moment */
  function show({ guide = {} }) {
    for (const { name, head, text, node } of parts) {
      const words = guide[name] ?? "";
      node.hidden = !words;
      setText(head, tell(`guide_${name}`));
      if (text.dataset.words === words) continue;
      text.dataset.words = words;
      text.replaceChildren(...paragraphsOf(words));
    }
  }
  return { node, show };
}
