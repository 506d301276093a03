// We are the coin, on the screen: the room's flips beside the model's odds, and how far
// the one lies from the other.

import { element, setText } from "../../../llm_lessons/web/lib/dom.js";
import { showOnScreens } from "../../web/kinds.js";
import {
  elsewhereByChance,
  flipsIn,
  shareElsewhere,
} from "../../web/parts/distance.js";
import { flipBars } from "../../web/parts/flip_twins.js";
import { begunText, inDigits, screenStage } from "../../web/parts/stage.js";
import { tokenText, weigher } from "../../web/parts/weighed.js";

/** @import { CoinMoment } from "./phone.js" */
/** @import { Drawn } from "../../web/parts/distance.js" */
/** @import { Place } from "../../web/moment.js" */

const COIN_ROWS = 8; // at most, and one for all others

/** @param {Place} place */
export function coinOnScreen(place) {
  const begun = begunText();
  const bars = flipBars(place.tell, place.tell("coin_caption"));
  const far = element("p");
  const node = screenStage("coin", begun.node, bars.node, far);
  const model = weigher(place, COIN_ROWS, draw);
  /** @type {CoinMoment | null} */
  let now = null;
  let prompt = "";

  /** Rows of the likeliest tokens; without the model, of the most frequent. */
  function rowsOf(/** @type {Drawn} */ drawn) {
    const from = model.now();
    if (from) {
      const ids = [...from.ids.subarray(0, COIN_ROWS)];
      return {
        pieces: ids.map((id) => tokenText(id, from)),
        endings: ids.map((id) => from.endings[id] ?? ""),
        chances: ids.map((_, rank) => from.odds.chance(rank)),
      };
    }
    const frequent = Object.entries(drawn).sort(([, a], [, b]) => b - a);
    const pieces = frequent.slice(0, COIN_ROWS).map(([token]) => token);
    return { pieces, endings: [], chances: null };
  }

  function draw() {
    const drawn = now?.tally?.drawn ?? {};
    const name = model.now() ? place.tell("fjord") : "";
    const { counts, odds } = bars.update(name, rowsOf(drawn), drawn);
    setText(far, farInWords(counts, odds, flipsIn(drawn)));
  }

  /** @param {number[]} counts @param {number[] | null} odds @param {number} flips */
  function farInWords(counts, odds, flips) {
    if (!odds) return model.isMissing() ? place.tell("fjord_missing") : "";
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
      begun.set(moment.step.shown);
      model.ask(prompt);
    }
    draw();
  }
  return { node, show, stop: model.stop };
}

showOnScreens("coin", coinOnScreen);
