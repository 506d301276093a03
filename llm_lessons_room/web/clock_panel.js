// How late it is, by the plan of the evening.

import { element, setText } from "../../llm_lessons/web/lib/dom.js";
import { minutesLate } from "./lead_moment.js";

/** @import { LeadMoment } from "./lead_moment.js" */
/** @import { Tell } from "./words.js" */

/** @param {Tell} tell */
export function clockPanel(tell) {
  const node = element("p", { class: "room-clock" });
  /** @param {LeadMoment} moment */
  function show({ clock }) {
    node.hidden = !clock;
    if (!clock) return;
    const late = Math.round(minutesLate(clock));
    const ahead = Math.round(clock.planned - clock.elapsed);
    const key = late > 0 ? "clock_late" : ahead > 0 ? "clock_ahead" : "clock_in_time";
    const n = late > 0 ? late : ahead;
    const minutes = { n: Math.round(clock.elapsed), m: Math.round(clock.planned) };
    node.classList.toggle("room-is-late", late > 0);
    setText(node, `${tell("clock_minutes", minutes)} ${tell(key, { n })}`);
  }
  return { node, show };
}
