// Byte-pair encoding with the first pieces of a vocabulary: what SentencePiece does
// with one that is no larger. Of all neighbours those join first whose piece was
// learned first; a character that no piece holds is spelled in bytes.

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
  /** @param {number} byte */
  const hex = (byte) => byte.toString(16).toUpperCase().padStart(2, "0");

  /** @param {string} part @param {number} learned @returns {Token[]} */
  function tokensOf(part, learned) {
    if (part === "\n") return [[part, LINE_BREAK, null]];
    const [rank, place] = [rankOf.get(part), placeOf.get(part)];
    if (rank !== undefined) return [[part, firstId + rank, null]];
    if (place !== undefined) return [[part, firstId + learned + place, null]];
    const bytes = [...new TextEncoder().encode(part)];
    return bytes.map((
      byte,
    ) => [`<0x${hex(byte)}>`, FIRST_BYTE + byte, `⟨0x${hex(byte)}⟩`]);
  }

  /**
   * The tokens of a text, when so many pieces have been learned.
   * @param {string} text @param {number} learned
   */
  return (text, learned) => {
    const parts = [...text];
    /** @param {number} i */
    const rank = (i) => {
      const found = rankOf.get(parts[i] + parts[i + 1]) ?? Infinity;
      return found < learned ? found : Infinity;
    };
    const ranks = parts.map((_, i) => rank(i));
    for (;;) {
      let best = 0;
      for (let i = 1; i < ranks.length; i += 1) if (ranks[i] < ranks[best]) best = i;
      if (!(ranks[best] < Infinity)) break;
      parts.splice(best, 2, parts[best] + parts[best + 1]);
      ranks.splice(best, 1);
      ranks[best] = rank(best);
      if (best > 0) ranks[best - 1] = rank(best - 1);
    }
    return parts.flatMap((part) => tokensOf(part, learned));
  };
}
