// The one distribution that all answers of a real model came from: the chances of their
// first tokens, and how many of the room's coins fell on each.

import { countsByRow } from "./distance.js";
import { flipTwins } from "./flip_twins.js";
import { beginnings } from "./parting.js";
import { twinBars } from "./twin_bars.js";
import { wordOf } from "./weighed.js";

/** @import { Place } from "../moment.js" */
/** @import { Told } from "./parting.js" */
/** @import { StoriesMoment } from "./stories_phone.js" */
/** @import { RealAnswers } from "./story_length.js" */
/** @import { Tell } from "../words.js" */

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

/** @param {Place} place */
export function realOdds(place) {
  const bars = twinBars(place.tell("real_caption"));
  /** @param {RealAnswers} real @param {Told[]} told */
  function update({ odds: likeliest }, told) {
    const pieces = likeliest.map(([piece]) => piece);
    const chances = likeliest.map(([, chance]) => chance);
    const rest = Math.max(0, chances.reduce((left, chance) => left - chance, 1));
    const counts = countsByRow(firstTokens(told), pieces);
    const names = pieces.map((piece) => wordOf(piece));
    const room = told.length ? place.tell("room_head", { n: told.length }) : "";
    const twins = flipTwins(
      names,
      [...chances, rest],
      counts,
      place.tell("coin_others"),
    );
    bars.update([place.tell("real_name"), room], twins);
  }
  return { node: bars.node, update };
}
