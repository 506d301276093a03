// One of two runs: its text so far, the strip on which its coin fell, and its bars.

import { barTable } from "../lib/bars.js";
import { coinStrip } from "../lib/coin_strip.js";
import { control, element, newId, setText } from "../lib/dom.js";
import { visiblePiece } from "../lib/pieces.js";
import { withBreaks } from "../lib/signs.js";

/** @import { Model } from "../lib/widget_model.js" */
/** @import { Endings, Marks, Pieces } from "../lib/pieces.js" */
/** @import { Lot } from "../lib/coin_strip.js" */
/** @import { OriginTraits } from "../lib/origins.js" */
/**
 * The token drawn, its chance, where the coin fell, where the token's part begins, the
 * likeliest tokens with their chances, and where the parts of these begin.
 * @typedef {[number, number, number, number, [number, number][], number[]]} Flip
 */
/** @typedef {{ seed: number, flips: Flip[] }} Run */
/** @typedef {{ pieces: Pieces, marks: Marks }} Names */
/** @typedef {{ runs: Run[] } & Names} Runs */
/**
 * @typedef {{ prompt: string, flips: number, same_coins: boolean, _size: number,
 *   _bars: number, _first: number, _seed: number, _pair: number }} OwnTraits
 */
/** @typedef {OwnTraits & OriginTraits} Traits */
/**
 * `text`: what the run goes on from. `origins`: the text of the run as nodes, where it
 * is asked where that came from.
 * @typedef {{ text: string, run: Run, flips: number, partedAt: number, full: number,
 *   endings: Endings, origins: Node[] | null } & Names} Side
 */

/**
 * What the bars need to know of one flip; before it is made, nothing is marked.
 * @param {Flip} flip @param {boolean} isMade
 */
export function oddsOfFlip([token, chance, , , likeliest], isMade) {
  const ids = likeliest.map(([id]) => id);
  const chances = likeliest.map(([, share]) => share);
  let drawnRank = isMade ? ids.indexOf(token) : -1;
  if (isMade && drawnRank < 0) {
    drawnRank = ids.push(token) - 1;
    chances.push(chance);
  }
  return { ids, drawnRank, chance: (/** @type {number} */ rank) => chances[rank] };
}

/**
 * Where the likeliest tokens lie on the strip, and the one that was drawn.
 * @param {Flip} flip @param {boolean} isMade @returns {Lot[]}
 */
export function lotsOfFlip([token, chance, , start, likeliest, starts], isMade) {
  const lots = likeliest.map(([id, share], i) => {
    const [from, isDrawn] = [starts[i], isMade && id === token];
    return { id, from, to: from + share, isDrawn };
  });
  const isListed = lots.some(({ id }) => id === token);
  if (!isMade || isListed) return lots;
  return [...lots, { id: token, from: start, to: start + chance, isDrawn: true }];
}

/** @param {Model<Traits>} model @param {number} number */
export function sideOfPage(model, number) {
  const id = newId();
  const name = element("p", { id, class: "ll-name" });
  const about = { tabindex: "0", role: "group", "aria-label": `Text of run ${number}` };
  const text = control("div", { class: "ll-text", translate: "no", ...about });
  const bars = barTable(model.get("_bars"));
  const [strip, coin] = [coinStrip(), element("p", { class: "ll-coin-says" })];
  const group = { role: "group", "aria-labelledby": id };
  const node = element("div", group, name, text, strip.node, coin, bars.node);

  /**
   * @param {Flip} flip @param {number} place
   * @param {Side} side
   */
  function tokenNode([token], place, { partedAt, flips, pieces, marks }) {
    const words = marks[token] ?? withBreaks(pieces[token]);
    const parts = place === partedAt;
    const node = element(parts ? "mark" : "span", {}, words);
    if (parts) {
      node.append(element("span", { class: "ll-unseen" }, " (they part here) "));
    }
    node.classList.toggle("ll-apart", partedAt > 0 && place > partedAt);
    node.classList.toggle("ll-new", place === flips);
    return node;
  }

  /** @param {Side} side */
  function update(side) {
    const { run, flips, full, endings, origins, pieces, marks } = side;
    const made = run.flips.slice(0, flips);
    const isMade = made.length > 0;
    const flip = run.flips[isMade ? made.length - 1 : 0];
    setText(name, `Run ${number}, seed ${run.seed}`);
    const prompt = element("span", { class: "ll-given" }, side.text);
    const written = origins ?? made.map((flip, i) => tokenNode(flip, i + 1, side));
    text.replaceChildren(prompt, ...written);
    text.scrollTop = text.scrollHeight;
    const { ids, drawnRank, chance } = oddsOfFlip(flip, isMade);
    const size = model.get("_size");
    const odds = { kept: size, chance, share: chance };
    const named = { pieces, marks, endings };
    bars.update({ ids, size, odds, drawnRank, full, ...named });
    const [token, share, fell, start] = flip;
    const coins = isMade ? [fell] : [];
    const turn = made.length;
    strip.update({ lots: lotsOfFlip(flip, isMade), coins, turn, ...named });
    const drawn = visiblePiece(pieces[token], marks[token]);
    const [from, to] = [start, start + share].map((x) => x.toFixed(3));
    const where = `Coin ${fell.toFixed(3)}: “${drawn}” lies from ${from} to ${to}.`;
    setText(coin, isMade ? where : "The coin has not been flipped yet.");
  }
  return { node, update, stop: strip.stop };
}
