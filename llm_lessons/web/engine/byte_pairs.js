// Between text and tokens: byte-pair encoding as a GGUF file describes it.
//
// Beside `text/bpe.py`, where a library does the cutting, and which says where each way
// of cutting comes from. A text is cut into words, a word into bytes, written as
// letters, and neighbours are joined, the pair that was learned first before the
// others.

import { Refusal, shown } from "./checks.js";
import { hexOf, InBytes, joinNeighbours, wholeCharacters } from "./tokenizer.js";

/** GPT-2's (encoder.py in OpenAI's gpt-2). */
const GPT2_WORDS = "'s|'t|'re|'ve|'m|'ll|'d" +
  "| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
/** In the endings letters may be large; the long s is a small form of the large S. */
const ENDINGS = "'(?:[sS\u017fdDmMtT]|[lL][lL]|[vV][eE]|[rR][eE])";
const LLAMA3_WORDS = `${ENDINGS}|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}` +
  "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
const QWEN2_WORDS = LLAMA3_WORDS.replace("\\p{N}{1,3}", "\\p{N}");
const UPPER = "\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}";
const LOWER = "\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}";
const TEKKEN_WORDS = `[^\\r\\n\\p{L}\\p{N}]?[${UPPER}]*[${LOWER}]+` +
  `|[^\\r\\n\\p{L}\\p{N}]?[${UPPER}]+[${LOWER}]*|\\p{N}` +
  "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

const WAYS = new Map([
  ["gpt-2", GPT2_WORDS],
  ["smollm", GPT2_WORDS], // between digits, which stand alone
  ["llama-bpe", LLAMA3_WORDS],
  ["llama3", LLAMA3_WORDS],
  ["llama-v3", LLAMA3_WORDS],
  ["qwen2", QWEN2_WORDS],
  ["deepseek-r1-qwen", QWEN2_WORDS],
  ["tekken", TEKKEN_WORDS],
]);
const DIGIT = /(\p{N})/u;

/**
 * Ways that take a word which is in the vocabulary whole, and begin every text with a
 * token of its own, unless their file says no.
 */
export const WHOLE_WORDS = ["llama-bpe", "llama3", "llama-v3", "tekken"];

/**
 * What cuts a text into words in this way.
 * @param {string} way as a file's `tokenizer.ggml.pre` names it
 * @returns {(text: string) => string[]}
 */
function wordCutter(way) {
  const source = WAYS.get(way);
  if (source === undefined) {
    const [last, ...known] = [...WAYS.keys()].reverse();
    throw new Refusal(
      `This vocabulary cuts a text into words in a way called ${shown(way)}; a page ` +
        `knows ${known.reverse().join(", ")} and ${last}. Take another model.`,
    );
  }
  // What JavaScript calls a space is not what Unicode does.
  const spaces = source.replaceAll("\\s", "\\p{White_Space}")
    .replaceAll("\\S", "\\P{White_Space}");
  const word = new RegExp(spaces, "gu");
  const words = (/** @type {string} */ text) => text.match(word) ?? [];
  return way === "smollm" ? (text) => text.split(DIGIT).flatMap(words) : words;
}

/**
 * What a file says of its vocabulary. `kinds`: numbers as in llama.cpp.
 * @typedef {object} BytePairs
 * @property {string[]} tokens bytes written as letters
 * @property {number[]} kinds of the tokens
 * @property {string[]} merges pairs to join, the first ones first
 * @property {string} way in which a text is cut into words
 */

const NORMAL = 1;
/** The kind of a token that stays whole wherever it stands in a text. */
export const STAYS_WHOLE = 4;
const SPECIAL_KINDS = [2, 3, 5]; // unknown, control, unused
/** What would mean something in a pattern. */
const MEANT = /[\\^$.*+?()[\]{}|/]/g;

/**
 * The letter that stands for each byte (GPT-2's encoder.py): bytes that print in
 * Latin-1 for themselves, the others from U+0100 on, in order.
 */
function byteLetters() {
  let others = 0x100;
  return Array.from({ length: 256 }, (_, byte) => {
    const isOwn = byte > 32 && byte < 127 || byte > 160 && byte !== 173;
    return String.fromCharCode(isOwn ? byte : others++);
  });
}

/**
 * A token's text, or its bytes where they are no text.
 * @param {Uint8Array} bytes @param {TextDecoder} decoder a strict one
 */
function pieceOf(bytes, decoder) {
  try {
    return decoder.decode(bytes);
  } catch {
    return `<${Array.from(bytes, (byte) => `0x${hexOf(byte)}`).join(" ")}>`;
  }
}

