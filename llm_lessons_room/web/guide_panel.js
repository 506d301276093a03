// What the leader says and does in this step, how late it is, and what to cut then.

import { element, paragraphsOf, setText } from "../../llm_lessons/web/lib/dom.js";

/** @import { LeadMoment } from "./moment.js" */
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
  const node = element(
    "div",
    { class: "room-guide" },
    ...parts.map((panel) => panel.node),
  );
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

/** How late it is, by the plan of the evening. @param {Tell} tell */
export function clockPanel(tell) {
  const node = element("p", { class: "room-clock" });
  /** @param {LeadMoment} moment */
  function show({ clock }) {
    node.hidden = !clock;
    if (!clock) return;
    const ahead = Math.round(clock.planned - clock.elapsed);
    // Late is what the slack can't take up.
    const late = Math.round(clock.elapsed - clock.planned - clock.slack);
    const key = late > 0 ? "clock_late" : ahead > 0 ? "clock_ahead" : "clock_in_time";
    const n = late > 0 ? late : ahead;
    const minutes = { n: Math.round(clock.elapsed), m: Math.round(clock.planned) };
    node.classList.toggle("room-is-late", late > 0);
    setText(node, `${tell("clock_minutes", minutes)} ${tell(key, { n })}`);
  }
  return { node, show };
}
