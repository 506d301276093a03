// Programs that multiply four numbers at once, and the words of which such programs are
// put together, instruction by instruction: WebAssembly's binary format
// (webassembly.github.io/spec/core/binary).

/** Bytes, and lists of them: `moduleOf` lays all of them one behind the other. */
/** @typedef {(number | Code)[]} Code */

/** A whole number, 7 bits at a time. @param {number} n @returns {number[]} */
const asLeb = (n) => n < 128 ? [n] : [n & 127 | 128, ...asLeb(n >> 7)];
/** The same with a sign. @param {number} n @returns {number[]} */
const asSigned = (n) =>
  n >= -64 && n < 64 ? [n & 127] : [n & 127 | 128, ...asSigned(n >> 7)];
const simd = (/** @type {number} */ code) => [0xfd, ...asLeb(code)];

export const get = (/** @type {number} */ local) => [0x20, local];
export const set = (/** @type {number} */ local) => [0x21, local];
/** Instructions, each with what it is applied to. */
export const WASM = {
  whole: (/** @type {number} */ n) => [0x41, asSigned(n)],
  add: [0x6a],
  subtract: [0x6b],
  multiply: [0x6c],
  isLess: [0x49],
  isAtLeast: [0x4f],
  addNumbers: [0x92],
  store: (/** @type {number} */ offset) => [0x38, 2, offset],
  loadFour: (offset = 0) => [simd(0), 2, offset],
  loadOneAsFour: [simd(9), 2, 0],
  storeFour: (/** @type {number} */ offset) => [simd(11), 2, offset],
  noFour: [simd(12), Array(16).fill(0)],
  addFour: simd(0xe4),
  multiplyFour: simd(0xe6),
  multiplyAndAddFour: simd(0x105), // "relaxed": rounded once or twice
  ofFour: (/** @type {number} */ lane) => [simd(31), lane],
  loadBytes: (/** @type {number} */ offset) => [simd(0), 0, offset],
  loadEightSigned: (/** @type {number} */ offset) => [simd(1), 0, offset],
  loadFourHalves: (/** @type {number} */ offset) => [simd(3), 0, offset],
  loadHalfAsEight: [simd(8), 0, 0],
  loadWordAsFour: [simd(9), 0, 0],
  loadHalfInto: (/** @type {number} */ lane) => [simd(85), 0, 0, lane],
  loadWordInto: (/** @type {number} */ lane) => [simd(86), 0, 0, lane],
  /** Four times the same 32 bits. */
  fourOf: (/** @type {number} */ bits) => {
    const bytes = [0, 8, 16, 24].map((by) => bits >>> by & 255);
    return [simd(12), bytes, bytes, bytes, bytes];
  },
  /** Of 32 bytes in two, those at these places. */
  shuffle: (/** @type {number[]} */ places) => [simd(13), places],
  both: simd(78),
  lowBytes: simd(137), // from 8 bits each to 16, without a sign
  highBytes: simd(138),
  shiftHalvesDown: simd(141),
  lowFour: simd(167), // from 16 bits each to 32, with their signs
  highFour: simd(168),
  shiftWordsUp: simd(171),
  shiftWordsDown: simd(172), // with their signs
  asNumbers: simd(250),
  /** Again, as long as the last of the body leaves something else than 0. */
  loop: (/** @type {Code} */ ...body) => [0x03, 0x40, body, 0x0d, 0, 0x0b],
};
const { whole, add, loop } = WASM;
/** Once, if the condition leaves something else than 0. */
const when = (/** @type {Code} */ condition, /** @type {Code} */ ...body) => [
  ...[condition, 0x04, 0x40, body, 0x0b],
];
/** As long as the condition leaves something else than 0. */
const whilst = (/** @type {Code} */ condition, /** @type {Code} */ ...body) => [
  ...[0x02, 0x40, 0x03, 0x40, condition, 0x45, 0x0d, 1],
  ...[body, 0x0c, 0, 0x0b, 0x0b],
];
/** @param {number} local @param {Code} by what is on the stack then */
const moved = (local, by) => [get(local), by, add, set(local)];
/** @param {number} local @param {number} by */
export const onBy = (local, by) => moved(local, whole(by));
/** What is left of it stays on the stack. @param {number} local @param {number} by */
export const less = (local, by) => [
  ...[get(local), whole(by), WASM.subtract, set(local), get(local)],
];

