// We are the coin, on a phone: the class model's odds on a strip, and one flip.

import { coinStrip, lotsOf } from "../../../llm_lessons/web/lib/coin_strip.js";
import { registerPhone } from "../../web/kinds.js";
import {
  element,
  pushButton,
  setOff,
  setText,
} from "../../../llm_lessons/web/lib/dom.js";
import { rankDrawn } from "../../../llm_lessons/web/lib/odds.js";
import { numeral } from "../../web/words.js";
import {
  phoneStage,
  promptText,
  showIf,
  stopAll,
  wholePercent,
} from "../../web/parts/stage.js";
import { nextTokens, realCoin, tokenText, wordOf } from "../../web/parts/next_token.js";
import "./phone.css" with { type: "text" };

/** @import { Laid } from "../../../llm_lessons/web/lib/coin_strip.js" */
/** @import { Drawn } from "../../web/parts/distance.js" */
/** @import { Context } from "../../web/moment.js" */
/** @import { Prompt, PlayedMoment } from "../../web/parts/stage.js" */
/** @import { NextToken } from "../../web/parts/next_token.js" */
/**
 * @typedef {{ answered: number, drawn: Drawn }} CoinTally
 * @typedef {{ token: string, word?: string }} Flipped
 * @typedef {PlayedMoment<Prompt, unknown, Flipped, CoinTally>} CoinMoment
 */
const ON_THE_STRIP = 10; // tokens with a place of their own on the strip

/** @param {Context} context */
export function coinOnPhone(context) {
  const { tell } = context;
  const promptLine = promptText();
  const flip = pushButton("", onFlip, { class: "ll-great" });
  const [piece, label] = [element("strong", { class: "ll-fallen" }), element("span")];
  const result = element("p", { class: "ll-said" }, label, " ", piece);
  const note = element("p", { class: "ll-quiet" });
  const strip = coinStrip({ others: tell("coin_others"), inWords, numeral });
  const node = phoneStage("coin", promptLine.node, flip, strip.node, result, note);
  const model = nextTokens(context, ON_THE_STRIP, draw);
  /** @type {{ coin: number, rank: number } | null} */
  let flipped = null;
  /** @type {CoinMoment | null} */
  let now = null;

  /** @param {Laid} laid */
  function inWords({ lots, coins, pieces, marks }) {
    const drawn = lots.find(({ isDrawn }) => isDrawn);
    if (!drawn) return tell("coin_strip");
    const name = marks[drawn.id] ?? pieces[drawn.id];
    return tell("coin_strip_fell", { name, n: numeral(coins.at(-1) ?? 0, 3) });
  }

  /** What fell: here, or before the page was loaded again. */
  function fallen() {
    const next = model.now();
    if (flipped && next) return ofRank(flipped.rank, next);
    const token = now?.yours?.token;
    if (token === undefined) return null;
    const rank = next?.ids.findIndex((id) => tokenText(id, next) === token) ?? -1;
    if (next && rank >= 0) return ofRank(rank, next);
    return { token, name: wordOf(token), chance: null };
  }

  /** @param {number} id @param {NextToken} from */
  const nameOf = (id, from) => wordOf(tokenText(id, from), from.endings[id]);

  /** @param {number} rank @param {NextToken} from */
  function ofRank(rank, from) {
    const [id, chance] = [from.ids[rank], from.odds.chance(rank)];
    return { token: tokenText(id, from), name: nameOf(id, from), chance };
  }

  function onFlip() {
    const next = model.now();
    if (!next || !now || now.phase !== "open" || fallen()) return;
    const coin = realCoin();
    const rank = rankDrawn(next.odds, coin);
    flipped = { coin, rank };
    const { token, name, chance } = ofRank(rank, next);
    context.answer({ token, word: name });
    draw();
    context.say(tell("coin_said", { name, n: wholePercent(chance) }));
  }

  function draw() {
    if (!now) return;
    const [next, fell] = [model.now(), fallen()];
    const isOpen = now.phase === "open";
    setOff(flip, !isOpen || !next || fell !== null);
    setText(flip, tell(fell && isOpen ? "coin_flipped" : "coin_flip"));
    showIf(flip, isOpen);
    showIf(strip.node, next !== null);
    if (next) {
      const drawnRank = flipped?.rank ?? -1;
      const lots = lotsOf({ ...next, drawnRank }, ON_THE_STRIP);
      const names = lots.map(({ id }) => [id, nameOf(id, next)]);
      const pieces = Object.fromEntries(names);
      const coins = flipped ? [flipped.coin] : [];
      strip.update({ ...next, pieces, endings: {}, lots, coins });
    }
    showIf(result, fell !== null);
    if (fell) {
      setText(piece, fell.name);
      const n = fell.chance === null ? "" : wholePercent(fell.chance);
      setText(label, tell(n ? "coin_fell" : "coin_fell_on", { n }));
    }
    setText(note, noteOf(fell !== null));
  }

  /** @param {boolean} hasFallen */
  function noteOf(hasFallen) {
    if (model.isMissing()) return tell("fjord_missing");
    if (!model.now()) return "";
    if (now?.phase !== "open") return tell("coin_look");
    return tell(hasFallen ? "coin_wait" : "coin_why");
  }

  /** @param {CoinMoment} moment */
  function show(moment) {
    now = moment;
    promptLine.set(moment.step.shown);
    model.ask(moment.step.shown.prompt);
    draw();
  }
  return { node, show, stop: stopAll(model, strip) };
}

registerPhone("coin", coinOnPhone);
