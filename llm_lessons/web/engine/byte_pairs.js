// Between text and tokens: byte-pair encoding as SmolLM2's file describes it.
//
// Beside `text/bpe.py`, where a library does the cutting. A text is cut into words, a
// word into bytes, written as letters, and neighbours are joined, the pair that was
// learned first before the others.

import { hexOf, InBytes, joinNeighbours, wholeCharacters } from "./tokenizer.js";

/** GPT-2's words (encoder.py in OpenAI's gpt-2), in what JavaScript calls a space. */
const WORD = new RegExp(
  "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+"
    .replaceAll("\\s", "\\p{White_Space}").replaceAll("\\S", "\\P{White_Space}"),
  "gu",
);
const DIGIT = /(\p{N})/u; // each stands alone

/** @param {string} text */
const wordsIn = (text) => text.split(DIGIT).flatMap((part) => part.match(WORD) ?? []);

const NORMAL = 1; // the kind of a token that is text
const STRICT = { fatal: true, ignoreBOM: true };

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

export class BytePairTokenizer extends InBytes {
  #letters = byteLetters();
  /** Ids of what is text. @type {Map<string, number>} */
  #idOf = new Map();
  /** By both, with a space between. @type {Map<string, number>} */
  #ranks = new Map();
  #encoder = new TextEncoder();

  /**
   * @param {string[]} tokens bytes written as letters
   * @param {number[]} kinds of the tokens, numbers as in llama.cpp; those that are not
   *   normal are names, and no text
   * @param {string[]} merges pairs to join, the first ones first
   */
  constructor(tokens, kinds, merges) {
    const [spelled, decoder] = [spelling(), new TextDecoder("utf-8", STRICT)];
    const isText = (/** @type {number} */ id) => kinds[id] === NORMAL;
    super(
      tokens.map((token, id) => isText(id) ? pieceOf(spelled(token), decoder) : token),
      (id) => isText(id) ? spelled(tokens[id]) : new Uint8Array(),
    );
    for (const [id, token] of tokens.entries()) {
      (isText(id) ? this.#idOf : this.specialIds).set(token, id);
    }
    for (const [rank, pair] of merges.entries()) this.#ranks.set(pair, rank);
  }

  /**
   * Cut a text into token ids. Characters that the vocabulary can't spell become
   * U+FFFD, as half a surrogate pair does. The name of a token that is no text is text.
   * @param {string} text
   * @returns {number[]}
   */
  encode(text) {
    const words = wordsIn(this.#spellable(wholeCharacters(text)));
    return words.flatMap((word) => this.#joined(word));
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
    const joined = joinNeighbours(symbols, (left, right) => {
      const rank = this.#ranks.get(`${left} ${right}`);
      return rank === undefined ? undefined : -rank;
    });
    return joined.flatMap((one) => this.#idOf.get(one) ?? []);
  }
}

/** Gives the bytes of a token that is written in letters. */
function spelling() {
  const byteOf = new Map(byteLetters().map((letter, byte) => [letter, byte]));
  return (/** @type {string} */ token) =>
    Uint8Array.from(token, (letter) => byteOf.get(letter) ?? 0);
}
