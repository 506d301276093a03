// We are the coin, on the screen: the room's flips beside the model's odds, and how far
// the one lies from the other.

import { element, setText } from "../../../llm_lessons/web/lib/dom.js";
import { registerScreen } from "../../web/kinds.js";
import {
  countFlips,
  expectedVariation,
  totalVariation,
} from "../../web/parts/distance.js";
import { flipBars } from "../../web/parts/flip_bars.js";
import { inDigits, promptText, screenStage } from "../../web/parts/stage.js";
import { nextTokens, tokenText } from "../../web/parts/next_token.js";

/** @import { CoinMoment } from "./phone.js" */
/** @import { Drawn } from "../../web/parts/distance.js" */
/** @import { Context } from "../../web/moment.js" */

const COIN_ROWS = 8; // at most, and one for all others

/** @param {Context} context */
export function coinOnScreen(context) {
  const { tell } = context;
  const promptLine = promptText();
  const bars = flipBars(tell, tell("coin_caption"));
  const distance = element("p");
  const node = screenStage("coin", promptLine.node, bars.node, distance);
  const model = nextTokens(context, COIN_ROWS, draw);
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
    const name = model.now() ? tell("fjord") : "";
    const { counts, odds } = bars.update(name, rowsOf(drawn), drawn);
    setText(distance, farInWords(counts, odds, countFlips(drawn)));
  }

  /** @param {number[]} counts @param {number[] | null} odds @param {number} flips */
  function farInWords(counts, odds, flips) {
    if (!odds) return model.isMissing() ? tell("fjord_missing") : "";
    if (!flips) return tell("coin_none");
    const [m, name] = [
      totalVariation(counts, odds),
      expectedVariation(odds, flips),
    ].map((share) => inDigits(flips * share));
    return tell("coin_elsewhere", { n: flips, m, name });
  }

  /** @param {CoinMoment} moment */
  function show(moment) {
    now = moment;
    if (prompt !== moment.step.shown.prompt) {
      prompt = moment.step.shown.prompt;
      promptLine.set(moment.step.shown);
      model.ask(prompt);
    }
    draw();
  }
  return { node, show, stop: model.stop };
}

registerScreen("coin", coinOnScreen);