/** @param {string} why @returns {never} */
export function noVocabulary(why) {
  throw new Refusal(`This file's vocabulary is damaged: ${why}. Fetch it anew.`);
}

export class BytePairTokenizer extends InBytes {
  #letters = byteLetters();
  /** Ids of what is text. @type {Map<string, number>} */
  #idOf = new Map();
  /** By both, with a space between. @type {Map<string, number>} */
  #ranks = new Map();
  #encoder = new TextEncoder();
  #words;
  #takesWholeWords;
  #wholePieces;

  /** @param {BytePairs} vocabulary */
  constructor({ tokens, kinds, merges, way }) {
    const words = wordCutter(way);
    const [spelled, encoder] = [spelling(), new TextEncoder()];
    const bytesOf = (/** @type {number} */ id) => {
      if (SPECIAL_KINDS.includes(kinds[id])) return new Uint8Array();
      return kinds[id] === STAYS_WHOLE
        ? encoder.encode(tokens[id])
        : spelled(tokens[id]);
    };
    const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    const pieces = tokens.map((token, id) => {
      if (kinds[id] === STAYS_WHOLE || SPECIAL_KINDS.includes(kinds[id])) return token;
      if (kinds[id] !== NORMAL) noVocabulary(`${shown(token)} is of kind ${kinds[id]}`);
      return pieceOf(spelled(token), decoder);
    });
    super(pieces, bytesOf);
    this.#words = words;
    this.#takesWholeWords = WHOLE_WORDS.includes(way);
    this.#wholePieces = eachOf(tokens.filter((_, id) => kinds[id] === STAYS_WHOLE));
    for (const [i, token] of tokens.entries()) {
      if (SPECIAL_KINDS.includes(kinds[i])) this.specialIds.set(token, i);
      else this.#idOf.set(token, i);
    }
    for (const [rank, pair] of merges.entries()) {
      const [left, right, ...more] = pair.split(" ");
      const isKnown = (/** @type {string} */ part) => this.#idOf.has(part);
      if (more.length || ![left, right, left + right].every(isKnown)) {
        noVocabulary(`it joins ${shown(pair)}`);
      }
      this.#ranks.set(pair, rank);
    }
  }

  /**
   * Cut a text into token ids. Characters that the vocabulary can't spell become
   * U+FFFD, as half a surrogate pair does. The name of a token that is no text is text.
   * @param {string} text
   * @returns {number[]}
   */
  encode(text) {
    const parts = this.#spellable(wholeCharacters(text)).split(this.#wholePieces);
    return parts.flatMap((part, i) =>
      i % 2
        ? this.#idOf.get(part) ?? []
        : this.#words(part).flatMap((word) => this.#joined(word))
    );
  }

  /** @param {string} text */
  #spellable(text) {
    const isSpelled = (/** @type {string} */ part) =>
      this.#encoder.encode(part).every((byte) => this.#idOf.has(this.#letters[byte]));
    if (isSpelled(text)) return text;
    return Array.from(text, (one) => isSpelled(one) ? one : "\ufffd").join("");
  }

  /** @param {string} word */
  #joined(word) {
    const symbols = Array.from(
      this.#encoder.encode(word),
      (byte) => this.#letters[byte],
    );
    const whole = this.#takesWholeWords && this.#idOf.get(symbols.join(""));
    if (typeof whole === "number") return [whole];
    const joined = joinNeighbours(symbols, (left, right) => {
      const rank = this.#ranks.get(`${left} ${right}`);
      return rank === undefined ? undefined : -rank;
    });
    return joined.flatMap((one) => this.#idOf.get(one) ?? []);
  }
}

/**
 * A pattern by which a text is split at these pieces: they stand at its odd places
 * then. Of two that begin at one place the longer is taken.
 * @param {string[]} pieces
 */
function eachOf(pieces) {
  const longestFirst = pieces.filter(Boolean).sort((a, b) => b.length - a.length);
  const any = longestFirst.map((piece) => piece.replace(MEANT, "\\$&")).join("|");
  return new RegExp(`(${any || "(?!)"})`);
}

/** Gives the bytes of a token that is written in letters. */
function spelling() {
  /** By their letters' codes. @type {number[]} */
  const byteOf = [];
  byteLetters().forEach((letter, byte) => byteOf[letter.charCodeAt(0)] = byte);
  return (/** @type {string} */ token) => {
    const bytes = new Uint8Array(token.length);
    for (let i = 0; i < token.length; i += 1) {
      const byte = byteOf[token.charCodeAt(i)];
      if (byte === undefined) noVocabulary(`${shown(token)} is no bytes`);
      bytes[i] = byte;
    }
    return bytes;
  };
}
