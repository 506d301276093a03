// Probabilities as bars: a table, so that a screen reader reads token and percent.
// Rows are made once and written anew, for every frame of a moving slider.

import { control, counted, element, setLength, setText } from "./dom.js";
import { percent } from "./odds.js";
import { fillPiece } from "./pieces.js";
import "./bars.css" with { type: "text" };

/** @import { Endings, Marks, Pieces } from "./pieces.js" */
/** @typedef {(rank: number) => number} ByRank */
/**
 * @typedef {{ kept: number, share: ByRank, chance: ByRank, before?: ByRank }} BarOdds
 */
/**
 * @typedef {{ chance: number, share: number, cut: boolean, drawn: boolean,
 *   before: number | undefined, full: number, fell: number, flips: number }} Bar
 */
/**
 * How often a coin fell, and how often on which rank.
 * @typedef {{ flips: number, of: ByRank }} Tally
 */
/**
 * @typedef {object} Shown
 * @property {ArrayLike<number>} ids token ids, the likeliest first
 * @property {BarOdds} odds
 * @property {number} drawnRank below 0 where no token is drawn
 * @property {number} [size] tokens of the whole vocabulary, if `ids` are some of them
 * @property {Pieces} pieces @property {Marks} marks
 * @property {Endings} [endings] how words likely go on that tokens begin
 * @property {Tally} [tally]
 * @property {ByRank} [highest] chance that a token has at some stop of a slider: at
 *   every stop it then has a bar, and nothing jumps
 * @property {number} [full] the chance whose bar fills the width; else it is 1
 */

/**
 * Its words, where they are not English.
 * @typedef {{ token: string, chance: string, caption: string, rest: string,
 *   tokens: (n: number) => string, percent: (chance: number) => string }} BarWords
 */

export const BARS = 12; // for single tokens; all others share one more
const NAMED = 3; // that always have a bar; others need a chance that can be read
const READABLE = 0.001;

/** @type {BarWords} */
const IN_ENGLISH = {
  token: "Next token",
  chance: "Chance",
  caption: "Chance of every possible next token",
  rest: "everything else",
  tokens: (n) => counted(n, "token"),
  percent,
};

/** A row of the table. What it shows is kept, to write only what has changed. */
function barRow() {
  const name = element("th", { scope: "row" });
  const bar = element("div", { class: "ll-bar" });
  const before = element("div", { class: "ll-before", hidden: "" });
  const tally = element("div", { class: "ll-tally", hidden: "" }, element("b"));
  const track = element("td", { "aria-hidden": "true" }, bar, before, tally);
  const note = element("span", { class: "ll-unseen" });
  const number = element("span");
  const node = element("tr", {}, name, element("td", {}, note, number), track);
  /** @type {{ name?: string, length?: number, fell: number, named: boolean }} */
  const shows = { fell: 0, named: true };
  return { node, name, bar, before, tally, note, number, shows };
}

/**
 * Dots side by side, as many as flips fell here; many of them move together.
 * @param {ReturnType<typeof barRow>} row @param {number} fell
 */
function writeTally({ tally, shows }, fell) {
  if (shows.fell === fell) return;
  tally.hidden = fell === 0;
  tally.style.setProperty("--ll-fell", String(fell));
  setText(/** @type {HTMLElement} */ (tally.firstChild), String(fell));
  shows.fell = fell;
}

/** @param {ReturnType<typeof barRow>} row @param {BarWords} words @param {Bar} bar */
function writeRow(
  row,
  words,
  { chance, share, cut, drawn, before, full, fell, flips },
) {
  const length = (cut ? share : chance) / full;
  if (row.shows.length !== length) setLength(row.bar, Math.min(1, length), 2);
  row.shows.length = length;
  row.bar.hidden = length === 0;
  row.bar.classList.toggle("ll-too-long", length > 1);
  row.node.classList.toggle("ll-cut", cut);
  row.node.classList.toggle("ll-drawn", drawn);
  const was = before === undefined ? "" : `was ${percent(before)}, now `;
  const count = flips > 0 ? `${fell} of ${flips} flips, ` : "";
  setText(row.note, (cut ? "cut, was " : drawn ? "drawn, " : was) + count);
  setText(row.number, words.percent(cut ? share : chance));
  writeTally(row, fell);
  row.before.hidden = before === undefined;
  if (before !== undefined) {
    setLength(row.before, Math.min(1, before / full));
  }
}

