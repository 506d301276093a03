// The coin, drawn: a strip from 0 to 1, laid with the chances of the next token. A
// needle falls where the coin's number is; earlier coins stay above it as dots.

import { atWidth, element, isCalm, setLength, setText } from "./dom.js";
import { percent } from "./odds.js";
import { visiblePiece } from "./pieces.js";
import "./coin_strip.css" with { type: "text" };

/** @import { Odds } from "./odds.js" */
/** @import { Endings, Marks, Pieces } from "./pieces.js" */
/**
 * Where a token lies on the strip. All that has no token is shared by the others.
 * @typedef {{ id: number, from: number, to: number, isDrawn?: boolean }} Lot
 */
/**
 * @typedef {object} Laid
 * @property {Lot[]} lots
 * @property {number[]} coins all that were flipped, the last one at the end
 * @property {number} [turn] the needle falls when this is more than before; otherwise
 *   it does so when there are more coins
 * @property {Pieces} pieces @property {Marks} marks @property {Endings} [endings]
 */

const FALL = 250; // milliseconds
const APART = 50; // milliseconds between the dots of several flips at once
const PLACES = 64; // piles side by side
const HIGHEST = 5; // dots of a pile at their full distance
const LETTER = 7.5; // pixels, at the most, of one letter on the strip

/**
 * Where the likeliest tokens lie, and the one that was drawn.
 * @param {{ ids: Int32Array, odds: Odds, drawnRank: number }} shown -1: none was drawn
 * @param {number} count
 * @returns {Lot[]}
 */
export function lotsOf({ ids, odds, drawnRank }, count) {
  /** @type {Lot[]} */
  const lots = [];
  let end = 0;
  const last = Math.max(count - 1, drawnRank);
  for (let rank = 0; rank <= last && rank < odds.kept; rank += 1) {
    const from = end;
    end += odds.chance(rank);
    const isDrawn = rank === drawnRank;
    if (rank < count || isDrawn) lots.push({ id: ids[rank], from, to: end, isDrawn });
  }
  return lots;
}

/**
 * The dots above the strip: each coin's pile, and its height in the pile, both from 0.
 * @param {number[]} coins
 * @returns {[number, number][]}
 */
export function piled(coins) {
  /** @type {Map<number, number>} */
  const heights = new Map();
  return coins.map((coin) => {
    const place = Math.min(PLACES - 1, Math.floor(coin * PLACES));
    const height = heights.get(place) ?? 0;
    heights.set(place, height + 1);
    return [place, height];
  });
}

/**
 * The lots in their order, and the gaps between them, which belong to all others.
 * @param {Lot[]} lots
 */
export function withGaps(lots) {
  /** @type {{ from: number, to: number, lot?: Lot }[]} */
  const parts = [];
  let end = 0;
  for (const lot of [...lots].sort((a, b) => a.from - b.from)) {
    if (lot.from > end + 1e-4) parts.push({ from: end, to: lot.from });
    parts.push({ from: Math.max(lot.from, end), to: lot.to, lot });
    end = Math.max(end, lot.to);
  }
  if (end < 1 - 1e-4) parts.push({ from: end, to: 1 });
  return parts;
}

/** Dots that pile up. New ones fall, one after the other. */
function dotsAbove() {
  const node = element("div", { class: "ll-coins" });
  /** @type {number[]} */
  let shown = [];
  let isFilled = false; // what a page begins with does not fall

  /** @param {number[]} coins */
  function update(coins) {
    const goesOn = shown.every((coin, i) => coin === coins[i]);
    if (goesOn && shown.length === coins.length) {
      isFilled = true;
      return;
    }
    const kept = goesOn ? shown.length : 0;
    const places = piled(coins);
    const most = Math.max(HIGHEST, ...places.map(([, height]) => height + 1));
    node.style.setProperty("--ll-step", `${(100 / most).toFixed(3)}%`);
    const fresh = places.slice(kept).map(([place, height], i) => {
      const dot = element("i");
      dot.style.left = `${(100 * (place + 0.5)) / PLACES}%`;
      dot.style.setProperty("--ll-height", String(height));
      if (isFilled && !isCalm()) fall(dot, APART * i);
      return dot;
    });
    if (!kept) node.replaceChildren();
    node.append(...fresh);
    [shown, isFilled] = [coins, true];
  }
  return { node, update };
}

