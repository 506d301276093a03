// Results on paper, for those without a phone: typed in by the leader, counted with the
// others, and told apart on the screen.

import { control, element, newId, setText } from "../lib/dom.js";
import { letterOf } from "./activities/letters.js";
import { askedBefore, numbersOf, pairsOf } from "./typed_values.js";

/** @import { LeadMoment, Order } from "./lead_moment.js" */
/** @import { TenShown } from "./activities/ten_phone.js" */
/** @import { Tell } from "./words.js" */
/**
 * @typedef {object} Fields
 * @property {HTMLElement[]} nodes
 * @property {() => unknown} value null where nothing fits
 * @property {string} [step] that it is of, if it isn't the one on the screen
 */

/** @param {string} name @param {HTMLElement} box */
function labelled(name, box) {
  box.id = newId();
  return element("p", {}, element("label", { for: box.id }, name), box);
}

/**
 * A box for each choice: how many took it.
 * @param {string[]} names @returns {Fields}
 */
function countFields(names) {
  const boxes = names.map(() => control("input", { type: "number", min: 0, max: 999 }));
  return {
    nodes: names.map((name, i) => labelled(name, boxes[i])),
    value: () => boxes.map((box) => Math.max(0, Math.round(Number(box.value) || 0))),
  };
}

/**
 * A box with a line for each.
 * @param {string} name @param {(text: string) => unknown} read
 * @returns {Fields}
 */
function linesField(name, read) {
  const box = control("textarea", { rows: 4 });
  return { nodes: [labelled(name, box)], value: () => read(box.value) };
}

/**
 * How many were right of how many, for each of several.
 * @param {Record<string, string>} names keys of their texts, by their own
 * @param {Tell} tell
 * @returns {Fields}
 */
function shareFields(names, tell) {
  const { nodes, value } = countFields(
    Object.values(names).flatMap((name) =>
      ["typed_right", "typed_asked"].map((what) => `${tell(name)}: ${tell(what)}`)
    ),
  );
  function shares() {
    const numbers = /** @type {number[]} */ (value());
    return Object.fromEntries(
      Object.keys(names).flatMap((key, i) => {
        const [right, asked] = numbers.slice(2 * i, 2 * i + 2);
        return asked > 0 ? [[key, [Math.min(right, asked), asked]]] : [];
      }),
    );
  }
  return { nodes, value: shares };
}

/**
 * Of the ten questions: how many people had how many right. After the evening both
 * columns of the sheets are at hand, so then there are boxes for both.
 * @param {LeadMoment} moment @param {Tell} tell @returns {Fields[]}
 */
function scoreFields(moment, tell) {
  const { when, questions } = /** @type {TenShown} */ (moment.step.shown);
  const names = [...questions, null].map((_, n) => tell("typed_score", { n }));
  /** @param {string} key @param {string} [step] */
  function part(key, step) {
    const { nodes, value } = countFields(names);
    const name = element("legend", {}, tell(key));
    return { nodes: [element("fieldset", {}, name, ...nodes)], value, step };
  }
  if (when === "before") return [part("typed_before")];
  const earlier = askedBefore(moment);
  const first = earlier ? [part("typed_before", earlier)] : [];
  return [...first, part("typed_after")];
}

/** @param {LeadMoment} moment @param {Tell} tell @returns {Fields[]} */
function partsFor(moment, tell) {
  const { step, phase, round } = moment;
  if (!round) return []; // nothing is asked yet
  const { choices = [] } = /** @type {{ choices?: string[] }} */ (step.shown);
  const names = choices.map((text, i) => `${letterOf(i)} · ${text}`);
  switch (step.kind) {
    case "ten":
      return scoreFields(moment, tell);
    case "guess":
      return [countFields(names)];
    case "book":
      if (round < 2 && phase !== "reveal") return [countFields(names)];
      return [shareFields({ without: "typed_without", with: "typed_with" }, tell)];
    case "marbles":
      return [shareFields({ 0: "typed_once", 1: "typed_steps" }, tell)];
    case "coin":
    case "next_word":
      return [linesField(tell("typed_pairs"), pairsOf)];
    case "temperature":
      return [linesField(tell("typed_numbers"), (text) => numbersOf(text, 2))];
    default:
      return [];
  }
}

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
    parts = partsFor(moment, tell);
    node.hidden = !parts.length;
    setText(summary, tell("typed"));
    setText(button, tell("typed_add"));
    setText(said, "");
    form.replaceChildren(...parts.flatMap(({ nodes }) => nodes), button);
  }
  return { node, show };
}
