// Weights in blocks: what they stand for, and products that are those of plain loops.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  blockProduct,
  inRoomForFile,
  roomForFile,
} from "../../llm_lessons/web/engine/block_products.js";
import { rowProgram } from "../../llm_lessons/web/engine/block_programs.js";
import { areFinite, numbersIn } from "../../llm_lessons/web/engine/blocks.js";
import { BLOCK_BYTES, BLOCK_KINDS } from "../../llm_lessons/web/engine/gguf_kinds.js";
import { matmul, plainBlockProduct } from "../../llm_lessons/web/engine/speed.js";
import { random } from "./stand_ins.js";

/** @import { Blocks } from "../../llm_lessons/web/engine/blocks.js" */
/** @import { BlockKind } from "../../llm_lessons/web/engine/gguf_kinds.js" */

/** How many numbers of 16 bits each kind of block has. */
const HALVES = { Q4_0: 1, Q4_1: 2, Q8_0: 1, F16: 32 };

/**
 * Random weights; scales are of every size and of both signs.
 * @param {BlockKind} kind @param {number} outputs @param {number} inputs
 * @param {(size: number) => Uint8Array} room
 * @returns {Blocks}
 */
function someBlocks(kind, outputs, inputs, room = roomForFile) {
  const draw = random(outputs + inputs);
  const size = BLOCK_BYTES[kind];
  const place = 6; // files put their weights anywhere
  const length = outputs * inputs / 32 * size;
  const bytes = room(place + length).subarray(place);
  bytes.forEach((_, i) => bytes[i] = 256 * draw());
  for (let at = 0; at < bytes.length; at += size) {
    for (let high = at + 1; high < at + 2 * HALVES[kind]; high += 2) {
      bytes[high] = (bytes[high] & 0x83) | Math.floor(3 + 9 * draw()) << 2;
    }
  }
  return {
    ...{ kind, bytes, length: outputs * inputs, inputs, order: null },
    product: blockProduct,
  };
}

/** @param {number} size @param {number} seed */
function someNumbers(size, seed) {
  const draw = random(seed);
  return Float32Array.from({ length: size }, () => 2 * draw() - 1);
}

/**
 * Each sum in float64, and no further from it than rounding may lead: a millionth of
 * what its terms come to.
 * @param {Float32Array | null} found @param {Float32Array} x @param {Blocks} blocks
 */
function areTheSums(found, x, blocks) {
  assert.ok(found, "there is no WebAssembly here");
  const { inputs } = blocks;
  const [weights, outputs] = [numbersIn(blocks), blocks.length / inputs];
  assert.equal(found.length, x.length / inputs * outputs);
  found.forEach((one, place) => {
    const [row, o] = [Math.floor(place / outputs), place % outputs];
    let [sum, all] = [0, 0];
    for (let i = 0; i < inputs; i += 1) {
      const term = x[row * inputs + i] * weights[o * inputs + i];
      sum += term;
      all += Math.abs(term);
    }
    assert.ok(Math.abs(one - sum) <= 4e-6 * all, `${one} for ${sum} of ${all}`);
  });
}

test("a block is read as llama.cpp writes it", () => {
  const [one, minus] = [[0x00, 0x3c], [0x00, 0xc0]]; // 1 and -2 as float16
  const nibbles = Array.from({ length: 16 }, (_, i) => i | (15 - i) << 4);
  const up = Array.from({ length: 16 }, (_, i) => i);
  const both = [...up, ...up.toReversed()];
  const signed = Array.from({ length: 32 }, (_, i) => 8 * i - 128);
  const known = /** @type {[BlockKind, number[], number[]][]} */ ([
    ["Q4_0", [...minus, ...nibbles], both.map((number) => 16 - 2 * number)],
    ["Q4_1", [...one, ...minus, ...nibbles], both.map((number) => number - 2)],
    ["Q8_0", [...minus, ...signed], signed.map((number) => -2 * number)],
    ["F16", Array(16).fill([...one, ...minus]).flat(), Array(16).fill([1, -2]).flat()],
  ]);
  assert.deepEqual(known.map(([kind]) => kind), BLOCK_KINDS);
  for (const [kind, given, expected] of known) {
    const bytes = Uint8Array.from(given);
    assert.equal(bytes.length, BLOCK_BYTES[kind]);
    const rest = { length: 32, inputs: 32, order: null, product: blockProduct };
    const found = numbersIn({ kind, bytes, ...rest });
    assert.deepEqual([...found], expected);
  }
});

