// The coin of one prompt: it is flipped, drawn on its strip, and counted.

import { coinStrip, lotsOf } from "../lib/coin_strip.js";
import { element, MAIN, pushButton, setOff, setText } from "../lib/dom.js";
import { setTraits } from "../lib/widget_model.js";
import { percent, rankDrawn } from "../lib/odds.js";
import { likelyWord, visiblePiece } from "../lib/pieces.js";
import { TEXT_ENDS } from "../lib/signs.js";

/** @import { Draw } from "../engine/settings.js" */
/** @import { AskTraits } from "../lib/ask.js" */
/** @import { Model } from "../lib/widget_model.js" */
/** @import { Odds } from "../lib/odds.js" */
/** @import { Endings, Marks } from "../lib/pieces.js" */
/** The coin's number, and the token it fell on. @typedef {[number, number]} Flip */
/**
 * @typedef {{ prompt: string, drawn: number | null, flips: Flip[],
 *   _has_sliders: boolean, _pieces: string[], _marks: Marks }} OwnTraits
 */
/** @typedef {Draw & OwnTraits & AskTraits} Traits */
/**
 * @typedef {{ isCurrent: boolean, isWaiting: boolean, ids: Int32Array, odds: Odds,
 *   drawnRank: number, pieces: string[], marks: Marks, endings: Endings }} Shown
 */

const SEVERAL = 10;

/** @param {Flip[]} flips @param {Int32Array} ids */
export function tallyOf(flips, ids) {
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const [, token] of flips) counts.set(token, (counts.get(token) ?? 0) + 1);
  const of = (/** @type {number} */ rank) => counts.get(ids[rank]) ?? 0;
  return { flips: flips.length, of };
}

/** @param {Shown} shown @param {Flip[]} flips */
function flipInWords({ pieces, marks, endings, odds, drawnRank }, flips) {
  const [coin, drawn] = flips[flips.length - 1];
  const mark = marks[drawn];
  const piece = visiblePiece(pieces[drawn], mark);
  const ending = endings[drawn];
  const likely = ending ? ` (likely ${likelyWord(pieces[drawn], ending)})` : "";
  const note = mark === undefined ? "" : " It is no text of its own.";
  const over = mark === TEXT_ENDS ? " The text ends here." : note;
  const chance = percent(odds.chance(drawnRank));
  return `Flip ${flips.length} fell on “${piece}”${likely}, at ${coin.toFixed(3)}. ` +
    `Its chance was ${chance}.${over}`;
}

/**
 * The buttons, the strip, and what the last flip did in words. `room` tokens have a
 * place of their own on the strip.
 * @param {Model<Traits>} model @param {(text: string) => void} add @param {number} room
 * @param {boolean} isMain whether there is nothing else to move
 */
export function coin(model, add, room, isMain) {
  const flip = pushButton("Flip the coin", () => toss(1));
  const flipMore = pushButton(
    "Flip it ten times",
    () => toss(SEVERAL),
    isMain ? MAIN : {},
  );
  const append = pushButton("Add it to the text", () => {
    const drawn = model.get("drawn");
    if (shown && drawn !== null) add(shown.pieces[drawn]);
  });
  const result = element("p", { role: "status" });
  const buttons = element("div", { class: "ll-buttons" }, flip, flipMore);
  const said = element("div", { class: "ll-coin" }, result, append);
  const strip = coinStrip();
  /** @type {Shown | null} */
  let shown = null;

  /** @param {number} count */
  function toss(count) {
    if (!shown) return;
    const { ids, odds } = shown;
    const more = Array.from({ length: count }, () => {
      const fell = Math.random();
      return /** @type {Flip} */ ([fell, ids[rankDrawn(odds, fell)]]);
    });
    setTraits(model, {
      flips: [...model.get("flips"), ...more],
      drawn: more[count - 1][1],
    });
  }

  /** @param {Shown | null} now */
  function update(now) {
    shown = now;
    for (const one of [flip, flipMore]) setOff(one, !now || now.isWaiting);
    strip.node.hidden = !now;
    const isDrawn = now !== null && now.drawnRank >= 0;
    const isText = isDrawn && now.marks[now.ids[now.drawnRank]] === undefined;
    setOff(append, !(isText && now.isCurrent));
    if (!now) return setText(result, "");
    const { pieces, marks, endings } = now;
    const flips = model.get("flips");
    setText(result, isDrawn && flips.length ? flipInWords(now, flips) : "");
    const coins = isDrawn ? flips.map(([fell]) => fell) : [];
    strip.update({ lots: lotsOf(now, room), coins, pieces, marks, endings });
  }
  return { buttons, said, strip: strip.node, update, stop: strip.stop };
}
