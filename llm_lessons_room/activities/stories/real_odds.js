// The one distribution that all answers of a real model came from: the chances of their
// first tokens, and how many of the room's coins fell on each.

import { flipBars } from "../../web/parts/flip_bars.js";
import { countPrefixes } from "./divergence.js";

/** @import { SeatStory } from "./divergence.js" */
/** @import { StoriesMoment } from "./phone.js" */
/** @import { RealAnswers } from "./story_length.js" */
/** @import { Tell } from "../../web/words.js" */

/** How often each first token was drawn. @param {SeatStory[]} stories */
export function firstTokens(stories) {
  /** @type {Map<string, number>} */
  const drawn = new Map();
  for (const { pieces: [first = ""] } of stories) {
    drawn.set(first, (drawn.get(first) ?? 0) + 1);
  }
  return Object.fromEntries(drawn);
}

/**
 * The answers in a sentence; behind the step where nobody has flipped a coin, nothing.
 * @param {Pick<StoriesMoment, "phase" | "step">} moment @param {SeatStory[]} stories
 * @param {Tell} tell
 */
export function realInWords({ phase, step: { shown } }, stories, tell) {
  if (!shown.real) return tell(shown.coming === false ? "real_missing" : "real_coming");
  const isOpen = phase === "open";
  if (!stories.length) return isOpen ? tell("real_none") : "";
  const m = countPrefixes(stories).at(-1) ?? 1;
  return tell(isOpen ? "real_answers" : "real_from", { n: stories.length, m });
}

/** @param {Tell} tell */
export function realOdds(tell) {
  const bars = flipBars(tell, tell("real_caption"));
  /** @param {RealAnswers} real @param {SeatStory[]} stories */
  function update({ odds: likeliest }, stories) {
    const pieces = likeliest.map(([piece]) => piece);
    const chances = likeliest.map(([, chance]) => chance);
    bars.update(
      tell("real_name"),
      { pieces, endings: [], chances },
      firstTokens(stories),
    );
  }
  return { node: bars.node, update };
}
