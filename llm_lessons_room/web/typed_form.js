// Results on paper, for those without a phone: typed in by the leader, counted with the
// others, and told apart on the screen.

import { control, element, setText } from "../../llm_lessons/web/lib/dom.js";
import { leadOf } from "./kinds.js";

/** @import { LeadMoment, Order } from "./moment.js" */
/** @import { Fields } from "./paper_fields.js" */
/** @import { Tell } from "./words.js" */

/** @param {Fields} part whether anything stands in one of its boxes */
function isFilled({ nodes }) {
  return nodes.some((node) =>
    [...node.querySelectorAll("input")].some(({ value }) => value !== "")
  );
}

/** @param {Tell} tell @param {Order} order */
export function typedForm(tell, order) {
  const [summary, form] = [element("summary"), element("form")];
  const said = element("p", { role: "status" });
  const node = element("details", { class: "room-typed" }, summary, form, said);
  const button = control("button", { type: "submit" });
  /** @type {Fields[]} */
  let parts = [];
  /** @type {LeadMoment | null} */
  let now = null;
  let written = "";
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!now) return;
    const { step: { id }, round } = now;
    // of two columns, one that nobody has touched stays as it was
    const filled = parts.length > 1 ? parts.filter(isFilled) : parts;
    const typed = filled.map(({ step = id, value }) => ({ step, value: value() }));
    if (!typed.length) return;
    const isUnclear = typed.some(({ value }) => value === null);
    if (isUnclear) return setText(said, tell("typed_unclear"));
    for (const one of typed) order({ do: "typed", round, ...one });
    setText(said, tell("typed_sent"));
    form.reset();
  });

  /** @param {LeadMoment} moment */
  function show(moment) {
    now = moment;
    const { step, round, phase } = moment;
    const all = JSON.stringify([step, round, phase, tell("typed")]);
    if (all === written) return;
    written = all;
    // in round 0 nothing is asked yet
    parts = round ? leadOf(step.kind).paper?.(moment, tell) ?? [] : [];
    node.hidden = !parts.length;
    setText(summary, tell("typed"));
    setText(button, tell("typed_add"));
    setText(said, "");
    form.replaceChildren(...parts.flatMap(({ nodes }) => nodes), button);
  }
  return { node, show };
}
