// The widget: two runs side by side. They were drawn ahead, so each click only shows
// one flip more; the kernel is asked for new runs alone.

import { barTable } from "../lib/bars.js";
import { control, element, newId, setOff, setText } from "../lib/dom.js";
import { setTrait } from "../lib/widget_model.js";
import { visiblePiece } from "../lib/pieces.js";
import { later, PATIENCE } from "../lib/timers.js";
import "./two_runs.css" with { type: "text" };

/** @import { Model, View } from "../lib/widget_model.js" */
/** @import { Marks, Pieces } from "../lib/pieces.js" */
/**
 * The token drawn, its chance, where the coin fell, where the token's part begins, and
 * the likeliest tokens with their chances.
 * @typedef {[number, number, number, number, [number, number][]]} Flip
 */
/** @typedef {{ seed: number, flips: Flip[] }} Run */
/**
 * @typedef {object} Traits
 * @property {string} prompt
 * @property {number} flips how many are made
 * @property {boolean} same_coins
 * @property {Run[]} _runs
 * @property {Pieces} _pieces
 * @property {Marks} _marks
 * @property {number} _size tokens of the vocabulary
 * @property {number} _bars
 * @property {number} _pair which two of the runs are shown
 * @property {number} _wanted runs that the page asks for
 */
/** @typedef {{ run: Run, flips: number, partedAt: number }} Side */

/** @type {(keyof Traits)[]} */
const TRAITS = ["flips", "same_coins", "_pair", "_runs"];

/**
 * What the bars need to know of one flip; before it is made, nothing is marked.
 * @param {Flip} flip @param {boolean} isMade
 */
export function oddsOfFlip([token, chance, , , likeliest], isMade) {
  const ids = likeliest.map(([id]) => id);
  const chances = likeliest.map(([, one]) => one);
  let drawnRank = isMade ? ids.indexOf(token) : -1;
  if (isMade && drawnRank < 0) {
    drawnRank = ids.push(token) - 1;
    chances.push(chance);
  }
  return { ids, drawnRank, chance: (/** @type {number} */ rank) => chances[rank] };
}

