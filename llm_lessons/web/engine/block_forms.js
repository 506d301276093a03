// How the programs of `block_programs.js` read each kind of block, instruction by
// instruction. What a block holds: see `blocks.js`.

import { BLOCK_BYTES } from "./gguf_kinds.js";
import { WASM } from "./wasm_code.js";

/** @import { BlockKind } from "./gguf_kinds.js" */

export const { get, set } = WASM;

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
export const constantsIn = ({ ofHalf, halfTimes, nibbles }) => [
  ...[...WASM.fourOf(OF_HALF), ...set(ofHalf)],
  ...[...WASM.fourOf(HALF_TIMES), ...set(halfTimes)],
  ...[...WASM.fourOf(NIBBLES), ...set(nibbles)],
];

/**
 * How the programs read a kind of block. `size`: its bytes. `fours`: its numbers, four
 * after four, as `float32`, to be taken times the scale where there is one.
 * @typedef {object} Form
 * @property {number} size @property {Scales | null} scales
 * @property {(line: number, own: number, eight: number, kept: Constants) =>
 *   number[][]} fours
 */
/**
 * `load` and `loadInto` give a block's scale for all lanes, or put a row's into its
 * lane; `scale` makes numbers of what they gave, in the local `of`, and `low`, where
 * there is one, those that are added then.
 * @typedef {object} Scales
 * @property {number[]} load @property {(row: number) => number[]} loadInto
 * @property {(of: number, kept: Constants) => number[]} scale
 * @property {((of: number, kept: Constants) => number[]) | null} low
 */

/** @param {Constants} kept */
const asFloat = ({ ofHalf, halfTimes }) => [
  ...[...WASM.whole(3), ...WASM.shiftWordsDown, ...get(ofHalf), ...WASM.both],
  ...[...get(halfTimes), ...WASM.multiplyFour],
];
/** Of halves in the lower 16 bits. @param {Constants} kept */
const raisedAsFloat = (kept) => [
  ...[...WASM.whole(16), ...WASM.shiftWordsUp, ...asFloat(kept)],
];

/**
 * @param {number[][]} eights whole numbers, in 16 bits each
 * @param {number} eight a local for them
 */
const asFours = (eights, eight) =>
  eights.flatMap((one) => [
    [...one, ...set(eight), ...get(eight), ...WASM.lowFour, ...WASM.asNumbers],
    [...get(eight), ...WASM.highFour, ...WASM.asNumbers],
  ]);

/**
 * 4 bits each.
 * @param {number} at so far behind the block's beginning
 * @returns {Form["fours"]}
 */
const nibblesAt = (at) => (line, own, eight, { nibbles }) => {
  const packed = [...get(line), ...WASM.loadBytes(at), ...set(own), ...get(own)];
  const lower = [...get(nibbles), ...WASM.both];
  const upper = [...WASM.whole(4), ...WASM.shiftHalvesDown, ...lower];
  return asFours([
    [...packed, ...lower, ...WASM.lowBytes],
    [...get(own), ...lower, ...WASM.highBytes],
    [...get(own), ...upper, ...WASM.lowBytes],
    [...get(own), ...upper, ...WASM.highBytes],
  ], eight);
};

/** @type {Scales} */
const SCALE_ALONE = {
  load: WASM.loadHalfAsEight,
  loadInto: (row) => WASM.loadHalfInto(2 * row + 1),
  scale: (of, kept) => [...get(of), ...asFloat(kept)],
  low: null,
};

/** @type {Record<BlockKind, Form>} */
export const FORMS = {
  Q4_0: {
    size: BLOCK_BYTES.Q4_0,
    scales: {
      ...SCALE_ALONE,
      low: (of, kept) => [
        ...[...SCALE_ALONE.scale(of, kept), ...WASM.fourOf(MINUS_8)],
        ...WASM.multiplyFour,
      ],
    },
    fours: nibblesAt(2),
  },
  Q4_1: {
    size: BLOCK_BYTES.Q4_1,
    scales: {
      load: WASM.loadWordAsFour,
      loadInto: WASM.loadWordInto,
      scale: (of, kept) => [...get(of), ...raisedAsFloat(kept)],
      low: (of, kept) => [...get(of), ...asFloat(kept)],
    },
    fours: nibblesAt(4),
  },
  Q8_0: {
    size: BLOCK_BYTES.Q8_0,
    scales: SCALE_ALONE,
    fours: (line, _, eight) =>
      asFours(
        [2, 10, 18, 26].map((i) => [...get(line), ...WASM.loadEightSigned(i)]),
        eight,
      ),
  },
  F16: {
    size: BLOCK_BYTES.F16,
    scales: null,
    fours: (line, _own, _eight, kept) =>
      [0, 8, 16, 24, 32, 40, 48, 56].map((i) => [
        ...[...get(line), ...WASM.loadFourHalves(i), ...raisedAsFloat(kept)],
      ]),
  },
};
