// The one distribution that all answers of a real model came from: the chances of their
// first tokens, and how many of the room's coins fell on each.

import { flipBars } from "../../web/parts/flip_twins.js";
import { beginnings } from "./parting.js";

/** @import { Told } from "./parting.js" */
/** @import { StoriesMoment } from "./phone.js" */
/** @import { RealAnswers } from "./story_length.js" */
/** @import { Tell } from "../../web/words.js" */

/** How often each first token was drawn. @param {Told[]} told */
export function firstTokens(told) {
  /** @type {Map<string, number>} */
  const drawn = new Map();
  for (const { pieces: [first = ""] } of told) {
    drawn.set(first, (drawn.get(first) ?? 0) + 1);
  }
  return Object.fromEntries(drawn);
}

/**
 * The answers in a sentence; behind the step where nobody has flipped a coin, nothing.
 * @param {Pick<StoriesMoment, "phase" | "step">} moment @param {Told[]} told
 * @param {Tell} tell
 */
export function realInWords({ phase, step: { shown } }, told, tell) {
  if (!shown.real) return tell(shown.coming === false ? "real_missing" : "real_coming");
  const isOpen = phase === "open";
  if (!told.length) return isOpen ? tell("real_none") : "";
  const m = beginnings(told).at(-1) ?? 1;
  return tell(isOpen ? "real_answers" : "real_from", { n: told.length, m });
}

/** @param {Tell} tell */
export function realOdds(tell) {
  const bars = flipBars(tell, tell("real_caption"));
  /** @param {RealAnswers} real @param {Told[]} told */
  function update({ odds: likeliest }, told) {
    const pieces = likeliest.map(([piece]) => piece);
    const chances = likeliest.map(([, chance]) => chance);
    bars.update(tell("real_name"), { pieces, endings: [], chances }, firstTokens(told));
  }
  return { node: bars.node, update };
}