/** @param {Code} code @returns {number[]} */
const flat = (
  code,
) => /** @type {number[]} */ (/** @type {unknown[]} */ (code).flat(Infinity));
/** @param {number} id @param {Code} code */
function section(id, ...code) {
  const bytes = flat(code);
  return [id, ...asLeb(bytes.length), ...bytes];
}
/** A memory from outside, and how much it may hold. */
const memory = (/** @type {number[]} */ ...limits) =>
  section(2, 1, 1, 0x6d, 1, 0x6d, 2, limits);
const ANY_MEMORY = memory(0, 0);
const SHARED_MEMORY = memory(3, 0, ...asLeb(65_536));

/**
 * A module with one function "f" for the memory "m" of a module "m".
 * @param {Code} body of the function @param {number} parameters whole numbers
 * @param {number} wholes and of its own @param {number} fours of its own
 */
export function moduleOf(body, parameters, wholes, fours) {
  const [integer, four] = [0x7f, 0x7b];
  const code = flat([2, wholes, integer, fours, four, body, 0x0b]);
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, 1, 0x60, parameters, Array(parameters).fill(integer), 0),
    ...ANY_MEMORY,
    ...section(3, 1, 0),
    ...section(7, 1, 1, 0x66, 0, 0),
    ...section(10, 1, asLeb(code.length), code),
  ]);
}

/**
 * The same module, for memory that threads share.
 * @param {Uint8Array<ArrayBuffer>} program
 */
export function forShared(program) {
  const [types, before] = [8, 2]; // bytes in front of the types, and of what they are
  const at = types + before + program[types + 1];
  const rest = program.subarray(at + ANY_MEMORY.length);
  return Uint8Array.from([...program.subarray(0, at), ...SHARED_MEMORY, ...rest]);
}

/**
 * It gets the places of x, of a matrix and of what comes of it, the counts of rows of x
 * and of outputs, and the bytes of a row. It makes four outputs at a time, and for each
 * row of x four sums of four numbers.
 */
export function productProgram() {
  const [x, weight, out, rows, outputs, width] = [0, 1, 2, 3, 4, 5];
  // Its own: four rows of the matrix, and what is left to do; then numbers by fours.
  const [a, b, c, d, left, row, p, i, at] = [6, 7, 8, 9, 10, 11, 12, 13, 14];
  const [value, ...sums] = [15, 16, 17, 18, 19];
  const behind = (/** @type {number} */ to, /** @type {number} */ from) => [
    ...[get(from), get(width), add, set(to)],
  ];
  const products = [a, b, c, d].map((line, n) => [
    ...[get(sums[n]), get(value), get(line), get(i), add, WASM.loadFour()],
    ...[WASM.multiplyFour, WASM.addFour, set(sums[n])],
  ]);
  const along = loop(
    [get(p), get(i), add, WASM.loadFour(), set(value)],
    products,
    onBy(i, 16),
    [get(i), get(width), WASM.isLess],
  );
  const stored = sums.map((sum, n) => [
    ...[get(at), [0, 1, 2, 3].map((lane) => [get(sum), WASM.ofFour(lane)])],
    ...[Array(3).fill(WASM.addNumbers), WASM.store(4 * n)],
  ]);
  const overRows = loop(
    sums.map((sum) => [WASM.noFour, set(sum)]),
    [whole(0), set(i), along, stored],
    moved(at, [get(outputs), whole(4), WASM.multiply]),
    [behind(p, p), less(row, 1)],
  );
  const body = [
    [get(weight), set(a), get(outputs), set(left)],
    loop(
      [behind(b, a), behind(c, b), behind(d, c)],
      [get(x), set(p), get(rows), set(row), get(out), set(at)],
      [overRows, behind(a, d), onBy(out, 16), less(left, 4)],
    ),
  ];
  return moduleOf(body, 6, 9, 5);
}

