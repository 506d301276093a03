// We are the coin, on the screen: the room's flips beside the model's odds, and how far
// the one lies from the other.

import { element, setText } from "../../lib/dom.js";
import { countsByRow, elsewhereByChance, flipsIn, shareElsewhere } from "./distance.js";
import { fjordAt } from "./fjord.js";
import { flipTwins } from "./flip_twins.js";
import { begunText, inDigits, screenStage } from "./stage.js";
import { twinBars } from "./twin_bars.js";
import { tokenText, weighing, wordOf } from "./weighed.js";

/** @import { CoinMoment } from "./coin_phone.js" */
/** @import { Drawn } from "./distance.js" */
/** @import { Place } from "../moment.js" */
/** @import { Weighed } from "./weighed.js" */

const COIN_ROWS = 8; // at most, and one for all others

/** @param {Place} place */
export function coinOnScreen(place) {
  const begun = begunText();
  const bars = twinBars(place.tell("coin_caption"));
  const far = element("p");
  const node = screenStage("coin", begun.node, bars.node, far);
  const fjord = fjordAt(place, draw);
  /** @type {Weighed | null} */
  let weighed = null;
  /** @type {CoinMoment | null} */
  let now = null;
  let prompt = "";

  /** Rows of the likeliest tokens; without the model, of the most frequent. */
  function rowsOf(/** @type {Drawn} */ drawn) {
    if (weighed) {
      const from = weighed;
      const ids = [...from.ids.subarray(0, COIN_ROWS)];
      const odds = ids.map((_, rank) => from.odds.chance(rank));
      return {
        pieces: ids.map((id) => tokenText(id, from)),
        endings: ids.map((id) => from.endings[id] ?? ""),
        odds: [...odds, Math.max(0, odds.reduce((left, odd) => left - odd, 1))],
      };
    }
    const frequent = Object.entries(drawn).sort(([, a], [, b]) => b - a);
    const pieces = frequent.slice(0, COIN_ROWS).map(([token]) => token);
    return { pieces, endings: pieces.map(() => ""), odds: null };
  }

  function draw() {
    const drawn = now?.tally?.drawn ?? {};
    const flips = flipsIn(drawn);
    const { pieces, endings, odds } = rowsOf(drawn);
    const counts = countsByRow(drawn, pieces, endings);
    const names = pieces.map((piece, i) => wordOf(piece, endings[i]));
    const twins = flipTwins(names, odds, counts, place.tell("coin_others"));
    const room = flips ? place.tell("room_head", { n: flips }) : "";
    bars.update([odds ? place.tell("fjord") : "", room], twins);
    setText(far, farInWords(counts, odds, flips));
  }

  /** @param {number[]} counts @param {number[] | null} odds @param {number} flips */
  function farInWords(counts, odds, flips) {
    if (!odds) {
      return fjord.state() === "missing" ? place.tell("fjord_missing") : "";
    }
    if (!flips) return place.tell("coin_none");
    const [m, name] = [
      shareElsewhere(counts, odds),
      elsewhereByChance(odds, flips),
    ].map((share) => inDigits(flips * share));
    return place.tell("coin_elsewhere", { n: flips, m, name });
  }

  /** @param {CoinMoment} moment */
  function show(moment) {
    now = moment;
    if (prompt !== moment.step.shown.prompt) {
      prompt = moment.step.shown.prompt;
      weighed = null;
      begun.set(moment.step.shown);
      fjord.ask((lm) =>
        weighing(lm, prompt, COIN_ROWS, (found) => {
          weighed = found;
          draw();
        })
      );
    }
    draw();
  }
  return { node, show, stop: fjord.stop };
}
