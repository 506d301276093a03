// Products with weights that lie in blocks of 32, put together instruction by
// instruction. What a block holds: see `blocks.js`.

import { moduleOf, WASM } from "./wasm_code.js";

/** @import { BlockKind } from "./blocks.js" */

const { get, set, add } = WASM;

// A `float16` with its bits in the upper half of 32, moved down by three: but for these
// bits, it is a `float32` that is too small by 2 ** 112.
const OF_HALF = 0x8fffe000;
const HALF_TIMES = 0x77800000; // 2 ** 112
const NIBBLES = 0x0f0f0f0f;

/**
 * The locals in which programs keep such constants, each four times.
 * @typedef {{ ofHalf: number, halfTimes: number, nibbles: number }} Constants
 */

/** @param {Constants} kept */
const constantsIn = ({ ofHalf, halfTimes, nibbles }) => [
  ...[...WASM.fourOf(OF_HALF), ...set(ofHalf)],
  ...[...WASM.fourOf(HALF_TIMES), ...set(halfTimes)],
  ...[...WASM.fourOf(NIBBLES), ...set(nibbles)],
];

/**
 * How the programs read a kind of block. `size`: its bytes. `load` and `loadInto` give
 * a block's scale for all lanes, or put a row's into its lane; `scale` makes numbers of
 * what they gave, in the local `of`, and `low`, where there is one, those that are
 * added then. `halves`: eight of a block's numbers after the other, in 16 bits each.
 * @typedef {object} Form
 * @property {number} size
 * @property {number[]} load @property {(row: number) => number[]} loadInto
 * @property {(of: number, kept: Constants) => number[]} scale
 * @property {((of: number, kept: Constants) => number[]) | null} low
 * @property {(line: number, own: number, kept: Constants) => number[][]} halves
 */

/** @param {Constants} kept */
const asFloat = ({ ofHalf, halfTimes }) => [
  ...[...WASM.whole(3), ...WASM.shiftWordsDown, ...get(ofHalf), ...WASM.both],
  ...[...get(halfTimes), ...WASM.multiplyFour],
];

/** 4 bits each. @type {Form} */
const Q4_1 = {
  size: 20,
  load: WASM.loadWordAsFour,
  loadInto: WASM.loadWordInto,
  scale: (of, kept) => [
    ...[...get(of), ...WASM.whole(16), ...WASM.shiftWordsUp, ...asFloat(kept)],
  ],
  low: (of, kept) => [...get(of), ...asFloat(kept)],
  halves(line, own, { nibbles }) {
    const packed = [...get(line), ...WASM.loadBytes(4), ...set(own), ...get(own)];
    const lower = [...get(nibbles), ...WASM.both];
    const upper = [...WASM.whole(4), ...WASM.shiftHalvesDown, ...lower];
    return [
      [...packed, ...lower, ...WASM.lowBytes],
      [...get(own), ...lower, ...WASM.highBytes],
      [...get(own), ...upper, ...WASM.lowBytes],
      [...get(own), ...upper, ...WASM.highBytes],
    ];
  },
};

/** 8 bits each, with a sign. @type {Form} */
const Q8_0 = {
  size: 34,
  load: WASM.loadHalfAsEight,
  loadInto: (row) => WASM.loadHalfInto(2 * row + 1),
  scale: (of, kept) => [...get(of), ...asFloat(kept)],
  low: null,
  halves: (line) =>
    [2, 10, 18, 26].map((i) => [...get(line), ...WASM.loadEightSigned(i)]),
};

/** @type {Record<BlockKind, Form>} */
const FORMS = { Q4_1, Q8_0 };

const onBy = (/** @type {number} */ local, /** @type {number} */ by) => [
  ...[...get(local), ...WASM.whole(by), ...add, ...set(local)],
];
const less = (/** @type {number} */ local, /** @type {number} */ by) => [
  ...[...get(local), ...WASM.whole(by), ...WASM.subtract, ...set(local), ...get(local)],
];

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
  ...(isFused ? [] : WASM.multiplyFour),
  ...get(to),
  ...(isFused ? WASM.multiplyAndAddFour : WASM.addFour),
  ...set(to),
];

/**
 * A block of one of four rows: its sum, times its scale, is added to the row's.
 * @param {Form} form @param {number} row @param {boolean} isFused
 */
function blockOfRow({ size, halves }, row, isFused) {
  const lane = [0, 1, 2, 3].map((byte) => 4 * row + byte);
  return [
    ...[...WASM.noFour, ...set(OF_ROW.four)],
    ...halves(OF_ROW.lines[row], OF_ROW.own, OF_ROW.kept).flatMap((eight, i) => [
      ...[...eight, ...set(OF_ROW.eight)],
      ...[WASM.lowFour, WASM.highFour].flatMap((wider, n) => [
        ...[...get(OF_ROW.eight), ...wider, ...WASM.asNumbers],
        ...[...get(OF_ROW.atX), ...WASM.loadFourAt(32 * i + 16 * n)],
        ...productAdded(OF_ROW.four, isFused),
      ]),
    ]),
    ...[...get(OF_ROW.scales), ...get(OF_ROW.scales)],
    ...WASM.shuffle([...lane, ...lane, ...lane, ...lane]),
    ...[...get(OF_ROW.four), ...productAdded(OF_ROW.totals[row], isFused)],
    ...onBy(OF_ROW.lines[row], size),
  ];
}

