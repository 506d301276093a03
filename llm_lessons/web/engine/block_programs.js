// Products with weights that lie in blocks of 32, put together instruction by
// instruction. What a block holds: see `blocks.js`.

import { moduleOf, WASM } from "./wasm_code.js";

/** @import { BlockKind } from "./blocks.js" */

const { get, set, add } = WASM;
/** Bytes at these places of two: what stands in the one between that of the other. */
const LOW_BYTES = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((i) => [i, 16 + i]);
const HIGH_BYTES = LOW_BYTES.map((place) => place + 8);
const LOW_PAIRS = [0, 2, 4, 6].flatMap((i) => [i, i + 1, 16 + i, 17 + i]);
const HIGH_PAIRS = LOW_PAIRS.map((place) => place + 8);

// A `float16` with its bits in the upper half of 32, moved down by three: but for these
// bits, it is a `float32` that is too small by 2 ** 112.
const OF_HALF = 0x8fffe000;
const HALF_TIMES = 0x77800000; // 2 ** 112
const NIBBLE_TIMES = 0x79800000; // 2 ** 116

/** The number of 32 bits, four times, which a program keeps in a local. */
const CONSTANTS = {
  ofHalf: OF_HALF,
  halfTimes: HALF_TIMES,
  nibbleTimes: NIBBLE_TIMES,
  nibble: 0x78787878,
  one: 0x80808080,
  top: 0x3f3f3f3f,
  zero: 0,
};
/**
 * The locals in which they are.
 * @typedef {Record<keyof typeof CONSTANTS, number>} Kept
 */

/** @param {Kept} kept */
const constantsIn = (kept) =>
  Object.entries(CONSTANTS).flatMap(([name, bits]) => [
    ...WASM.fourOf(bits),
    ...set(kept[/** @type {keyof Kept} */ (name)]),
  ]);

/** @param {number} first of the locals @returns {Kept} */
const constantsFrom = (first) => /** @type {Kept} */ (Object.fromEntries(
  Object.keys(CONSTANTS).map((name, i) => [name, first + i]),
));

/**
 * How the programs read a kind of block. `size`: its bytes. `scale` makes of what
 * `load` or `loadInto` gave, in the local `of`, the scale that the numbers of `eight`
 * are to be taken times, and `low`, where there is one, what is to be added then.
 * `eight`: for each four of the 32 numbers, what leaves it on the stack.
 * @typedef {object} Form
 * @property {number} size
 * @property {number[]} load a block's scale, for all lanes
 * @property {(row: number) => number[]} loadInto a row's, in its lane
 * @property {(of: number, kept: Kept) => number[]} scale
 * @property {((of: number, scale: number, kept: Kept) => number[]) | null} low
 * @property {(line: number, own: number[], kept: Kept) => number[][]} eight
 */

/** @param {number} times the local to multiply with @param {Kept} kept */
const asFloat = (times, kept) => [
  ...[...WASM.whole(3), ...WASM.shiftWordsDown, ...get(kept.ofHalf), ...WASM.both],
  ...[...get(times), ...WASM.multiplyFour],
];

/**
 * 4 bits each. A number n is put into the bits of a `float32`, which makes it 1 + n/16:
 * so no whole numbers have to be turned into others.
 * @type {Form}
 */
const Q4_1 = {
  size: 20,
  load: WASM.loadWordAsFour,
  loadInto: WASM.loadWordInto,
  scale: (of, kept) => [
    ...[...get(of), ...WASM.whole(16), ...WASM.shiftWordsUp],
    ...asFloat(kept.nibbleTimes, kept),
  ],
  low: (of, scale, kept) => [
    ...[...get(of), ...asFloat(kept.halfTimes, kept)],
    ...[...get(scale), ...WASM.subtractFour],
  ],
  eight: (line, [packed, bytes, pairs], kept) => {
    const half = (/** @type {number[]} */ shift) => {
      const parts = (/** @type {number[]} */ places) => [
        ...[...get(bytes), ...get(kept.top), ...WASM.shuffle(places), ...set(pairs)],
        ...[...get(kept.zero), ...get(pairs), ...WASM.shuffle(LOW_PAIRS)],
      ];
      const second = [...get(kept.zero), ...get(pairs), ...WASM.shuffle(HIGH_PAIRS)];
      const begin = [
        ...[...get(packed), ...shift, ...get(kept.nibble), ...WASM.both],
        ...[...get(kept.one), ...WASM.either, ...set(bytes)],
      ];
      return [[...begin, ...parts(LOW_BYTES)], second, parts(HIGH_BYTES), second];
    };
    const [first, ...others] = half([...WASM.whole(3), ...WASM.shiftHalvesUp]);
    return [
      [...get(line), ...WASM.loadBytes(4), ...set(packed), ...first],
      ...others,
      ...half([...WASM.whole(1), ...WASM.shiftHalvesDown]),
    ];
  },
};

/** 8 bits each, with a sign. @type {Form} */
const Q8_0 = {
  size: 34,
  load: WASM.loadHalfAsEight,
  loadInto: (row) => WASM.loadHalfInto(2 * row + 1),
  scale: (of, kept) => [...get(of), ...asFloat(kept.halfTimes, kept)],
  low: null,
  eight: (line, [halves]) =>
    [0, 1, 2, 3].flatMap((i) => [
      [
        ...[...get(line), ...WASM.loadEightSigned(2 + 8 * i), ...set(halves)],
        ...[...get(halves), ...WASM.lowFour, ...WASM.asNumbers],
      ],
      [...get(halves), ...WASM.highFour, ...WASM.asNumbers],
    ]),
};

