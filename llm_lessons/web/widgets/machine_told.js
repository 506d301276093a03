// What is said of the machine: the odds for the next token, what silence has changed,
// and what is pointed at, in words.

import { isPage, noAnswer, scriptsOfModels } from "../lib/answering.js";
import { barTable } from "../lib/bars.js";
import { element, pushButton, setText } from "../lib/dom.js";
import { percent } from "../lib/odds.js";
import { visiblePiece } from "../lib/pieces.js";
import { TEXT_BEGINS } from "../lib/signs.js";
import { announcer, patience } from "../lib/timers.js";
import { setTrait } from "../lib/widget_model.js";
import { headAt, most } from "./machine_numbers.js";

/** @import { Endings, Marks, Pieces } from "../lib/pieces.js" */
/** @import { Model } from "../lib/widget_model.js" */
/** @import { Pointed } from "./machine.js" */
/** @import { Head, Packed, State } from "./machine_numbers.js" */
/** @param {number} share */
const whole = (share) => `${Math.round(100 * share)}\u00a0%`;

/** A head counted from 1. @param {Head} head */
export const headName = ([layer, head]) => `layer ${layer + 1}, head ${head + 1}`;

/** @param {Float64Array} look @param {string[]} names */
export function lookInWords(look, names) {
  const told = most(look, 3).map(([i, weight]) => `“${names[i]}” ${whole(weight)}`);
  return told.length ? told.join(", ") : "no token much";
}

/**
 * @param {Head} head @param {Float64Array} look @param {string[]} names
 * @param {boolean} isOff
 */
function headInWords(head, look, names, isOff) {
  const looks = isOff ? "is off; it would look" : "looks";
  const where = lookInWords(look, names);
  return `From “${names[look.length - 1]}”, ${headName(head)} ${looks} at: ${where}.`;
}

/**
 * @param {number} token @param {{ head: Head, look: Float64Array }[]} looks
 * @param {string[]} names @param {number} column that looks
 */
function tokenInWords(token, looks, names, column) {
  if (token > column) {
    return `“${names[token]}” comes later: “${names[column]}” can't look at it.`;
  }
  const told = looks.map(({ head, look }) => /** @type {const} */ ([head, look[token]]))
    .filter(([, weight]) => weight >= 0.05)
    .sort((a, b) => b[1] - a[1]).slice(0, 3)
    .map(([head, weight]) => `${headName(head)} (${whole(weight)})`);
  const who = told.length ? told.join("; ") : "no head looks at it much";
  return `At “${names[token]}”, seen from “${names[column]}”: ${who}.`;
}

/**
 * @param {number} step @param {{ guess: string, chance: number, answer: string,
 *   own: number, rank: number }} there
 */
function stepInWords(step, { guess, chance, answer, own, rank }) {
  const when = step ? `after layer ${step}` : "before layer 1";
  const said = `If it stopped ${when}, it would say “${guess}” (${percent(chance)}).`;
  if (guess === answer) return said;
  const place = `number ${rank.toLocaleString("en")} in the list`;
  return `${said} “${answer}” is ${place} there (${percent(own)}).`;
}

/**
 * @param {number} count heads that are off
 * @param {{ ids: ArrayLike<number>, before: ArrayLike<number>,
 *   now: ArrayLike<number> }} bars
 * @param {(id: number) => string} name
 */
export function silenceInWords(count, { ids, before, now }, name) {
  const places = Array.from(ids, (_, i) => i);
  const best = (/** @type {ArrayLike<number>} */ odds) =>
    places.reduce((a, b) => (odds[b] > odds[a] ? b : a));
  const [old, fresh] = [best(before), best(now)];
  if (!count) {
    return `All heads are on. Favourite: “${name(ids[old])}”, ${percent(before[old])}.`;
  }
  const off = `${count} head${count > 1 ? "s are" : " is"} off.`;
  const change = `“${name(ids[old])}” had ${percent(before[old])} and now has ` +
    `${percent(now[old])}.`;
  const other = old === fresh
    ? ""
    : ` The favourite is now “${name(ids[fresh])}”, ${percent(now[fresh])}.`;
  return `${off} ${change}${other}`;
}

/**
 * All guesses on the way, those that stay the same told once.
 * @param {string[]} guessed a step each @param {ArrayLike<number>} chances
 * @param {string} from the token that looks
 */
export function guessesInWords(guessed, chances, from) {
  const told = guessed.map((name, step) => {
    if (step && guessed[step - 1] === name) return "";
    const when = step ? `after layer ${step}` : "before layer 1";
    return `${when} “${name}”, ${percent(chances[step])}`;
  });
  const way = told.filter(Boolean).join("; ");
  const what = "Columns of tokens, rows of layers.";
  return `${what} The guess from “${from}” on its way: ${way}.`;
}

/**
 * @typedef {{ text: string, silenced: Head[], column: number | null, _shown: string,
 *   _heard: string, _message: string, _names: Pieces, _endings: Endings[],
 *   _marks: Marks, _lm_name: string }} OwnTraits
 */
/** @typedef {OwnTraits & Packed} Traits */
/**
 * What the picture shows.
 * @typedef {{ state: State, trained: State, column: number }} Now
 */

const BARS_ON_TOP = 5;
const [POINT, PRESS] = matchMedia("(pointer: coarse)").matches
  ? ["Touch", "Touch it again"]
  : ["Point at", "Press one"];
const HINT = `${POINT} a head (an orange square) or a token to see who looks where. ` +
  `${PRESS} to silence the head, or to look from the token.`;