/**
 * `Multiply` of `speed.js`, its places and steps in bytes, for columns that are a
 * multiple of four. It keeps four rows of eight sums until they are done, so that each
 * number which is read is used several times.
 * @param {boolean} isFused whether a product is added by one instruction, which not
 *   every browser has
 */
export function tilesProgram(isFused) {
  const [out, left, right, rows, columns, inner] = [0, 1, 2, 3, 4, 5];
  const [outStep, leftStep, along, rightStep, isAdded] = [6, 7, 8, 9, 10];
  // Its own: what is left to do, and where it is; then numbers by fours.
  const [column, n, place, at, first, second] = [11, 12, 13, 14, 15, 16];
  const [value, ...fours] = [21, 22, 23];
  const sums = [24, 25, 26, 27, 28, 29, 30, 31];
  const lines = [17, 18, 19, 20]; // in four rows of left
  const fewer = (/** @type {number} */ local, /** @type {number} */ by) => [
    ...[get(local), whole(by), WASM.subtract, set(local)],
  ];
  const atLeast = (/** @type {number} */ local, /** @type {number} */ by) => [
    ...[get(local), whole(by), WASM.isAtLeast],
  ];
  const times = (/** @type {number} */ local, /** @type {number} */ by) => [
    ...[get(local), whole(by), WASM.multiply],
  ];
  /** @param {number} sum @param {number} four */
  const counted = (sum, four) =>
    isFused
      ? [get(value), get(four), get(sum), WASM.multiplyAndAddFour]
      : [get(sum), get(value), get(four), WASM.multiplyFour, WASM.addFour];

  /** So many rows of so many fours. @param {number} high @param {number} wide */
  const tile = (high, wide) => {
    const mine = Array.from({ length: high }, (_, row) => ({
      line: lines[row],
      row: sums.slice(row * wide, (row + 1) * wide),
    }));
    return [
      mine.map(({ row }) => row.map((sum) => [WASM.noFour, set(sum)])),
      [get(place), set(at)],
      when(
        get(isAdded),
        mine.map(({ row }) => [
          row.map((sum, i) => [get(at), WASM.loadFour(16 * i), set(sum)]),
          moved(at, get(outStep)),
        ]),
      ),
      [get(left), set(lines[0])],
      mine.slice(1).map(({ line }) => [
        ...[get(line - 1), get(leftStep), add, set(line)],
      ]),
      [get(first), set(second), get(inner), set(n)],
      loop(
        fours.slice(0, wide).map((four, i) => [
          ...[get(second), WASM.loadFour(16 * i), set(four)],
        ]),
        mine.map(({ line, row }) => [
          [get(line), WASM.loadOneAsFour, set(value)],
          row.map((sum, i) => [counted(sum, fours[i]), set(sum)]),
          moved(line, get(along)),
        ]),
        [moved(second, get(rightStep)), less(n, 1)],
      ),
      [get(place), set(at)],
      mine.map(({ row }) => [
        row.map((sum, i) => [get(at), get(sum), WASM.storeFour(16 * i)]),
        moved(at, get(outStep)),
      ]),
    ];
  };
  /** All columns of so many rows. @param {number} high */
  const band = (high) => [
    [get(out), set(place), get(right), set(first), get(columns), set(column)],
    whilst(
      atLeast(column, 8),
      [tile(high, 2), onBy(place, 32), onBy(first, 32), fewer(column, 8)],
    ),
    when(get(column), tile(high, 1)),
    [moved(left, times(leftStep, high)), moved(out, times(outStep, high))],
    fewer(rows, high),
  ];
  const body = [
    whilst(atLeast(rows, 4), band(4)),
    whilst(get(rows), band(1)),
  ];
  return moduleOf(body, 11, 10, 11);
}