/** @type {Record<BlockKind, Form>} */
const FORMS = { Q4_1, Q8_0 };

const onBy = (/** @type {number} */ local, /** @type {number[]} */ by) => [
  ...[...get(local), ...by, ...add, ...set(local)],
];
const less = (/** @type {number} */ local, /** @type {number} */ by) => [
  ...[...get(local), ...WASM.whole(by), ...WASM.subtract, ...set(local), ...get(local)],
];

/**
 * A module with one function "f" for the memory "m" of a module "m": the products of
 * one row of x with the rows of a matrix. The function gets the places of x, of the
 * sums of each 32 numbers of x, of the matrix and of what comes of it, the counts of
 * rows, a multiple of four, and of blocks in a row, and the bytes of a row. Four rows
 * are read at a time: their scales are worked out together.
 * @param {BlockKind} kind
 * @param {boolean} isFused whether a product is added by one instruction
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function rowProgram(kind, isFused) {
  const { size, loadInto, scale, low, eight } = FORMS[kind];
  const [x, sums, weight, out, rows, blocks, width] = [0, 1, 2, 3, 4, 5, 6];
  const [p, sum, n, ...lines] = [7, 8, 9, 10, 11, 12, 13];
  const [scales, lows, four, value, ...totals] = [14, 15, 16, 17, 18, 19, 20, 21];
  const [own, kept] = [[22, 23, 24], constantsFrom(25)];
  /** The product of two fours, added to a third. @param {number[][]} of */
  const counted = ([a, b, c]) =>
    isFused
      ? [...a, ...b, ...c, ...WASM.multiplyAndAddFour]
      : [...c, ...a, ...b, ...WASM.multiplyFour, ...WASM.addFour];
  /** @param {number} line @param {number} row */
  const block = (line, row) => [
    ...eight(line, own, kept).flatMap((numbers, i) => {
      const x4 = [...get(p), ...WASM.loadFourAt(16 * i)];
      if (!i) return [...numbers, ...x4, ...WASM.multiplyFour, ...set(value)];
      return [...counted([numbers, x4, get(value)]), ...set(value)];
    }),
    ...[...get(scales), ...get(scales)],
    ...[...WASM.shuffle(Array(4).fill([0, 1, 2, 3].map((i) => 4 * row + i)).flat())],
    ...set(four),
    ...[...counted([get(four), get(value), get(totals[row])]), ...set(totals[row])],
    ...onBy(line, WASM.whole(size)),
  ];
  const overBlocks = WASM.loop(
    ...get(kept.zero),
    ...set(four),
    ...lines.flatMap((line, row) => [
      ...[...get(line), ...get(four), ...loadInto(row), ...set(four)],
    ]),
    ...[...scale(four, kept), ...set(scales)],
    ...(low
      ? [
        ...[...low(four, scales, kept), ...set(value)],
        ...[...get(sum), ...WASM.loadOneAsFour, ...set(four)],
        ...[...counted([get(value), get(four), get(lows)]), ...set(lows)],
      ]
      : []),
    ...lines.flatMap(block),
    ...[...onBy(p, WASM.whole(128)), ...onBy(sum, WASM.whole(4)), ...less(n, 1)],
  );
  const stored = totals.flatMap((total, row) => [
    ...[...get(out), ...get(lows), ...WASM.ofFour(row)],
    ...[0, 1, 2, 3].flatMap((lane) => [
      ...[...get(total), ...WASM.ofFour(lane), ...WASM.addNumbers],
    ]),
    ...WASM.store(4 * row),
  ]);
  const body = [
    ...constantsIn(kept),
    ...[...get(weight), ...set(lines[3])],
    ...WASM.loop(
      ...[...get(lines[3]), ...set(lines[0])],
      ...lines.slice(1).flatMap((line) => [
        ...[...get(line - 1), ...get(width), ...add, ...set(line)],
      ]),
      ...[...get(x), ...set(p), ...get(sums), ...set(sum), ...get(blocks), ...set(n)],
      ...[lows, ...totals].flatMap((one) => [...get(kept.zero), ...set(one)]),
      ...overBlocks,
      ...[...stored, ...onBy(out, WASM.whole(16)), ...less(rows, 4)],
    ),
  ];
  return moduleOf(body, 7, 7, 18);
}

/**
 * A module with one function "f" for the memory "m" of a module "m": so many blocks,
 * worked out to numbers. It gets their place, that of the numbers, and their count.
 * @param {BlockKind} kind
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function unpackProgram(kind) {
  const { size, load, scale, low, eight } = FORMS[kind];
  const [from, to, count, four, times, more] = [0, 1, 2, 3, 4, 5];
  const [own, kept] = [[6, 7, 8], constantsFrom(9)];
  const body = [
    ...constantsIn(kept),
    ...WASM.loop(
      ...[...get(from), ...load, ...set(four), ...scale(four, kept), ...set(times)],
      ...(low ? [...low(four, times, kept), ...set(more)] : []),
      ...eight(from, own, kept).flatMap((numbers, i) => [
        ...[...get(to), ...numbers, ...get(times), ...WASM.multiplyFour],
        ...(low ? [...get(more), ...WASM.addFour] : []),
        ...WASM.storeFour(16 * i),
      ]),
      ...[
        ...onBy(from, WASM.whole(size)),
        ...onBy(to, WASM.whole(128)),
        ...less(count, 1),
      ],
    ),
  ];
  return moduleOf(body, 3, 0, 13);
}
