// The words of which programs for four numbers at once are put together, instruction by
// instruction: WebAssembly's binary format (webassembly.github.io/spec/core/binary).

/** A whole number, 7 bits at a time. @param {number} n @returns {number[]} */
const asLeb = (n) => n < 128 ? [n] : [n & 127 | 128, ...asLeb(n >> 7)];
/** The same with a sign. @param {number} n @returns {number[]} */
const asSigned = (n) =>
  n >= -64 && n < 64 ? [n & 127] : [n & 127 | 128, ...asSigned(n >> 7)];
const simd = (/** @type {number} */ code) => [0xfd, ...asLeb(code)];

/** Instructions, each with what it is applied to. */
export const WASM = {
  get: (/** @type {number} */ local) => [0x20, local],
  set: (/** @type {number} */ local) => [0x21, local],
  whole: (/** @type {number} */ n) => [0x41, ...asSigned(n)],
  add: [0x6a],
  subtract: [0x6b],
  multiply: [0x6c],
  isLess: [0x49],
  isAtLeast: [0x4f],
  addNumbers: [0x92],
  store: (/** @type {number} */ offset) => [0x38, 2, offset],
  loadFour: [...simd(0), 2, 0],
  loadFourAt: (/** @type {number} */ offset) => [...simd(0), 2, offset],
  loadOneAsFour: [...simd(9), 2, 0],
  storeFour: (/** @type {number} */ offset) => [...simd(11), 2, offset],
  noFour: [...simd(12), ...Array(16).fill(0)],
  addFour: simd(0xe4),
  multiplyFour: simd(0xe6),
  multiplyAndAddFour: simd(0x105), // "relaxed": rounded once or twice
  ofFour: (/** @type {number} */ lane) => [...simd(31), lane],
  loadBytes: (/** @type {number} */ offset) => [...simd(0), 0, offset],
  loadEightSigned: (/** @type {number} */ offset) => [...simd(1), 0, offset],
  loadFourHalves: (/** @type {number} */ offset) => [...simd(3), 0, offset],
  loadHalfAsEight: [...simd(8), 0, 0],
  loadWordAsFour: [...simd(9), 0, 0],
  loadHalfInto: (/** @type {number} */ lane) => [...simd(85), 0, 0, lane],
  loadWordInto: (/** @type {number} */ lane) => [...simd(86), 0, 0, lane],
  /** Four times the same 32 bits. */
  fourOf: (/** @type {number} */ bits) => {
    const bytes = [0, 8, 16, 24].map((by) => bits >>> by & 255);
    return [...simd(12), ...bytes, ...bytes, ...bytes, ...bytes];
  },
  /** Of 32 bytes in two, those at these places. */
  shuffle: (/** @type {number[]} */ places) => [...simd(13), ...places],
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
  loop: (/** @type {number[]} */ ...body) => [0x03, 0x40, ...body, 0x0d, 0, 0x0b],
  /** Once, if the condition leaves something else than 0. */
  when: (/** @type {number[]} */ condition, /** @type {number[]} */ ...body) => [
    ...[...condition, 0x04, 0x40, ...body, 0x0b],
  ],
  /** As long as the condition leaves something else than 0. */
  whilst: (/** @type {number[]} */ condition, /** @type {number[]} */ ...body) => [
    ...[0x02, 0x40, 0x03, 0x40, ...condition, 0x45, 0x0d, 1],
    ...[...body, 0x0c, 0, 0x0b, 0x0b],
  ],
};

const section = (/** @type {number} */ id, /** @type {number[]} */ ...parts) => [
  ...[id, ...asLeb(parts.length), ...parts],
];
/** A memory from outside, and how much it may hold. */
const memory = (/** @type {number[]} */ ...limits) =>
  section(2, 1, 1, 0x6d, 1, 0x6d, 2, ...limits);
const ANY_MEMORY = memory(0, 0);
const SHARED_MEMORY = memory(3, 0, ...asLeb(65_536));

/**
 * A module of one function.
 * @param {number[]} body of the function
 * @param {number} parameters whole numbers that it gets
 * @param {number} wholes and of its own @param {number} fours of its own
 */
export function moduleOf(body, parameters, wholes, fours) {
  const [whole, four] = [0x7f, 0x7b];
  const code = [2, ...[wholes, whole], ...[fours, four], ...body, 0x0b];
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, 1, 0x60, parameters, ...Array(parameters).fill(whole), 0),
    ...ANY_MEMORY,
    ...section(3, 1, 0),
    ...section(7, 1, 1, 0x66, 0, 0),
    ...section(10, 1, ...asLeb(code.length), ...code),
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
