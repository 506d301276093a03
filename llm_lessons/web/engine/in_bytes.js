// Decoding, the same for all vocabularies: each token stands for some bytes of UTF-8.
//
// Beside `InBytes` in `text/tokenizers.py`.

import { refuse, shown } from "./checks.js";

/** @typedef {InBytes & { encode: (text: string) => number[] }} Tokenizer */

const HALF = /\p{Surrogate}/gu; // of a surrogate pair, without the other

/** The text with U+FFFD for half a surrogate pair. @param {string} text */
export const wholeCharacters = (text) => text.replace(HALF, "\ufffd");

export class InBytes {
  #bytesOf;
  /** What the model wants in front of a text: ids, and then letters, as a space. */
  prefix = /** @type {number[]} */ ([]);
  lead = "";
  /** Ids that end a text when they are drawn. @type {number[]} */
  stops = [];
  /** Ids of tokens that are no text, by the names that chat templates write. */
  specialIds = /** @type {Map<string, number>} */ (new Map());

  /**
   * @param {string[]} pieces the text or name of every token
   * @param {(id: number) => Uint8Array | undefined} bytesOf what a token stands for:
   *   nothing where it is no text, undefined where there is no such token
   */
  constructor(pieces, bytesOf) {
    this.pieces = pieces;
    this.#bytesOf = bytesOf;
  }

  get vocabSize() {
    return this.pieces.length;
  }

  /**
   * Join token ids to a text; bytes that are no text become U+FFFD.
   * @param {Iterable<number>} ids
   */
  decode(ids) {
    return [...this.decodeStream(ids)].join("");
  }

  /**
   * Decode ids one by one; characters cut over several tokens come whole.
   * @param {Iterable<number>} ids
   * @returns {Generator<string, void>}
   */
  *decodeStream(ids) {
    const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
    for (const id of ids) {
      const bytes = this.#bytesOf(id);
      if (!bytes) {
        refuse("ids", `token ids from 0 to ${this.vocabSize - 1}`, shown(id));
      }
      yield decoder.decode(bytes, { stream: true });
    }
    yield decoder.decode();
  }
}
