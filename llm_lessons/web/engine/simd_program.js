// The program that multiplies four numbers at once, put together instruction by
// instruction: WebAssembly's binary format (webassembly.github.io/spec/core/binary).

/** A whole number, 7 bits at a time. @param {number} n @returns {number[]} */
const asLeb = (n) => n < 128 ? [n] : [n & 127 | 128, ...asLeb(n >> 7)];
const simd = (/** @type {number} */ code) => [0xfd, ...asLeb(code)];

/** Instructions, each with what it is applied to. */
const WASM = {
  get: (/** @type {number} */ local) => [0x20, local],
  set: (/** @type {number} */ local) => [0x21, local],
  whole: (/** @type {number} */ n) => [0x41, n], // below 64
  add: [0x6a],
  subtract: [0x6b],
  multiply: [0x6c],
  isLess: [0x49],
  addNumbers: [0x92],
  store: (/** @type {number} */ offset) => [0x38, 2, offset],
  loadFour: [...simd(0), 2, 0],
  noFour: [...simd(12), ...Array(16).fill(0)],
  addFour: simd(0xe4),
  multiplyFour: simd(0xe6),
  ofFour: (/** @type {number} */ lane) => [...simd(31), lane],
  /** Again, as long as the last of the body leaves something else than 0. */
  loop: (/** @type {number[]} */ ...body) => [0x03, 0x40, ...body, 0x0d, 0, 0x0b],
};

/**
 * A module with one function "f" for the memory "m" of a module "m". The function gets
 * the places of x, of a matrix and of what comes of it, the counts of rows of x and of
 * outputs, and the bytes of a row. It makes four outputs at a time, and for each row
 * of x four sums of four numbers.
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function productProgram() {
  const { get, set, whole, add, loop } = WASM;
  const [x, weight, out, rows, outputs, width] = [0, 1, 2, 3, 4, 5];
  // Its own: four rows of the matrix, and what is left to do; then numbers by fours.
  const [a, b, c, d, left, row, p, i, at] = [6, 7, 8, 9, 10, 11, 12, 13, 14];
  const [value, ...sums] = [15, 16, 17, 18, 19];
  /** @param {number} to @param {number[]} numbers of which it is the sum */
  const sumOf = (to, ...numbers) => [...numbers, ...add, ...set(to)];
  const behind = (/** @type {number} */ to, /** @type {number} */ from) =>
    sumOf(to, ...get(from), ...get(width));
  const onBy = (/** @type {number} */ local, /** @type {number} */ by) =>
    sumOf(local, ...get(local), ...whole(by));
  const less = (/** @type {number} */ local, /** @type {number} */ by) => [
    ...[...get(local), ...whole(by), ...WASM.subtract, ...set(local), ...get(local)],
  ];
  const products = [a, b, c, d].flatMap((line, n) => [
    ...[...get(sums[n]), ...get(value), ...get(line), ...get(i), ...add],
    ...[...WASM.loadFour, ...WASM.multiplyFour, ...WASM.addFour, ...set(sums[n])],
  ]);
  const along = loop(
    ...[...get(p), ...get(i), ...add, ...WASM.loadFour, ...set(value)],
    ...products,
    ...onBy(i, 16),
    ...[...get(i), ...get(width), ...WASM.isLess],
  );
  const stored = sums.flatMap((sum, n) => [
    ...get(at),
    ...[0, 1, 2, 3].flatMap((lane) => [...get(sum), ...WASM.ofFour(lane)]),
    ...Array(3).fill(WASM.addNumbers).flat(),
    ...WASM.store(4 * n),
  ]);
  const overRows = loop(
    ...sums.flatMap((sum) => [...WASM.noFour, ...set(sum)]),
    ...[...whole(0), ...set(i)],
    ...along,
    ...stored,
    ...sumOf(at, ...get(at), ...get(outputs), ...whole(4), ...WASM.multiply),
    ...behind(p, p),
    ...less(row, 1),
  );
  return moduleOf([
    ...[...get(weight), ...set(a), ...get(outputs), ...set(left)],
    ...loop(
      ...[...behind(b, a), ...behind(c, b), ...behind(d, c)],
      ...[...get(x), ...set(p), ...get(rows), ...set(row), ...get(out), ...set(at)],
      ...overRows,
      ...[...behind(a, d), ...onBy(out, 16)],
      ...less(left, 4),
    ),
  ]);
}

/**
 * A module of one function with six parameters, nine whole numbers and five fours.
 * @param {number[]} body of the function
 */
function moduleOf(body) {
  const [whole, four] = [0x7f, 0x7b];
  const code = [2, ...[9, whole], ...[5, four], ...body, 0x0b];
  const section = (/** @type {number} */ id, /** @type {number[]} */ ...parts) => {
    return [id, ...asLeb(parts.length), ...parts];
  };
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, 1, 0x60, 6, ...Array(6).fill(whole), 0),
    ...section(2, 1, 1, 0x6d, 1, 0x6d, 2, 0, 0),
    ...section(3, 1, 0),
    ...section(7, 1, 1, 0x66, 0, 0),
    ...section(10, 1, ...asLeb(code.length), ...code),
  ]);
}
