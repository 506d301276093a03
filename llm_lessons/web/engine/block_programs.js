// Products with weights that lie in blocks of 32, put together instruction by
// instruction. What a block holds: see `blocks.js`.

import { constantsIn, FORMS, get, set } from "./block_forms.js";
import { moduleOf, WASM } from "./wasm_code.js";

/** @import { Form, Scales } from "./block_forms.js" */
/** @import { BlockKind } from "./gguf_kinds.js" */

const onBy = (/** @type {number} */ local, /** @type {number} */ by) => [
  ...[...get(local), ...WASM.whole(by), ...WASM.add, ...set(local)],
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
function blockOfRow({ size, scales, fours }, row, isFused) {
  const [line, total] = [OF_ROW.lines[row], OF_ROW.totals[row]];
  const lane = [0, 1, 2, 3].map((byte) => 4 * row + byte);
  const sum = scales ? OF_ROW.four : total;
  return [
    ...(scales ? [...WASM.noFour, ...set(sum)] : []),
    ...fours(line, OF_ROW.own, OF_ROW.eight, OF_ROW.kept).flatMap((four, i) => [
      ...[...four, ...get(OF_ROW.atX), ...WASM.loadFourAt(16 * i)],
      ...productAdded(sum, isFused),
    ]),
    ...(scales
      ? [
        ...[...get(OF_ROW.scales), ...get(OF_ROW.scales)],
        ...WASM.shuffle([...lane, ...lane, ...lane, ...lane]),
        ...[...get(sum), ...productAdded(total, isFused)],
      ]
      : []),
    ...onBy(line, size),
  ];
}

/** The scales of four rows' blocks, worked out together. @param {Scales} scales */
const scalesOfRows = ({ loadInto, scale, low }) => [
  ...[...WASM.noFour, ...set(OF_ROW.four)],
  ...OF_ROW.lines.flatMap((line, row) => [
    ...[...get(line), ...get(OF_ROW.four), ...loadInto(row), ...set(OF_ROW.four)],
  ]),
  ...[...scale(OF_ROW.four, OF_ROW.kept), ...set(OF_ROW.scales)],
  ...(low
    ? [
      ...[...get(OF_ROW.lows), ...low(OF_ROW.four, OF_ROW.kept)],
      ...[...get(OF_ROW.atSum), ...WASM.loadOneAsFour],
      ...[...WASM.multiplyFour, ...WASM.addFour, ...set(OF_ROW.lows)],
    ]
    : []),
];

/** All blocks of four rows. @param {Form} form @param {boolean} isFused */
const blocksOfRows = (form, isFused) =>
  WASM.loop(
    ...(form.scales ? scalesOfRows(form.scales) : []),
    ...[0, 1, 2, 3].flatMap((row) => blockOfRow(form, row, isFused)),
    ...[...onBy(OF_ROW.atX, 128), ...onBy(OF_ROW.atSum, 4), ...less(OF_ROW.left, 1)],
  );

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
        ...[...get(line - 1), ...get(OF_ROW.width), ...WASM.add, ...set(line)],
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
  const { size, scales, fours } = FORMS[kind];
  const [from, to, count, four, times, more, own, eight] = [0, 1, 2, 3, 4, 5, 6, 7];
  const kept = { ofHalf: 8, halfTimes: 9, nibbles: 10 };
  const low = scales?.low;
  const body = [
    ...constantsIn(kept),
    ...WASM.loop(
      ...(scales ? [...get(from), ...scales.load, ...set(four)] : []),
      ...(scales ? [...scales.scale(four, kept), ...set(times)] : []),
      ...(low ? [...low(four, kept), ...set(more)] : []),
      ...fours(from, own, eight, kept).flatMap((numbers, i) => [
        ...[...get(to), ...numbers],
        ...(scales ? [...get(times), ...WASM.multiplyFour] : []),
        ...(low ? [...get(more), ...WASM.addFour] : []),
        ...WASM.storeFour(16 * i),
      ]),
      ...[...onBy(from, size), ...onBy(to, 128), ...less(count, 1)],
    ),
  ];
  return moduleOf(body, 3, 0, 8);
}
