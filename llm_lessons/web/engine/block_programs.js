// Products with weights that lie in blocks of 32, put together instruction by
// instruction. What a block holds: see `blocks.js`.

import { BLOCK_BYTES } from "./gguf_kinds.js";
import { get, less, moduleOf, onBy, set, WASM } from "./wasm_code.js";

/** @import { BlockKind } from "./gguf_kinds.js" */
/** @import { Code } from "./wasm_code.js" */

// A `float16` with its bits in the upper half of 32, moved down by three: but for these
// bits, it is a `float32` that is too small by 2 ** 112.
const OF_HALF = 0x8fffe000;
const HALF_TIMES = 0x77800000; // 2 ** 112
const NIBBLES = 0x0f0f0f0f;
const MINUS_8 = 0xc1000000; // as a `float32`

/**
 * The locals in which programs keep such constants, each four times.
 * @typedef {{ ofHalf: number, halfTimes: number, nibbles: number }} Constants
 */

/** @param {Constants} kept */
const constantsIn = ({ ofHalf, halfTimes, nibbles }) => [
  [WASM.fourOf(OF_HALF), set(ofHalf)],
  [WASM.fourOf(HALF_TIMES), set(halfTimes)],
  [WASM.fourOf(NIBBLES), set(nibbles)],
];

/**
 * How the programs read a kind of block. `fours`: its numbers, four after four, as
 * `float32`, to be taken times the scale where there is one.
 * @typedef {object} Form
 * @property {Scales | null} scales
 * @property {(line: number, own: number, eight: number, kept: Constants) =>
 *   Code[]} fours
 */
/**
 * `load` and `loadInto` give a block's scale for all lanes, or put a row's into its
 * lane; `scale` makes numbers of what they gave, in the local `of`, and `low`, where
 * there is one, those that are added then.
 * @typedef {object} Scales
 * @property {Code} load @property {(row: number) => Code} loadInto
 * @property {(of: number, kept: Constants) => Code} scale
 * @property {((of: number, kept: Constants) => Code) | null} low
 */

/** @param {Constants} kept */
const asFloat = ({ ofHalf, halfTimes }) => [
  [WASM.whole(3), WASM.shiftWordsDown, get(ofHalf), WASM.both],
  [get(halfTimes), WASM.multiplyFour],
];
/** Of halves in the lower 16 bits. @param {Constants} kept */
const raisedAsFloat = (kept) => [WASM.whole(16), WASM.shiftWordsUp, asFloat(kept)];

/**
 * @param {Code[]} eights whole numbers, in 16 bits each
 * @param {number} eight a local for them
 */
const asFours = (eights, eight) =>
  eights.flatMap((one) => [
    [one, set(eight), get(eight), WASM.lowFour, WASM.asNumbers],
    [get(eight), WASM.highFour, WASM.asNumbers],
  ]);

/**
 * 4 bits each.
 * @param {number} at so far behind the block's beginning
 * @returns {Form["fours"]}
 */
const nibblesAt = (at) => (line, own, eight, { nibbles }) => {
  const packed = [get(line), WASM.loadBytes(at), set(own), get(own)];
  const lower = [get(nibbles), WASM.both];
  const upper = [WASM.whole(4), WASM.shiftHalvesDown, lower];
  return asFours([
    [packed, lower, WASM.lowBytes],
    [get(own), lower, WASM.highBytes],
    [get(own), upper, WASM.lowBytes],
    [get(own), upper, WASM.highBytes],
  ], eight);
};

/** @type {Scales} */
const SCALE_ALONE = {
  load: WASM.loadHalfAsEight,
  loadInto: (row) => WASM.loadHalfInto(2 * row + 1),
  scale: (of, kept) => [get(of), asFloat(kept)],
  low: null,
};

/** @type {Record<BlockKind, Form>} */
const FORMS = {
  Q4_0: {
    scales: {
      ...SCALE_ALONE,
      low: (of, kept) => [
        ...[SCALE_ALONE.scale(of, kept), WASM.fourOf(MINUS_8), WASM.multiplyFour],
      ],
    },
    fours: nibblesAt(2),
  },
  Q4_1: {
    scales: {
      load: WASM.loadWordAsFour,
      loadInto: WASM.loadWordInto,
      scale: (of, kept) => [get(of), raisedAsFloat(kept)],
      low: (of, kept) => [get(of), asFloat(kept)],
    },
    fours: nibblesAt(4),
  },
  Q8_0: {
    scales: SCALE_ALONE,
    fours: (line, _, eight) =>
      asFours([2, 10, 18, 26].map((i) => [get(line), WASM.loadEightSigned(i)]), eight),
  },
  F16: {
    scales: null,
    fours: (line, _own, _eight, kept) =>
      [0, 8, 16, 24, 32, 40, 48, 56].map((i) => [
        ...[get(line), WASM.loadFourHalves(i), raisedAsFloat(kept)],
      ]),
  },
};

/** What the first program gets, and its own locals: see there. */
const OF_ROW = {
  ...{ x: 0, sums: 1, matrix: 2, to: 3, rowCount: 4, blockCount: 5, width: 6 },
  ...{ atX: 7, atSum: 8, left: 9, lines: [10, 11, 12, 13] },
  ...{ scales: 14, lows: 15, four: 16, own: 17, eight: 18, totals: [19, 20, 21, 22] },
  kept: { ofHalf: 23, halfTimes: 24, nibbles: 25 },
};

