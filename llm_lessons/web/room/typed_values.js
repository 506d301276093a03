// Numbers from lines that somebody has typed, and which step they are of.

/** @import { LeadMoment } from "./lead_moment.js" */

/**
 * The step that has asked the ten questions earlier in the evening; null if none has.
 * @param {Pick<LeadMoment, "decks" | "deck" | "index">} moment
 */
export function askedBefore({ decks = [], deck, index }) {
  const steps = decks.find(({ id }) => id === deck)?.steps.slice(0, index) ?? [];
  return steps.find(({ kind }) => kind === "ten")?.id ?? null;
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
