// Boxes for results on paper, and how numbers are read from lines that somebody typed.

import { control, element, newId } from "../../llm_lessons/web/lib/dom.js";
import { letterOf } from "./words.js";

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
export function countFields(names) {
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
export function linesField(name, read) {
  const box = control("textarea", { rows: 4 });
  return { nodes: [labelled(name, box)], value: () => read(box.value) };
}

/**
 * How many were right of how many, for each of several.
 * @param {Record<string, string>} names keys of their texts, by their own
 * @param {Tell} tell
 * @returns {Fields}
 */
export function shareFields(names, tell) {
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

/** How many took each of a question's choices. @param {{ choices: string[] }} shown */
export function choiceFields({ choices }) {
  return countFields(choices.map((text, i) => `${letterOf(i)} · ${text}`));
}

/**
 * "cottage 3" or "cottage: 3", one a line, as counts by their words; a line without a
 * number counts one. Null where there is none.
 * @param {string} text
 * @returns {Record<string, number> | null}
 */
export function pairsOf(text) {
  /** @type {Record<string, number>} */
  const counts = {};
  for (const line of text.split("\n")) {
    const found = /^\s*(.*?)[\s:=]*(\d{1,3})?\s*$/u.exec(line);
    const word = found?.[1] ?? "";
    if (word) counts[word] = (counts[word] ?? 0) + Number(found?.[2] ?? 1);
  }
  return Object.keys(counts).length ? counts : null;
}

/**
 * Numbers from 0 up to the most, between spaces or lines, with a point or a comma in
 * them. Null where one is none.
 * @param {string} text @param {number} most
 * @returns {number[] | null}
 */
export function numbersOf(text, most) {
  const parts = text.split(/[\s;]+/).filter(Boolean);
  const numbers = parts.map((part) => Number(part.replace(/,$/, "").replace(",", ".")));
  const isFine = numbers.every((number) => number >= 0 && number <= most);
  return parts.length && isFine ? numbers : null;
}
