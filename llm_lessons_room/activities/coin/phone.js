// We are the coin, on a phone: the class model's odds on a strip, and one flip.

import { coinStrip, lotsOf } from "../../../llm_lessons/web/lib/coin_strip.js";
import { showOnPhones } from "../../web/kinds.js";
import {
  element,
  pushButton,
  setOff,
  setText,
} from "../../../llm_lessons/web/lib/dom.js";
import { rankDrawn } from "../../../llm_lessons/web/lib/odds.js";
import { numeral } from "../../web/words.js";
import {
  begunText,
  phoneStage,
  showIf,
  stopper,
  wholePercent,
} from "../../web/parts/stage.js";
import { realCoin, tokenText, weigher, wordOf } from "../../web/parts/weighed.js";
import "./phone.css" with { type: "text" };

/** @import { Laid } from "../../../llm_lessons/web/lib/coin_strip.js" */
/** @import { Drawn } from "../../web/parts/distance.js" */
/** @import { Place } from "../../web/moment.js" */
/** @import { Begun, PlayedMoment } from "../../web/parts/stage.js" */
/** @import { Weighed } from "../../web/parts/weighed.js" */
/**
 * @typedef {{ answered: number, drawn: Drawn }} CoinTally
 * @typedef {PlayedMoment<Begun, unknown, { token: string }, CoinTally>} CoinMoment
 */
const ON_THE_STRIP = 10; // tokens with a place of their own on the strip

/** @param {Place} place */
export function coinOnPhone(place) {
  const begun = begunText();
  const flip = pushButton("", onFlip, { class: "ll-great" });
  const [piece, told] = [element("strong", { class: "ll-fallen" }), element("span")];
  const said = element("p", { class: "ll-said" }, told, " ", piece);
  const note = element("p", { class: "ll-quiet" });
  const strip = coinStrip({ others: place.tell("coin_others"), inWords, numeral });
  const node = phoneStage("coin", begun.node, flip, strip.node, said, note);
  const model = weigher(place, ON_THE_STRIP, draw);
  /** @type {{ coin: number, rank: number } | null} */
  let flipped = null;
  /** @type {CoinMoment | null} */
  let now = null;

  /** @param {Laid} laid */
  function inWords({ lots, coins, pieces, marks }) {
    const drawn = lots.find(({ isDrawn }) => isDrawn);
    if (!drawn) return place.tell("coin_strip");
    const name = marks[drawn.id] ?? pieces[drawn.id];
    return place.tell("coin_strip_fell", { name, n: numeral(coins.at(-1) ?? 0, 3) });
  }

  /** What fell: here, or before the page was loaded again. */
  function fallen() {
    const weighed = model.now();
    if (flipped && weighed) return ofRank(flipped.rank, weighed);
    const token = now?.yours?.token;
    if (token === undefined) return null;
    const rank = weighed?.ids.findIndex((id) => tokenText(id, weighed) === token) ?? -1;
    if (weighed && rank >= 0) return ofRank(rank, weighed);
    return { token, name: wordOf(token), chance: null };
  }

  /** @param {number} id @param {Weighed} from */
  const nameOf = (id, from) => wordOf(tokenText(id, from), from.endings[id]);

  /** @param {number} rank @param {Weighed} from */
  function ofRank(rank, from) {
    const [id, chance] = [from.ids[rank], from.odds.chance(rank)];
    return { token: tokenText(id, from), name: nameOf(id, from), chance };
  }

  function onFlip() {
    const weighed = model.now();
    if (!weighed || !now || now.phase !== "open" || fallen()) return;
    const coin = realCoin();
    const rank = rankDrawn(weighed.odds, coin);
    flipped = { coin, rank };
    const { token, name, chance } = ofRank(rank, weighed);
    place.answer({ token });
    draw();
    place.say(place.tell("coin_said", { name, n: wholePercent(chance) }));
  }

  function draw() {
    if (!now) return;
    const [weighed, fell] = [model.now(), fallen()];
    const isOpen = now.phase === "open";
    setOff(flip, !isOpen || !weighed || fell !== null);
    setText(flip, place.tell(fell && isOpen ? "coin_flipped" : "coin_flip"));
    showIf(flip, isOpen);
    showIf(strip.node, weighed !== null);
    if (weighed) {
      const drawnRank = flipped?.rank ?? -1;
      const lots = lotsOf({ ...weighed, drawnRank }, ON_THE_STRIP);
      const names = lots.map(({ id }) => [id, nameOf(id, weighed)]);
      const pieces = Object.fromEntries(names);
      const coins = flipped ? [flipped.coin] : [];
      strip.update({ ...weighed, pieces, endings: {}, lots, coins });
    }
    showIf(said, fell !== null);
    if (fell) {
      setText(piece, fell.name);
      const n = fell.chance === null ? "" : wholePercent(fell.chance);
      setText(told, place.tell(n ? "coin_fell" : "coin_fell_on", { n }));
    }
    setText(note, noteOf(fell !== null));
  }

  /** @param {boolean} hasFallen */
  function noteOf(hasFallen) {
    if (model.isMissing()) return place.tell("fjord_missing");
    if (!model.now()) return "";
    if (now?.phase !== "open") return place.tell("coin_look");
    return place.tell(hasFallen ? "coin_wait" : "coin_why");
  }

  /** @param {CoinMoment} moment */
  function show(moment) {
    now = moment;
    begun.set(moment.step.shown);
    model.ask(moment.step.shown.prompt);
    draw();
  }
  return { node, show, stop: stopper(model, strip) };
}

showOnPhones("coin", coinOnPhone);
