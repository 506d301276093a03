// Where everything stands in the machine's picture, for the width that there is.

const MANY_LAYERS = 12; // from here on rows are narrow, and guesses become a line
const LETTER = 7.9; // pixels that a letter of a token's name takes
const NARROW = 480; // pixels

/** @typedef {ReturnType<typeof placesOf>} Places */
/**
 * @param {number} width pixels that there are
 * @param {{ layers: number, heads: number, names: string[] }} sizes
 */
export function placesOf(width, { layers, heads, names }) {
  const isCompact = layers > MANY_LAYERS;
  const isNarrow = width < NARROW;
  // Many layers have to fit on one screen; a phone is moved up and down anyway.
  const row = isCompact ? (isNarrow ? 10 : 8) : 36;
  const [cell, gap] = isCompact ? [9, 1] : [22, 4];
  const high = Math.min(cell, row - gap); // of a cell; as wide as there is room for
  const label = isCompact || isNarrow ? 20 : 56;
  const left = label + heads * (cell + gap) + 12;
  const wanted = isCompact ? (isNarrow ? 120 : 230) : (isNarrow ? 104 : 168);
  const room = width - left - wanted - 16;
  const pitch = Math.min(Math.max(room / names.length, 17), 64);
  const right = left + pitch * names.length; // where the columns end
  const longest = Math.max(...names.map((name) => name.length));
  const isTurned = LETTER * longest + 8 > pitch;
  const top = isCompact ? 34 : 30;
  const bottom = top + row * layers;
  const whole = Math.max(width, right + 16 + wanted);
  return {
    isCompact,
    isNarrow,
    isTurned,
    row,
    cell,
    high,
    gap,
    label,
    pitch,
    right,
    top,
    bottom,
    whole,
    guess: right + 16,
    guessWidth: Math.min(whole - right - 16, 280),
    names: isTurned ? Math.min(LETTER * longest + 10, 96) : 26, // their height
    height: bottom + (isCompact ? 8 : 14),
    /** @param {number} column */
    x: (column) => left + pitch * (column + 0.5),
    /** The height after so many layers. @param {number} step */
    y: (step) => bottom - row * step,
    /** @param {number} head */
    cellX: (head) => label + head * (cell + gap),
    /** @param {number} layer */
    cellY: (layer) => bottom - row * (layer + 0.5) - high / 2,
  };
}

/**
 * A look: from the column that looks, in the middle of the layer, back to the stream of
 * the token that is looked at, before the layer.
 * @param {Places} places @param {number} layer @param {number} from @param {number} to
 */
export function arc({ x, y, row }, layer, from, to) {
  const [low, high] = [y(layer), y(layer + 0.55)];
  if (from === to) return `M${x(to)} ${low}V${high}`;
  const bend = Math.min((x(from) - x(to)) / 2, 0.8 * row);
  const [a, b] = [x(to), x(to) + bend];
  return `M${a} ${low}C${a} ${high + 0.1 * row} ${
    a + 0.4 * bend
  } ${high} ${b} ${high}` +
    `H${x(from)}`;
}

/**
 * How far to the right a place among all tokens stands: 0 is the last, 1 the first.
 * @param {number} rank from 1 @param {number} size of the vocabulary
 */
export function along(rank, size) {
  return 1 - Math.log(rank) / Math.log(size);
}
