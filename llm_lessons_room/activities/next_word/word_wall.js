// The wall of words: every word of the room can be read, however many there are, and
// the model's own stand among them.

import { element, setText } from "../../../llm_lessons/web/lib/dom.js";
import { fitLetters } from "../../web/fit.js";
import { inDigits, rowsOnDemand, showIf, wholePercent } from "../../web/parts/stage.js";
import "./word_wall.css" with { type: "text" };

/** @import { Voted } from "./next_words.js" */
/**
 * `chance`: the model's, once it is shown. `isOwn`: one of its likeliest words.
 * @typedef {{ word: string, count: number, chance: number | null, isOwn: boolean }
 *   } WallWord
 */

const LARGEST_WORD = 2.6; // rem

/**
 * The room's words, the most frequent first, and behind them the model's own that
 * nobody wrote; large and small letters are one.
 * @param {Voted[]} words @param {Map<string, number>} chances by word
 * @param {Voted[]} own the model's likeliest words with their chances
 * @returns {WallWord[]}
 */
export function wallOf(words, chances, own) {
  const names = own.map(([word]) => word.toLocaleLowerCase());
  const written = words.map(([word, count]) => {
    const place = names.indexOf(word.toLocaleLowerCase());
    const chance = chances.get(word) ?? own[place]?.[1] ?? null;
    return { word, count, chance, isOwn: place >= 0 };
  });
  const known = new Set(words.map(([word]) => word.toLocaleLowerCase()));
  const rest = own.filter((_, i) => !known.has(names[i]));
  const unwritten = { count: 0, isOwn: true };
  return [
    ...written,
    ...rest.map(([word, chance]) => ({ word, chance, ...unwritten })),
  ];
}

function wallRow() {
  const [word, count] = [element("b"), element("span")];
  const chance = element("span", { class: "ll-wall-chance" });
  return Object.assign(element("li", {}, word, count, chance), {
    parts: { word, count, chance },
  });
}

/** @param {string} caption for screen readers @param {string} model its name */
export function wordWall(caption, model) {
  const node = element("ul", { class: "ll-word-wall", "aria-label": caption });
  const rowsOf = rowsOnDemand(wallRow);
  const fit = fitLetters(node, LARGEST_WORD);

  /** @param {WallWord[]} words */
  function update(words) {
    rowsOf(node, words.length).forEach(({ parts, classList }, i) => {
      const { word, count, chance, isOwn } = words[i];
      setText(parts.word, word);
      setText(parts.count, count > 1 ? `×${inDigits(count)}` : "");
      showIf(parts.count, count > 1);
      const share = chance === null ? "" : wholePercent(chance);
      setText(parts.chance, isOwn ? `${model} ${share}` : share);
      showIf(parts.chance, chance !== null);
      classList.toggle("ll-models-own", isOwn);
    });
    fit();
  }
  return { node, update };
}