/** @param {HTMLElement} node @param {number} delay */
function fall(node, delay) {
  const above = { transform: "translateY(-24px)", opacity: 0 };
  const timing = { duration: FALL, easing: "cubic-bezier(0.5, 0, 1, 0.6)" };
  node.animate([above, { transform: "none", opacity: 1 }], {
    ...timing,
    delay,
    fill: "backwards",
  });
}

/** @param {Laid} laid */
function stripInWords({ lots, coins, pieces, marks }) {
  const drawn = lots.find((lot) => lot.isDrawn);
  const coin = coins.at(-1);
  const strip = "All chances end to end on a strip from 0 to 1.";
  if (coin === undefined) return strip;
  const where = drawn
    ? `, on “${visiblePiece(pieces[drawn.id], marks[drawn.id])}”, ` +
      `from ${drawn.from.toFixed(3)} to ${drawn.to.toFixed(3)}`
    : "";
  return `${strip} The coin fell at ${coin.toFixed(3)}${where}.`;
}

/**
 * `update` lays the strip. Of `coins`, the last has the needle, the others have dots.
 * What it says is English where no other words are given.
 * @param {{ others?: string, inWords?: (laid: Laid) => string,
 *   numeral?: (value: number, digits: number) => string }} [words]
 */
export function coinStrip(words = {}) {
  const { others = "everything else", inWords = stripInWords } = words;
  const { numeral = (value, digits) => value.toFixed(digits) } = words;
  const tape = element("div", { class: "ll-tape" });
  const number = element("span");
  const needle = element("div", { class: "ll-needle", hidden: "" }, number);
  const dots = dotsAbove();
  const ends = element("div", { class: "ll-ends" });
  ends.append(...["0", numeral(0.5, 1), "1"].map((text) => element("span", {}, text)));
  const field = element("div", { class: "ll-field-of-coins" }, dots.node, tape, needle);
  const node = element("div", { class: "ll-coin-strip", role: "img" }, field, ends);
  /** @type {HTMLElement[]} */
  const slots = [];
  let [count, width] = [-1, 0];
  /** @type {Laid | undefined} */
  let shown;

  /** @param {number} place */
  function slot(place) {
    return slots[place] ??= tape.appendChild(element("span"));
  }

  /** @param {Laid} laid */
  function lay({ lots, pieces, marks, endings }) {
    const parts = withGaps(lots);
    parts.forEach(({ from, to, lot }, i) => {
      const one = slot(i);
      one.style.left = `${(100 * from).toFixed(3)}%`;
      setLength(one, to - from);
      one.className = !lot ? "ll-others" : lot.isDrawn ? "ll-fell" : "";
      one.classList.toggle("ll-odd", i % 2 > 0);
      const name = lot ? visiblePiece(pieces[lot.id], marks[lot.id]) : others;
      const ending = lot ? endings?.[lot.id] ?? "" : "";
      const room = (to - from) * width - 6;
      const fits = [name + ending, name].find((t) => t.length * LETTER <= room) ?? "";
      setText(one, fits);
      one.title = `${name}${ending}: ${percent(to - from)}`;
      one.hidden = false;
    });
    slots.slice(parts.length).forEach((one) => one.hidden = true);
  }

  /** @param {number[]} coins @param {number} turn */
  function drop(coins, turn) {
    const coin = coins.at(-1);
    needle.hidden = coin === undefined;
    if (coin !== undefined) {
      needle.style.left = `${(100 * coin).toFixed(3)}%`;
      needle.classList.toggle("ll-at-right", coin > 0.5);
      setText(number, numeral(coin, 3));
      const more = turn - count;
      const delay = APART * Math.min(more, coins.length) - APART;
      if (count >= 0 && more > 0 && !isCalm()) fall(needle, delay);
    }
    count = turn;
  }

  /** @param {Laid} laid */
  function update(laid) {
    shown = laid;
    lay(laid);
    dots.update(laid.coins.slice(0, -1));
    drop(laid.coins, laid.turn ?? laid.coins.length);
    node.setAttribute("aria-label", inWords(laid));
  }
  // Names stand on the strip where they have room.
  const stop = atWidth(tape, (now) => {
    width = now;
    if (shown) lay(shown);
  });
  return { node, update, stop };
}