/**
 * The product of the two fours that are on the stack, added to those of a local.
 * @param {number} to @param {boolean} isFused whether by one instruction
 */
const productAdded = (to, isFused) => [
  isFused ? [] : WASM.multiplyFour,
  [get(to), isFused ? WASM.multiplyAndAddFour : WASM.addFour, set(to)],
];

/**
 * A block of one of four rows: its sum, times its scale, is added to the row's.
 * @param {BlockKind} kind @param {number} row @param {boolean} isFused
 */
function blockOfRow(kind, row, isFused) {
  const { scales, fours } = FORMS[kind];
  const [line, total] = [OF_ROW.lines[row], OF_ROW.totals[row]];
  const lane = [0, 1, 2, 3].map((byte) => 4 * row + byte);
  const sum = scales ? OF_ROW.four : total;
  return [
    scales ? [WASM.noFour, set(sum)] : [],
    fours(line, OF_ROW.own, OF_ROW.eight, OF_ROW.kept).map((four, i) => [
      [four, get(OF_ROW.atX), WASM.loadFour(16 * i), productAdded(sum, isFused)],
    ]),
    scales
      ? [
        [get(OF_ROW.scales), get(OF_ROW.scales)],
        WASM.shuffle([...lane, ...lane, ...lane, ...lane]),
        [get(sum), productAdded(total, isFused)],
      ]
      : [],
    onBy(line, BLOCK_BYTES[kind]),
  ];
}

/** The scales of four rows' blocks, worked out together. @param {Scales} scales */
const scalesOfRows = ({ loadInto, scale, low }) => [
  [WASM.noFour, set(OF_ROW.four)],
  OF_ROW.lines.map((line, row) => [
    ...[get(line), get(OF_ROW.four), loadInto(row), set(OF_ROW.four)],
  ]),
  [scale(OF_ROW.four, OF_ROW.kept), set(OF_ROW.scales)],
  low
    ? [
      [get(OF_ROW.lows), low(OF_ROW.four, OF_ROW.kept)],
      [get(OF_ROW.atSum), WASM.loadOneAsFour],
      [WASM.multiplyFour, WASM.addFour, set(OF_ROW.lows)],
    ]
    : [],
];

/**
 * The products of one row of x with the rows of a matrix, four of them at a time. The
 * function gets the places of x, of the sums of each 32 numbers of x, of the matrix and
 * of what comes of it, the counts of rows, a multiple of four, and of blocks in a row,
 * and the bytes of a row.
 * @param {BlockKind} kind
 * @param {boolean} isFused whether a product is added by one instruction
 */
export function rowProgram(kind, isFused) {
  const { scales } = FORMS[kind];
  const blocks = WASM.loop(
    scales ? scalesOfRows(scales) : [],
    [0, 1, 2, 3].map((row) => blockOfRow(kind, row, isFused)),
    [onBy(OF_ROW.atX, 128), onBy(OF_ROW.atSum, 4), less(OF_ROW.left, 1)],
  );
  const stored = OF_ROW.totals.map((total, row) => [
    [get(OF_ROW.to), get(OF_ROW.lows), WASM.ofFour(row)],
    [0, 1, 2, 3].map((lane) => [get(total), WASM.ofFour(lane), WASM.addNumbers]),
    WASM.store(4 * row),
  ]);
  const body = [
    constantsIn(OF_ROW.kept),
    [get(OF_ROW.matrix), set(OF_ROW.lines[3])],
    WASM.loop(
      [get(OF_ROW.lines[3]), set(OF_ROW.lines[0])],
      OF_ROW.lines.slice(1).map((line) => [
        ...[get(line - 1), get(OF_ROW.width), WASM.add, set(line)],
      ]),
      [get(OF_ROW.x), set(OF_ROW.atX), get(OF_ROW.sums), set(OF_ROW.atSum)],
      [get(OF_ROW.blockCount), set(OF_ROW.left)],
      [OF_ROW.lows, ...OF_ROW.totals].map((one) => [WASM.noFour, set(one)]),
      [blocks, stored, onBy(OF_ROW.to, 16), less(OF_ROW.rowCount, 4)],
    ),
  ];
  return moduleOf(body, 7, 7, 12);
}

/**
 * So many blocks, worked out to numbers. It gets their place, that of the numbers, and
 * their count.
 * @param {BlockKind} kind
 */
export function unpackProgram(kind) {
  const { scales, fours } = FORMS[kind];
  const [from, to, count, four, times, more, own, eight] = [0, 1, 2, 3, 4, 5, 6, 7];
  const kept = { ofHalf: 8, halfTimes: 9, nibbles: 10 };
  const low = scales?.low;
  const body = [
    constantsIn(kept),
    WASM.loop(
      scales ? [get(from), scales.load, set(four)] : [],
      scales ? [scales.scale(four, kept), set(times)] : [],
      low ? [low(four, kept), set(more)] : [],
      fours(from, own, eight, kept).map((numbers, i) => [
        [get(to), numbers],
        scales ? [get(times), WASM.multiplyFour] : [],
        [low ? [get(more), WASM.addFour] : [], WASM.storeFour(16 * i)],
      ]),
      [onBy(from, BLOCK_BYTES[kind]), onBy(to, 128), less(count, 1)],
    ),
  ];
  return moduleOf(body, 3, 0, 8);
}