/** @param {Model<Traits>} model @param {boolean} isStocked each head alone is stored */
export function excuse(model, isStocked) {
  const stays = "so the picture stays as it is; you can point at all heads and tokens" +
    `${isStocked ? ", and silence one head" : ""}`;
  const name = model.get("_lm_name");
  if (!isPage() || scriptsOfModels().has(name)) {
    return noAnswer(model, `, ${stays}`);
  }
  return `The model ${name} is not in this page, ${stays}. For a text of your own, ` +
    "open the lesson on a computer.";
}

/** @param {Model<Traits>} model */
export function named(model) {
  return (/** @type {number} */ id) =>
    visiblePiece(model.get("_names")[id], model.get("_marks")[id]);
}

/**
 * The text as columns. What stands first and is no text says that a text begins.
 * @param {Model<Traits>} model
 */
export function settingOf(model) {
  const [layers, heads, size] = model.get("_sizes");
  const ids = model.get("_tokens");
  const pieces = ids.map((id) => model.get("_names")[id]);
  const marks = ids.map((id, i) => {
    const mark = model.get("_marks")[id];
    return mark && i === 0 ? TEXT_BEGINS : mark;
  });
  const names = pieces.map((piece, i) => visiblePiece(piece, marks[i]));
  return { layers, heads, size, names, pieces, marks };
}

/** @param {Model<Traits>} model @param {Now} now @param {Pointed | null} pointed */
function pointedInWords(model, { state, trained, column }, pointed) {
  if (!pointed) return HINT;
  const [name, { heads, layers, names }] = [named(model), settingOf(model)];
  const off = model.get("silenced").map(String);
  const { kind, index } = pointed;
  const lookOf = (/** @type {Head} */ head) => state.looks(...head, column);
  if (kind === "head") {
    const head = headAt(index, heads);
    return headInWords(head, lookOf(head), names, off.includes(String(head)));
  }
  if (kind === "token") {
    const all = Array.from({ length: layers * heads }, (_, i) => headAt(i, heads));
    const looks = all.filter((head) => !off.includes(String(head)))
      .map((head) => ({ head, look: lookOf(head) }));
    return tokenInWords(index, looks, names, column);
  }
  return stepInWords(index, {
    guess: name(state.guesses(column)[index]),
    chance: state.chances(column)[index],
    answer: name(trained.guesses(column)[layers]),
    own: state.own(column)[index],
    rank: state.ranks(column)[index],
  });
}

/**
 * The odds on top: chances now, and dotted those with all heads on.
 * @param {Model<Traits>} model
 */
export function oddsOnTop(model) {
  const bars = barTable(BARS_ON_TOP);
  const title = element("p", { class: "ll-out" });
  /** @param {Now} now @param {boolean} isStale */
  function update({ state, column }, isStale) {
    const size = model.get("_sizes")[2];
    const [before, now] = [state.before(column), state.now(column)];
    const chance = (/** @type {number} */ rank) => now[rank];
    const isOff = model.get("silenced").length > 0;
    const was = isOff ? (/** @type {number} */ rank) => before[rank] : undefined;
    bars.update({
      ids: state.ids(column),
      size,
      odds: { kept: size, share: chance, chance, before: was },
      drawnRank: -1,
      pieces: model.get("_names"),
      marks: model.get("_marks"),
      endings: model.get("_endings")[column],
    });
    const after = settingOf(model).names[column];
    const dotted = isOff ? "; dotted: all heads on" : "";
    setText(title, `next token after “${after}”${dotted}`);
    node.classList.toggle("ll-stale", isStale);
  }
  const node = element("div", { class: "ll-chances" }, title, bars.node);
  return { node, update };
}

/** @param {Model<Traits>} model @param {() => void} redraw */
export function words(model, redraw) {
  const [result, seen] = ["ll-result", "ll-seen"].map((name) =>
    element("p", { class: name })
  );
  const message = element("p", { class: "ll-message", role: "status" });
  const reset = pushButton("All heads on", () => setTrait(model, "silenced", []));
  const [heard, waiting] = [announcer(), patience(model, redraw)];
  const parts = [result, seen, reset, heard.node];
  const node = element("div", { class: "ll-told" }, ...parts);

  /**
   * @param {Now} now @param {Pointed | null} pointed
   * @param {{ isKnown: boolean, isStale: boolean }} how
   * @param {{ isStocked: () => boolean }} shelf
   */
  function update(now, pointed, { isKnown, isStale }, shelf) {
    const silenced = model.get("silenced");
    // Of a text that is not answered the box speaks.
    const isWaiting = !isKnown && model.get("text") === model.get("_heard");
    const isUnasked = isWaiting && waiting.isOver(String(silenced));
    if (!isWaiting) waiting.stop();
    setText(message, isUnasked ? excuse(model, shelf.isStocked()) : "");
    const { state, column } = now;
    const [ids, before, after] = [state.ids, state.before, state.now].map((table) =>
      table(column)
    );
    const bars = { ids, before, now: after };
    const told = silenceInWords(silenced.length, bars, named(model));
    setText(result, isKnown ? told : "…");
    result.classList.toggle("ll-stale", isStale);
    setText(seen, pointedInWords(model, now, pointed));
    if (isKnown) heard.say(told);
    reset.classList.toggle("ll-hidden", !silenced.length);
  }
  function stop() {
    heard.stop();
    waiting.stop();
  }
  return { node, message, update, stop };
}
