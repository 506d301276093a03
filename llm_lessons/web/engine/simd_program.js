// The programs that multiply four numbers at once, put together instruction by
// instruction: WebAssembly's binary format (webassembly.github.io/spec/core/binary).

import { moduleOf, WASM } from "./wasm_code.js";

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
  const body = [
    ...[...get(weight), ...set(a), ...get(outputs), ...set(left)],
    ...loop(
      ...[...behind(b, a), ...behind(c, b), ...behind(d, c)],
      ...[...get(x), ...set(p), ...get(rows), ...set(row), ...get(out), ...set(at)],
      ...overRows,
      ...[...behind(a, d), ...onBy(out, 16)],
      ...less(left, 4),
    ),
  ];
  return moduleOf(body, 6, 9, 5);
}

/**
 * A module with one function "f" for the memory "m" of a module "m": `Multiply` of
 * `speed.js`, its places and steps in bytes, for columns that are a multiple of four.
 * It keeps four rows of eight sums until they are done, so that each number which is
 * read is used several times.
 * @param {boolean} isFused whether a product is added by one instruction, which not
 *   every browser has
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function tilesProgram(isFused) {
  const { get, set, whole, add, when, whilst } = WASM;
  const [out, left, right, rows, columns, inner] = [0, 1, 2, 3, 4, 5];
  const [outStep, leftStep, along, rightStep, isAdded] = [6, 7, 8, 9, 10];
  // Its own: what is left to do, and where it is; then numbers by fours.
  const [column, n, place, at, first, second] = [11, 12, 13, 14, 15, 16];
  const [value, ...fours] = [21, 22, 23];
  const sums = [24, 25, 26, 27, 28, 29, 30, 31];
  const lines = [17, 18, 19, 20]; // in four rows of left
  const onBy = (/** @type {number} */ local, /** @type {number[]} */ by) => [
    ...[...get(local), ...by, ...add, ...set(local)],
  ];
  const less = (/** @type {number} */ local, /** @type {number} */ by) => [
    ...[...get(local), ...whole(by), ...WASM.subtract, ...set(local)],
  ];
  const atLeast = (/** @type {number} */ local, /** @type {number} */ by) => [
    ...[...get(local), ...whole(by), ...WASM.isAtLeast],
  ];
  const times = (/** @type {number} */ local, /** @type {number} */ by) => [
    ...[...get(local), ...whole(by), ...WASM.multiply],
  ];
  /** @param {number} sum @param {number} four */
  const counted = (sum, four) =>
    isFused ? [...get(value), ...get(four), ...get(sum), ...WASM.multiplyAndAddFour] : [
      ...get(sum),
      ...get(value),
      ...get(four),
      ...WASM.multiplyFour,
      ...WASM.addFour,
    ];

  /** So many rows of so many fours. @param {number} high @param {number} wide */
  const tile = (high, wide) => {
    const mine = Array.from({ length: high }, (_, row) => ({
      line: lines[row],
      row: sums.slice(row * wide, (row + 1) * wide),
    }));
    return [
      ...mine.flatMap(({ row }) => row.flatMap((sum) => [...WASM.noFour, ...set(sum)])),
      ...[...get(place), ...set(at)],
      ...when(
        get(isAdded),
        ...mine.flatMap(({ row }) => [
          ...row.flatMap((sum, i) => [
            ...[...get(at), ...WASM.loadFourAt(16 * i), ...set(sum)],
          ]),
          ...onBy(at, get(outStep)),
        ]),
      ),
      ...[...get(left), ...set(lines[0])],
      ...mine.slice(1).flatMap(({ line }) => [
        ...[...get(line - 1), ...get(leftStep), ...add, ...set(line)],
      ]),
      ...[...get(first), ...set(second), ...get(inner), ...set(n)],
      ...WASM.loop(
        ...fours.slice(0, wide).flatMap((four, i) => [
          ...[...get(second), ...WASM.loadFourAt(16 * i), ...set(four)],
        ]),
        ...mine.flatMap(({ line, row }) => [
          ...[...get(line), ...WASM.loadOneAsFour, ...set(value)],
          ...row.flatMap((sum, i) => [...counted(sum, fours[i]), ...set(sum)]),
          ...onBy(line, get(along)),
        ]),
        ...onBy(second, get(rightStep)),
        ...[...less(n, 1), ...get(n)],
      ),
      ...[...get(place), ...set(at)],
      ...mine.flatMap(({ row }) => [
        ...row.flatMap((sum, i) => [
          ...[...get(at), ...get(sum), ...WASM.storeFour(16 * i)],
        ]),
        ...onBy(at, get(outStep)),
      ]),
    ];
  };
  /** All columns of so many rows. @param {number} high */
  const band = (high) => [
    ...[...get(out), ...set(place), ...get(right), ...set(first)],
    ...[...get(columns), ...set(column)],
    ...whilst(
      atLeast(column, 8),
      ...tile(high, 2),
      ...[...onBy(place, whole(32)), ...onBy(first, whole(32)), ...less(column, 8)],
    ),
    ...when(get(column), ...tile(high, 1)),
    ...[...onBy(left, times(leftStep, high)), ...onBy(out, times(outStep, high))],
    ...less(rows, high),
  ];
  const body = [
    ...whilst(atLeast(rows, 4), ...band(4)),
    ...whilst(get(rows), ...band(1)),
  ];
  return moduleOf(body, 11, 10, 11);
}