/**
 * All blocks of four rows; their scales are worked out together.
 * @param {Form} form @param {boolean} isFused
 */
function blocksOfRows(form, isFused) {
  const { loadInto, scale, low } = form;
  return WASM.loop(
    ...[...WASM.noFour, ...set(OF_ROW.four)],
    ...OF_ROW.lines.flatMap((line, row) => [
      ...[...get(line), ...get(OF_ROW.four), ...loadInto(row), ...set(OF_ROW.four)],
    ]),
    ...[...scale(OF_ROW.four, OF_ROW.kept), ...set(OF_ROW.scales)],
    ...(low
      ? [
        ...[
          ...get(OF_ROW.lows),
          ...low(OF_ROW.four, OF_ROW.kept),
          ...get(OF_ROW.atSum),
        ],
        ...[...WASM.loadOneAsFour, ...WASM.multiplyFour, ...WASM.addFour],
        ...set(OF_ROW.lows),
      ]
      : []),
    ...[0, 1, 2, 3].flatMap((row) => blockOfRow(form, row, isFused)),
    ...[...onBy(OF_ROW.atX, 128), ...onBy(OF_ROW.atSum, 4), ...less(OF_ROW.left, 1)],
  );
}

/**
 * A module with one function "f" for the memory "m" of a module "m": the products of
 * one row of x with the rows of a matrix, four of them at a time. The function gets the
 * places of x, of the sums of each 32 numbers of x, of the matrix and of what comes of
 * it, the counts of rows, a multiple of four, and of blocks in a row, and the bytes of
 * a row.
 * @param {BlockKind} kind
 * @param {boolean} isFused whether a product is added by one instruction
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function rowProgram(kind, isFused) {
  const stored = OF_ROW.totals.flatMap((total, row) => [
    ...[...get(OF_ROW.to), ...get(OF_ROW.lows), ...WASM.ofFour(row)],
    ...[0, 1, 2, 3].flatMap((lane) => [
      ...[...get(total), ...WASM.ofFour(lane), ...WASM.addNumbers],
    ]),
    ...WASM.store(4 * row),
  ]);
  const body = [
    ...constantsIn(OF_ROW.kept),
    ...[...get(OF_ROW.matrix), ...set(OF_ROW.lines[3])],
    ...WASM.loop(
      ...[...get(OF_ROW.lines[3]), ...set(OF_ROW.lines[0])],
      ...OF_ROW.lines.slice(1).flatMap((line) => [
        ...[...get(line - 1), ...get(OF_ROW.width), ...add, ...set(line)],
      ]),
      ...[
        ...get(OF_ROW.x),
        ...set(OF_ROW.atX),
        ...get(OF_ROW.sums),
        ...set(OF_ROW.atSum),
      ],
      ...[...get(OF_ROW.blockCount), ...set(OF_ROW.left)],
      ...[OF_ROW.lows, ...OF_ROW.totals].flatMap((
        one,
      ) => [...WASM.noFour, ...set(one)]),
      ...blocksOfRows(FORMS[kind], isFused),
      ...[...stored, ...onBy(OF_ROW.to, 16), ...less(OF_ROW.rowCount, 4)],
    ),
  ];
  return moduleOf(body, 7, 7, 12);
}

/**
 * A module with one function "f" for the memory "m" of a module "m": so many blocks,
 * worked out to numbers. It gets their place, that of the numbers, and their count.
 * @param {BlockKind} kind
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function unpackProgram(kind) {
  const { size, load, scale, low, halves } = FORMS[kind];
  const [from, to, count, four, times, more, own, eight] = [0, 1, 2, 3, 4, 5, 6, 7];
  const kept = { ofHalf: 8, halfTimes: 9, nibbles: 10 };
  /** @param {number[]} wider @param {number} i */
  const stored = (wider, i) => [
    ...[...get(to), ...get(eight), ...wider, ...WASM.asNumbers],
    ...[...get(times), ...WASM.multiplyFour],
    ...(low ? [...get(more), ...WASM.addFour] : []),
    ...WASM.storeFour(16 * i),
  ];
  const body = [
    ...constantsIn(kept),
    ...WASM.loop(
      ...[...get(from), ...load, ...set(four), ...scale(four, kept), ...set(times)],
      ...(low ? [...low(four, kept), ...set(more)] : []),
      ...halves(from, own, kept).flatMap((numbers, i) => [
        ...[...numbers, ...set(eight), ...stored(WASM.lowFour, 2 * i)],
        ...stored(WASM.highFour, 2 * i + 1),
      ]),
      ...[...onBy(from, size), ...onBy(to, 128), ...less(count, 1)],
    ),
  ];
  return moduleOf(body, 3, 0, 8);
}