for (const kind of BLOCK_KINDS) {
  test(`${kind}: products are the sums, in whatever order the rows lie`, () => {
    const order = Int32Array.of(0, 2, 4, 6, 1, 3, 5, 7);
    for (
      const [blocks, counts] of /** @type {[Blocks, number[]][]} */ ([
        [someBlocks(kind, 12, 96), [1, 2, 3, 8, 13, 200]],
        [someBlocks(kind, 136, 1_536), [1, 2, 13]],
        [{ ...someBlocks(kind, 8, 64), order }, [1, 5]],
      ])
    ) {
      for (const rows of counts) {
        const x = someNumbers(rows * blocks.inputs, rows);
        areTheSums(blockProduct(x, blocks), x, blocks);
      }
      const x = someNumbers(2 * blocks.inputs, 1);
      areTheSums(plainBlockProduct(x, blocks), x, blocks);
    }
  });

  test(`${kind}: without adding products in one go the sums are the same`, () => {
    assert.ok(WebAssembly.validate(rowProgram(kind, true)));
    const validate = WebAssembly.validate;
    try {
      WebAssembly.validate = (program) =>
        program.byteLength !== rowProgram("Q8_0", true).length && validate(program);
      const blocks = someBlocks(kind, 12, 96);
      const x = someNumbers(96, 2);
      areTheSums(blockProduct(x, blocks), x, blocks);
    } finally {
      WebAssembly.validate = validate;
    }
  });

  test(`${kind}: weights that are no numbers are found`, () => {
    const blocks = someBlocks(kind, 4, 64);
    assert.ok(areFinite(blocks));
    const last = blocks.bytes.length - BLOCK_BYTES[kind] + 2 * HALVES[kind] - 1;
    blocks.bytes[last] = 0xfc; // minus infinity
    assert.ok(!areFinite(blocks));
  });
}

test("what is too much to be worked out at once is the same", () => {
  const blocks = someBlocks("Q4_1", 1_400, 32);
  const x = someNumbers(200 * 32, 4);
  areTheSums(blockProduct(x, blocks), x, blocks);
});

test("what lies elsewhere, or is no multiple of four, is left to plain loops", () => {
  const x = someNumbers(32, 1);
  const elsewhere = someBlocks("Q4_1", 4, 32, (size) => new Uint8Array(size));
  for (const blocks of [elsewhere, someBlocks("Q4_1", 3, 32)]) {
    assert.equal(blockProduct(x, blocks), null);
    areTheSums(matmul(x, blocks, 32), x, blocks);
  }
});

test("a file is put where products are fast, once", () => {
  const bytes = Uint8Array.of(1, 2, 3);
  const inRoom = inRoomForFile(bytes);
  assert.deepEqual([...inRoom], [1, 2, 3]);
  assert.notEqual(inRoom.buffer, bytes.buffer);
  assert.equal(inRoomForFile(inRoom), inRoom);
});

test("where there is no WebAssembly a file stays where it is", () => {
  const kept = { WebAssembly: globalThis.WebAssembly, Float32Array };
  try {
    Reflect.deleteProperty(globalThis, "WebAssembly");
    const blocks = someBlocks("Q4_1", 4, 32);
    const x = someNumbers(64, 1);
    assert.equal(blockProduct(x, blocks), null);
    areTheSums(matmul(x, blocks, 32), x, blocks);
    const room = roomForFile(3);
    Reflect.deleteProperty(globalThis, "Float32Array"); // no more can be made
    assert.equal(inRoomForFile(room), room);
    assert.equal(inRoomForFile(blocks.bytes), blocks.bytes);
  } finally {
    Object.assign(globalThis, kept);
  }
});
