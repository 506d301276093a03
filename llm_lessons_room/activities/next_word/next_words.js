// Words that a room writes behind a prompt, and what the class model makes of them.

import { chanceOf } from "../../../llm_lessons/web/answers/texts.js";
import { likelyEnding } from "../../../llm_lessons/web/answers/words.js";
import { sortScores } from "../../../llm_lessons/web/lib/odds.js";
import { roomTemperature } from "./room_temperature.js";

/** @import { LanguageModel } from "../../../llm_lessons/web/engine/model.js" */
/** @import { Reader } from "../../../llm_lessons/web/engine/kv_cache.js" */
/** @import { RoomTemperature } from "./room_temperature.js" */
/** A word and how often it was written. @typedef {[string, number]} Voted */
/**
 * What the model says of the words: the chance of each, over all of its pieces; its own
 * likeliest words with theirs; and the room's own temperature.
 * @typedef {{ chances: Map<string, number>, top: Voted[],
 *   heat: RoomTemperature | null }} WordScores
 */

const [OWN_WORDS, OWN_CANDIDATES] = [3, 6]; // of the model, on the wall
const TOKEN_CANDIDATES = 40; // of the likeliest, until there are words enough
const A_WORD = /^[\p{L}’'-]{2,20}$/u;

/**
 * The same words in large and small letters as one, in the commonest spelling; the most
 * frequent first.
 * @param {Voted[]} words
 * @returns {Voted[]}
 */
export function mergeWords(words) {
  /** @type {Map<string, { count: number, spelling: string, most: number }>} */
  const merged = new Map();
  for (const [word, count] of words) {
    const key = word.toLocaleLowerCase();
    const known = merged.get(key) ?? { count: 0, spelling: word, most: 0 };
    const isMost = count > known.most;
    merged.set(key, {
      count: known.count + count,
      spelling: isMost ? word : known.spelling,
      most: isMost ? count : known.most,
    });
  }
  return [...merged.values()]
    .map(({ spelling, count }) => /** @type {Voted} */ ([spelling, count]))
    .sort(([, a], [, b]) => b - a);
}

/**
 * Some of the model's likeliest words, by their first tokens. Yields between tokens.
 * @param {Reader} reader @param {number[]} ids of the prompt @param {number} count
 * @returns {Generator<void, string[]>}
 */
function* likelyWords(reader, ids, count) {
  const { lm } = reader;
  const sorted = sortScores(yield* reader.read(ids));
  /** @type {Set<string>} */
  const words = new Set();
  for (const token of sorted.ids.subarray(0, TOKEN_CANDIDATES)) {
    const piece = lm.tokenizer.pieces[token];
    if (!piece.startsWith(" ")) continue;
    const word = piece.trim() + (yield* likelyEnding(reader, ids.length, token));
    if (A_WORD.test(word)) words.add(word);
    if (words.size === count) break;
  }
  return [...words];
}

/**
 * Some of the model's likeliest words, in an order that tells nothing. Yields between
 * tokens.
 * @param {LanguageModel} lm @param {string} prompt @param {number} count
 * @param {(words: string[]) => void} onResult
 * @returns {Generator<void, void>}
 */
export function* suggestWords(lm, prompt, count, onResult) {
  const words = yield* likelyWords(lm.reader(), lm.encode(prompt.trimEnd()), count);
  onResult(words.sort((a, b) => a.localeCompare(b)));
}

/**
 * The model's likeliest whole words, with their chances. Yields between tokens.
 * @param {Reader} reader @param {string} text @param {number[]} ids of it
 * @returns {Generator<void, Voted[]>}
 */
function* topWords(reader, text, ids) {
  /** @type {Voted[]} */
  const top = [];
  for (const word of yield* likelyWords(reader, ids, OWN_CANDIDATES)) {
    top.push([word, yield* chanceOf(reader, text, ` ${word}`)]);
  }
  return top.sort(([, a], [, b]) => b - a).slice(0, OWN_WORDS);
}

/**
 * What the model says of words behind a prompt. Yields between tokens.
 * @param {LanguageModel} lm @param {string} prompt @param {Voted[]} words
 * @param {(scores: WordScores) => void} onResult
 * @returns {Generator<void, void>}
 */
export function* scoreWords(lm, prompt, words, onResult) {
  const [reader, text] = [lm.reader(), prompt.trimEnd()];
  const before = lm.encode(text);
  const logits = yield* reader.read(before);
  /** @type {Map<string, number>} */
  const chances = new Map();
  /** @type {Map<number, number>} */
  const firsts = new Map();
  for (const [word, count] of words) {
    const spellings = [...new Set([word, word.toLocaleLowerCase()])];
    let best = { chance: -1, spelling: word };
    for (const spelling of spellings) {
      const chance = yield* chanceOf(reader, text, ` ${spelling}`);
      if (chance > best.chance) best = { chance, spelling };
    }
    chances.set(word, best.chance);
    const whole = lm.encode(`${text} ${best.spelling}`);
    let first = 0;
    while (first < before.length && whole[first] === before[first]) first += 1;
    // A word that is joined to the prompt's last token has no first piece of its own.
    if (first < before.length) continue;
    firsts.set(whole[first], (firsts.get(whole[first]) ?? 0) + count);
  }
  const top = yield* topWords(reader, text, before);
  onResult({ chances, top, heat: roomTemperature(logits, firsts) });
}