export function barTable(bars = BARS, words = IN_ENGLISH) {
  const rows = Array.from({ length: bars }, barRow);
  const rest = barRow();
  const restCount = element("small");
  rest.name.append(`${words.rest} `, restCount);
  rest.node.classList.add("ll-rest");
  const heads = [words.token, words.chance].map((text) =>
    element("th", { scope: "col" }, element("span", { class: "ll-unseen" }, text))
  );
  const body = element("tbody", {}, ...rows.map((row) => row.node), rest.node);
  const node = element(
    "table",
    { class: "ll-bars" },
    element("caption", { class: "ll-unseen" }, words.caption),
    element("thead", {}, element("tr", {}, ...heads, element("td"))),
    body,
  );

  /**
   * @param {ReturnType<typeof barRow>} row @param {number} rank @param {Shown} shown
   */
  function writeToken(row, rank, shown) {
    const { ids, odds, pieces, marks, drawnRank, endings = {}, tally, full = 1 } =
      shown;
    const id = ids[rank];
    const name = `${id} ${endings[id] ?? ""}`;
    if (row.shows.name !== name) {
      fillPiece(row.name, pieces[id], marks[id], endings[id]);
    }
    row.shows.name = name;
    const cut = rank >= odds.kept;
    const [chance, share] = [odds.chance(rank), odds.share(rank)];
    const before = odds.before?.(rank);
    const [flips, fell] = [tally?.flips ?? 0, tally?.of(rank) ?? 0];
    const drawn = rank === drawnRank;
    writeRow(row, words, { chance, share, cut, drawn, before, full, fell, flips });
  }

  /**
   * Whether a token has a bar of its own: some do whatever their chance.
   * @param {number} rank @param {Shown} shown
   */
  function isNamed(rank, { odds, drawnRank, tally, highest }) {
    const ever = [odds.before?.(rank) ?? 0, highest?.(rank) ?? 0];
    const chances = [odds.chance(rank), odds.share(rank), ...ever];
    return rank < NAMED || rank === drawnRank || (tally?.of(rank) ?? 0) > 0 ||
      Math.max(...chances) >= READABLE;
  }

  /**
   * Behind the last bar stands room for the others, so that nothing below moves.
   * @param {boolean[]} named by row
   */
  function arrange(named) {
    const changed = rows.filter((row, i) =>
      row.node.classList.toggle("ll-nameless", !named[i]) === row.shows.named
    );
    rows.forEach((row, i) => row.shows.named = named[i]);
    if (changed.length === 0) return;
    const [before, behind] = [true, false].map((side) =>
      rows.filter((row) => row.shows.named === side).map((row) => row.node)
    );
    body.replaceChildren(...before, rest.node, ...behind);
  }

  /**
   * The leading tokens, and all others as one. A drawn token that is none of the
   * leading takes the last place, so that no button moves under the learner's hand.
   * One whose chance is too small to be read joins the others.
   * Where not all tokens have their ids here, `size` says how many there are. Odds that
   * tell what a chance was before have it drawn, as an outline.
   * @param {Shown} shown
   */
  function update(shown) {
    const { ids, odds, drawnRank, size = ids.length, tally, full = 1 } = shown;
    const leading = Array.from({ length: Math.min(bars, ids.length) }, (_, i) => i);
    if (drawnRank >= bars) leading[bars - 1] = drawnRank;
    const named = leading.map((rank) => isNamed(rank, shown));
    rows.forEach((row, i) => {
      row.node.hidden = i >= leading.length;
      if (i < leading.length) writeToken(row, leading[i], shown);
    });
    arrange(rows.map((_, i) => named[i] ?? false));
    const ranks = leading.filter((_, i) => named[i]);
    const others = size - ranks.length;
    rest.node.hidden = others === 0;
    const left = ranks.filter((rank) => rank < odds.kept);
    const cut = others - (odds.kept - left.length);
    /** @param {ByRank} part */
    const remainder = (part) =>
      Math.max(0, 1 - ranks.reduce((sum, rank) => sum + part(rank), 0));
    writeRow(rest, words, {
      chance: remainder(odds.chance),
      share: remainder(odds.share),
      cut: cut === others,
      drawn: false,
      before: odds.before && remainder(odds.before),
      full,
      flips: tally?.flips ?? 0,
      fell: tally
        ? ranks.reduce((left, rank) => left - tally.of(rank), tally.flips)
        : 0,
    });
    const some = cut > 0 && cut < others;
    const kept = `${(others - cut).toLocaleString("en")} of `;
    setText(restCount, `${some ? kept : ""}${words.tokens(others)}`);
  }

  return { node, update };
}

const STEPS = [1, 0.75, 0.5, 0.4, 0.3, 0.2, 0.15];

/**
 * A round number, at which the longest chance fills more than half of the width.
 * @param {number} longest above 0 and up to 1
 */
function fullWidth(longest) {
  let scale = 1;
  while (longest > 0 && longest <= scale / 10 && scale > 1e-6) scale /= 10;
  const steps = STEPS.map((step) => step * scale);
  return steps.filter((step) => step >= longest * (1 - 1e-9)).at(-1) ?? scale;
}

/** @param {number} share */
function widthInPercent(share) {
  return `${Number((100 * share).toPrecision(2))}\u00a0%`;
}

/**
 * The switch. `full(chances)` is the chance that fills the width, for these bars.
 * @param {() => void} redraw called when it is switched
 */
export function barScale(redraw) {
  const box = control("input", { type: "checkbox" });
  const width = element("span");
  const label = element("label", {}, box, " Enlarge the bars");
  const node = element("p", { class: "ll-bar-scale" }, label, width);
  box.addEventListener("change", redraw);

  /** @param {number[]} chances */
  function full(chances) {
    const now = box.checked ? fullWidth(Math.max(...chances)) : 1;
    setText(width, `full width: ${widthInPercent(now)}`);
    return now;
  }
  return { node, full };
}
