// Between text and tokens: what all vocabularies share, and SentencePiece's byte-pair
// encoding with byte fallback.
//
// Beside `text/tokenizers.py`, which has SentencePiece itself do the cutting. Here it
// is written out: of all neighbours that a piece joins, those join first whose piece
// has the best score, and of equals those farthest left.

/**
 * Two neighbours of a text and what they join to.
 * @typedef {{ score: number, left: number, right: number, joined: string }} Pair
 */

/**
 * Whether a pair comes before another: by its score, then from the left.
 * @param {Pair} a @param {Pair} b
 */
function isBefore(a, b) {
  return a.score > b.score || (a.score === b.score && a.left < b.left);
}

class Agenda {
  /** @type {Pair[]} */
  #pairs = []; // none comes before the one at half its place

  /** @param {Pair} pair */
  add(pair) {
    const pairs = this.#pairs;
    let place = pairs.length;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!isBefore(pair, pairs[parent])) break;
      pairs[place] = pairs[parent];
      place = parent;
    }
    pairs[place] = pair;
  }

  /** The best one, which is taken off the agenda. @returns {Pair | undefined} */
  take() {
    const pairs = this.#pairs;
    const best = pairs[0];
    const last = pairs.pop();
    if (!last || !pairs.length) return best;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= pairs.length) break;
      const twin = child + 1;
      if (twin < pairs.length && isBefore(pairs[twin], pairs[child])) child = twin;
      if (!isBefore(pairs[child], last)) break;
      pairs[place] = pairs[child];
      place = child;
    }
    pairs[place] = last;
    return best;
  }
}

/**
 * Join neighbours of a text, those with the best score first, and of equals those
 * farthest left, until there are none left that join.
 * @param {string[]} symbols
 * @param {(left: string, right: string) => number | undefined} scoreOf two neighbours;
 *   undefined where they don't join
 * @returns {string[]}
 */
export function joinNeighbours(symbols, scoreOf) {
  const parts = symbols.slice();
  const next = parts.map((_, i) => i + 1); // the neighbours that are left
  const previous = parts.map((_, i) => i - 1);
  const agenda = new Agenda();
  /** @param {number} left @param {number} right */
  const consider = (left, right) => {
    if (left < 0 || right >= parts.length) return;
    const [one, other] = [parts[left], parts[right]];
    const score = scoreOf(one, other);
    if (score !== undefined) agenda.add({ score, left, right, joined: one + other });
  };

  for (let i = 1; i < parts.length; i += 1) consider(i - 1, i);
  for (let best = agenda.take(); best; best = agenda.take()) {
    const { left, right, joined } = best;
    // One of the two may have joined another neighbour since.
    if (!parts[right] || parts[left] + parts[right] !== joined) continue;
    parts[left] = joined;
    parts[right] = "";
    next[left] = next[right];
    if (next[left] < parts.length) previous[next[left]] = left;
    consider(previous[left], left);
    consider(left, next[left]);
  }
  return parts.filter((part) => part);
}

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
   * @param {(id: number) => Uint8Array} bytesOf what a token stands for: nothing where
   *   it is no text
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
      yield decoder.decode(this.#bytesOf(id), { stream: true });
    }
    yield decoder.decode();
  }
}

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

/** @param {number} byte */
export const hexOf = (byte) => byte.toString(16).toUpperCase().padStart(2, "0");
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
