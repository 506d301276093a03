// Between text and tokens: SentencePiece's byte-pair encoding with byte fallback.
//
// Beside `text/tokenizers.py`, which has SentencePiece itself do the cutting. Here it
// is written out: of all neighbours that a piece joins, those join first whose piece
// has the best score, and of equals those farthest left.

import { Agenda } from "./agenda.js";
import { refuse, shown } from "./checks.js";

/**
 * `pieces`: the text of every token, in the order of their ids. `scores`: the higher,
 * the sooner two neighbours are joined to this piece. `kinds`, a letter a piece: "n"
 * for what neighbours join to, "d" for a piece of its own that joins nothing (the line
 * break), "b" for a byte, "c" for control and "u" for unknown, which are no text.
 * @typedef {{ pieces: string[], scores: number[], kinds: string }} Vocabulary
 */

const SPACE = "\u2581"; // SentencePiece's own mark for a space
const HALF = /\p{Surrogate}/gu; // of a surrogate pair, without the other

export class SentencePieceTokenizer {
  /** @type {Map<string, number>} */
  #idOf = new Map(); // of what is text
  /** @type {number[]} */
  #byteIds = []; // ids of the tokens for the bytes 0 to 255
  /** @type {string[]} */
  #defined = []; // pieces that join nothing, the longest first
  /** @type {Uint8Array[]} */
  #bytes; // what every token stands for; nothing where it is no text

  /** @param {Vocabulary} vocabulary */
  constructor({ pieces, scores, kinds }) {
    this.pieces = pieces;
    this.scores = scores;
    this.startId = kinds.indexOf("c");
    this.prefix = [this.startId]; // ids that the model wants in front of every text
    this.stops = [this.startId]; // ids that end a text when they are drawn
    const encoder = new TextEncoder();
    this.#bytes = pieces.map((piece, id) => {
      const kind = kinds[id];
      if (kind === "b") {
        const byte = Number.parseInt(piece.slice(3, 5), 16); // of "<0xE2>"
        this.#byteIds[byte] = id;
        return Uint8Array.of(byte);
      }
      if (kind !== "n" && kind !== "d") return new Uint8Array();
      this.#idOf.set(piece, id);
      if (kind === "d") this.#defined.push(piece);
      return encoder.encode(piece);
    });
    this.#defined.sort((a, b) => b.length - a.length);
  }

  get vocabSize() {
    return this.pieces.length;
  }

  /**
   * Cut a text into token ids, without the prefix.
   * @param {string} text
   * @returns {number[]}
   */
  encode(text) {
    // U+2581 itself is no space: it is spelled in bytes, and nothing joins across it.
    const mark = this.#spelled(SPACE);
    const parts = text.replace(HALF, "\ufffd").split(SPACE);
    return parts.flatMap((part, i) => [...(i ? mark : []), ...this.#cut(part)]);
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
      const bytes = this.#bytes[id];
      if (!bytes) {
        refuse("ids", `token ids from 0 to ${this.vocabSize - 1}`, shown(id));
      }
      yield decoder.decode(bytes, { stream: true });
    }
    yield decoder.decode();
  }

  /** @param {string} text without U+2581 */
  #cut(text) {
    const symbols = this.#symbols(text);
    const next = symbols.map((_, i) => i + 1); // the neighbours that are left
    const previous = symbols.map((_, i) => i - 1);
    const agenda = new Agenda();

    /** @param {number} left @param {number} right */
    const consider = (left, right) => {
      if (left < 0 || right >= symbols.length) return;
      const [one, other] = [symbols[left], symbols[right]];
      if (this.#defined.includes(one) || this.#defined.includes(other)) return;
      const id = this.#idOf.get(one + other);
      if (id === undefined) return;
      agenda.add({ score: this.scores[id], left, right, joined: one + other });
    };

    for (let i = 1; i < symbols.length; i += 1) consider(i - 1, i);
    for (let best = agenda.take(); best; best = agenda.take()) {
      const { left, right, joined } = best;
      // One of the two may have joined another neighbour since.
      if (!symbols[right] || symbols[left] + symbols[right] !== joined) continue;
      symbols[left] = joined;
      symbols[right] = "";
      next[left] = next[right];
      if (next[left] < symbols.length) previous[next[left]] = left;
      consider(previous[left], left);
      consider(left, next[left]);
    }
    return symbols.flatMap((symbol) => {
      if (!symbol) return [];
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

  /**
   * A character that no piece holds, in bytes.
   * @param {string} character
   */
  #spelled(character) {
    const bytes = new TextEncoder().encode(character);
    return Array.from(bytes, (byte) => this.#byteIds[byte]);
  }
}
