// Between text and tokens: SentencePiece's byte-pair encoding with byte fallback.
//
// Beside `text/tokenizers.py`, which has SentencePiece itself do the cutting. Here it
// is written out: of all neighbours that a piece joins, those join first whose piece
// has the best score, and of equals those farthest left.

import { joinNeighbours } from "./agenda.js";
import { InBytes, wholeCharacters } from "./in_bytes.js";

/**
 * `pieces`: the text of every token, in the order of their ids. `scores`: the higher,
 * the sooner two neighbours are joined to this piece. `kinds`, a letter a piece: "n"
 * for what neighbours join to, "d" for a piece of its own that joins nothing (the line
 * break), "b" for a byte, "c" for control and "u" for unknown, which are no text.
 * @typedef {{ pieces: string[], scores: number[], kinds: string }} Vocabulary
 */

const SPACE = "\u2581"; // SentencePiece's own mark for a space

export class SentencePieceTokenizer extends InBytes {
  /** @type {Map<string, number>} */
  #idOf = new Map(); // of what is text
  /** @type {number[]} */
  #byteIds = []; // ids of the tokens for the bytes 0 to 255
  /** @type {string[]} */
  #defined = []; // pieces that join nothing, the longest first

  /** @param {Vocabulary} vocabulary */
  constructor({ pieces, scores, kinds }) {
    const bytes = pieces.map((piece, id) => bytesOfPiece(piece, kinds[id]));
    super(pieces, (id) => bytes[id]);
    this.scores = scores;
    const startId = kinds.indexOf("c");
    this.prefix.push(startId);
    this.stops.push(startId);
    for (const [id, piece] of pieces.entries()) {
      const kind = kinds[id];
      if (kind === "b") this.#byteIds[byteOfName(piece)] = id;
      if (kind === "n" || kind === "d") this.#idOf.set(piece, id);
      if (kind === "d" && piece) this.#defined.push(piece);
    }
    this.#defined.sort((a, b) => b.length - a.length);
  }

  /**
   * Cut a text into token ids, without the prefix.
   * @param {string} text
   * @returns {number[]}
   */
  encode(text) {
    // U+2581 itself is no space: it is spelled in bytes, and nothing joins across it.
    const mark = this.#spelled(SPACE);
    const parts = wholeCharacters(text).split(SPACE);
    return parts.flatMap((part, i) => [...(i ? mark : []), ...this.#cut(part)]);
  }

  /** @param {string} text without U+2581 */
  #cut(text) {
    const symbols = joinNeighbours(this.#symbols(text), (one, other) => {
      if (this.#defined.includes(one) || this.#defined.includes(other)) {
        return undefined;
      }
      const id = this.#idOf.get(one + other);
      return id === undefined ? undefined : this.scores[id];
    });
    return symbols.flatMap((symbol) => {
      const id = this.#idOf.get(symbol);
      return id === undefined ? this.#spelled(symbol) : [id];
    });
  }

  /**
   * What a text is cut into at first: single characters, and pieces that join nothing.
   * @param {string} text
   */
  #symbols(text) {
    const symbols = [];
    for (let i = 0; i < text.length; i += symbols[symbols.length - 1].length) {
      const whole = this.#defined.find((piece) => text.startsWith(piece, i));
      symbols.push(whole ?? String.fromCodePoint(text.codePointAt(i) ?? 0));
    }
    return symbols;
  }

  /** A character that no piece holds, in bytes. @param {string} character */
  #spelled(character) {
    const bytes = new TextEncoder().encode(character);
    return Array.from(bytes, (byte) => this.#byteIds[byte]);
  }
}

/** @param {string} name such as "<0xE2>" */
const byteOfName = (name) => Number.parseInt(name.slice(3, 5), 16);

/**
 * What a token stands for; nothing if it is no text.
 * @param {string} piece @param {string} kind
 */
function bytesOfPiece(piece, kind) {
  if (kind === "b") return Uint8Array.of(byteOfName(piece));
  return new TextEncoder().encode(kind === "n" || kind === "d" ? piece : "");
}
