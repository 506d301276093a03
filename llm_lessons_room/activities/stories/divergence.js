// Where texts that begin with the same prompt diverge: token by token.

/** A phone's text in pieces. @typedef {{ seat: number, pieces: string[] }} SeatStory */
/**
 * Texts that are the same up to a token: which token that is, from 0, the piece there,
 * the first row of the block and how many rows it has, and whose texts they are.
 * @typedef {{ column: number, piece: string, row: number, rows: number,
 *   seats: number[] }} Block
 */

const BETWEEN_PIECES = "\u0000"; // stands in no text

/** @param {string[]} pieces @param {number} count */
function prefixOf(pieces, count) {
  // A text that has ended differs from one that goes on.
  const end = pieces.length < count ? [BETWEEN_PIECES] : [];
  return [...pieces.slice(0, count), ...end].join(BETWEEN_PIECES);
}

/** How many different prefixes there are, by length. @param {SeatStory[]} stories */
export function countPrefixes(stories) {
  const longest = Math.max(0, ...stories.map(({ pieces }) => pieces.length));
  return Array.from(
    { length: longest },
    (_, i) => new Set(stories.map(({ pieces }) => prefixOf(pieces, i + 1))).size,
  );
}

/**
 * The token, from 1, after which no two texts are the same any more; null if some are
 * the same to their end, or if there is only one.
 * @param {SeatStory[]} stories
 */
export function divergedAt(stories) {
  if (stories.length < 2) return null;
  const place = countPrefixes(stories).indexOf(stories.length);
  return place < 0 ? null : place + 1;
}

/**
 * The first columns of all texts, those that are the same up to there in one block. The
 * texts stand in the order in which they came, but beside those that they begin as.
 * @param {SeatStory[]} stories @param {number} columns
 */
export function blocksOf(stories, columns) {
  /** @type {Block[]} */
  const blocks = [];
  /** @param {SeatStory[]} group @param {number} column @param {number} row */
  function split(group, column, row) {
    if (column === columns) return;
    /** @type {Map<string, SeatStory[]>} */
    const parts = new Map();
    for (const story of group) {
      const piece = story.pieces[column];
      if (piece === undefined) continue;
      parts.set(piece, [...parts.get(piece) ?? [], story]);
    }
    for (const [piece, part] of parts) {
      const seats = part.map(({ seat }) => seat);
      blocks.push({ column, piece, row, rows: part.length, seats });
      split(part, column + 1, row);
      row += part.length;
    }
  }
  split(stories, 0, 0);
  return blocks;
}