/** @param {Model<Traits>} model @param {number} number */
function sideOfPage(model, number) {
  const [pieces, marks] = [() => model.get("_pieces"), () => model.get("_marks")];
  const id = newId();
  const name = element("p", { id, class: "ll-name" });
  const about = { tabindex: "0", role: "group", "aria-label": `Text of run ${number}` };
  const text = control("div", { class: "ll-text", ...about });
  const bars = barTable(model.get("_bars"));
  const coin = element("p", { class: "ll-coin-says" });
  const group = { role: "group", "aria-labelledby": id };
  const node = element("div", group, name, text, bars.node, coin);

  /** @param {Flip} flip @param {number} place @param {Omit<Side, "run">} side */
  function tokenNode([token], place, { partedAt, flips }) {
    const mark = marks()[token];
    const words = mark ?? pieces()[token].replace(/\n/g, "↵\n");
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
  function update({ run, flips, partedAt }) {
    const made = run.flips.slice(0, flips);
    const isMade = made.length > 0;
    const flip = run.flips[isMade ? made.length - 1 : 0];
    setText(name, `Run ${number}, seed ${run.seed}`);
    const prompt = element("span", { class: "ll-given" }, model.get("prompt"));
    const state = { partedAt, flips };
    text.replaceChildren(prompt, ...made.map((one, i) => tokenNode(one, i + 1, state)));
    text.scrollTop = text.scrollHeight;
    const { ids, drawnRank, chance } = oddsOfFlip(flip, isMade);
    const size = model.get("_size");
    const odds = { kept: size, chance, share: chance };
    bars.update({ ids, size, odds, drawnRank, pieces: pieces(), marks: marks() });
    const [token, share, fell, start] = flip;
    const drawn = visiblePiece(pieces()[token], marks()[token]);
    const [from, to] = [start, start + share].map((x) => x.toFixed(3));
    const where = `Coin ${fell.toFixed(3)}: “${drawn}” lies from ${from} to ${to}.`;
    setText(coin, isMade ? where : "The coin has not been flipped yet.");
  }
  return { node, update };
}

/**
 * The number of the first flip that fell differently, from 1; 0 if none has so far.
 * @param {Run} one @param {Run} other @param {number} flips
 */
export function firstParting(one, other, flips) {
  for (let i = 0; i < flips; i += 1) {
    const [a, b] = [one.flips[i], other.flips[i]];
    if (!a && !b) return 0;
    if (!a || !b || a[0] !== b[0]) return i + 1;
  }
  return 0;
}

/**
 * @param {Model<Traits>} model @param {Run[]} runs @param {number} flips
 * @param {number} partedAt
 */
function inWords(model, runs, flips, partedAt) {
  if (flips === 0) {
    const seeds = [...new Set(runs.map((run) => run.seed))].join(" and ");
    return `Nothing is drawn yet. The bars show the first flip's odds. ` +
      `Seeds: ${seeds}.`;
  }
  const [one, other] = runs.map(({ flips: all }) => {
    if (flips > all.length) return undefined;
    const [token] = all[flips - 1];
    return `“${visiblePiece(model.get("_pieces")[token], model.get("_marks")[token])}”`;
  });
  /** @param {string | undefined} piece @param {number} number */
  const each = (piece, number) =>
    piece ? `run ${number} drew ${piece}` : `run ${number} has ended`;
  const drew = one && one === other
    ? `both runs drew ${one}`
    : `${each(one, 1)}, ${each(other, 2)}`;
  const parting = partedAt === 0
    ? "They are still the same."
    : partedAt === flips
    ? "Here they part."
    : `They parted at flip ${partedAt}.`;
  const isOver = runs.every((run) => flips >= run.flips.length);
  return `Flip ${flips}: ${drew}. ${parting}${isOver ? " This is the end." : ""}`;
}

/**
 * Which two runs are shown: the next two, time after time. Where all have been seen,
 * the kernel draws more; where no kernel is, the first ones come again.
 * @param {Model<Traits>} model @param {() => void} update
 */
function pairOfRuns(model, update) {
  let [isWaiting, isAlone] = [false, false];
  const giveUp = later(PATIENCE, () => {
    isAlone = true;
    begin(0);
  });

  function shown() {
    const [runs, first] = [model.get("_runs"), 2 * model.get("_pair")];
    const second = model.get("same_coins") ? first : first + 1;
    return [runs[first], runs[second]];
  }
  /** @param {number} number */
  function begin(number) {
    isWaiting = false;
    giveUp.stop();
    setTrait(model, "flips", 0);
    setTrait(model, "_pair", number);
    update();
  }
  function startAgain() {
    if (isWaiting) return;
    const next = model.get("_pair") + 1;
    const needed = 2 * (next + 1);
    if (model.get("_runs").length >= needed) return begin(next);
    if (isAlone) return begin(0);
    isWaiting = true;
    setTrait(model, "_wanted", needed);
    giveUp.start();
    update();
  }
  model.on("change:_runs", () => {
    isAlone = false;
    if (isWaiting) begin(model.get("_pair") + 1);
  });
  const state = () => ({ isWaiting, isAlone });
  return { shown, startAgain, stop: giveUp.stop, state };
}

/**
 * @param {Model<Traits>} model @param {(count: number) => void} flipMore
 * @param {() => void} startAgain
 */
function controls(model, flipMore, startAgain) {
  /** @param {string} name @param {() => void} onClick */
  const button = (name, onClick) => {
    const node = control("button", { type: "button" }, name);
    node.addEventListener("click", onClick);
    return node;
  };
  const flips = [
    button("Flip once", () => flipMore(1)),
    button("Ten flips", () => flipMore(10)),
    button("To the end", () => flipMore(Infinity)),
  ];
  const again = button("Start again", startAgain);
  const same = control("input", { type: "checkbox" });
  same.addEventListener("change", () => setTrait(model, "same_coins", same.checked));
  const label = element("label", {}, same, " Same coins on both sides");
  const node = element("div", { class: "ll-steps" }, ...flips, again, label);

  /** @param {boolean} isWaiting @param {boolean} isOver */
  function update(isWaiting, isOver) {
    same.checked = model.get("same_coins");
    for (const one of flips) setOff(one, isWaiting || isOver);
    setOff(again, isWaiting);
  }
  return { node, update };
}

/** @param {View<Traits>} view */
function render({ model, el }) {
  const pair = pairOfRuns(model, update);
  const steps = controls(model, flipMore, pair.startAgain);
  const status = element("p", { role: "status" });
  const sides = [sideOfPage(model, 1), sideOfPage(model, 2)];
  const both = element("div", { class: "ll-pair" }, ...sides.map((side) => side.node));
  el.append(
    element("div", { class: "ll-widget ll-two-runs" }, steps.node, status, both),
  );

  const longest = () => Math.max(...pair.shown().map((run) => run.flips.length));
  /** @param {number} count */
  function flipMore(count) {
    if (pair.state().isWaiting) return;
    setTrait(model, "flips", Math.min(model.get("flips") + count, longest()));
  }
  function update() {
    const [runs, flips] = [pair.shown(), model.get("flips")];
    const { isWaiting, isAlone } = pair.state();
    const partedAt = firstParting(runs[0], runs[1], flips);
    steps.update(isWaiting, flips >= longest());
    const excuse = "No model is answering, so these runs have been here before. ";
    const note = isAlone && flips === 0 ? excuse : "";
    const words = note + inWords(model, runs, flips, partedAt);
    setText(status, isWaiting ? "New runs are being drawn …" : words);
    sides.forEach((side, i) => side.update({ run: runs[i], flips, partedAt }));
  }
  for (const name of TRAITS) model.on(`change:${name}`, update);
  update();
  return pair.stop;
}

export default { render };
