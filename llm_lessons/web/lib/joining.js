// Byte-pair encoding with the first pieces of a vocabulary: what SentencePiece does
// with one that is no larger. Of all neighbours those join first whose piece was
// learned first; a character that no piece holds is spelled in bytes.

import { hexOf, joinNeighbours } from "../engine/tokenizer.js";

/**
 * A piece, its id, and its name if it is no text.
 * @typedef {[string, number, string | null]} Token
 */

const [LINE_BREAK, FIRST_BYTE] = [2, 3]; // their ids in every vocabulary trained here

/**
 * `pieces`: joined ones, as they were learned; `letters`: single ones, as their ids
 * follow.
 * @param {string[]} pieces @param {string[]} letters @param {number} firstId
 */
export function joiner(pieces, letters, firstId) {
  const rankOf = new Map(pieces.map((piece, rank) => [piece, rank]));
  const placeOf = new Map(letters.map((letter, place) => [letter, place]));
  /** @param {string} part @param {number} learned @returns {Token[]} */
  function tokensOf(part, learned) {
    if (part === "\n") return [[part, LINE_BREAK, null]];
    const [rank, place] = [rankOf.get(part), placeOf.get(part)];
    if (rank !== undefined) return [[part, firstId + rank, null]];
    if (place !== undefined) return [[part, firstId + learned + place, null]];
    return Array.from(new TextEncoder().encode(part), (byte) => {
      const name = `0x${hexOf(byte)}`;
      return [`<${name}>`, FIRST_BYTE + byte, `⟨${name}⟩`];
    });
  }

  /**
   * The tokens of a text, when so many pieces have been learned.
   * @param {string} text @param {number} learned
   */
  return (text, learned) => {
    const parts = joinNeighbours([...text], (one, other) => {
      const rank = rankOf.get(one + other) ?? Infinity;
      return rank < learned ? -rank : undefined;
    });
    return parts.flatMap((part) => tokensOf(part, learned));
  };
}
