// Products by WebAssembly: of weights in blocks, and the same by each of its builds.

import assert from "node:assert/strict";
import { test } from "node:test";
import { BLOCK_BYTES, numbersIn } from "../../llm_lessons/web/engine/blocks.js";
import {
  moduleBytes,
  product,
  roomForFile,
} from "../../llm_lessons/web/engine/products.js";
import { FUSED, PLAIN } from "../../llm_lessons/web/engine/products_wasm.js";
import { Refusal } from "../../llm_lessons/web/engine/refusal.js";
import { random } from "./stand_ins.js";

/** @import { Blocks } from "../../llm_lessons/web/engine/blocks.js" */

/** How many numbers of 16 bits each kind of block begins with. */
const HALVES = { Q4_1: 2, Q8_0: 1 };
const KINDS = /** @type {Blocks["kind"][]} */ (Object.keys(BLOCK_BYTES));

/**
 * Random weights; scales are of every size and of both signs.
 * @param {Blocks["kind"]} kind @param {number} outputs @param {number} inputs
 * @returns {Blocks}
 */
function someBlocks(kind, outputs, inputs) {
  const draw = random(outputs + inputs);
  const size = BLOCK_BYTES[kind];
  const place = 6; // files put their weights anywhere
  const length = outputs * inputs / 32 * size;
  const bytes = roomForFile(place + length).subarray(place);
  bytes.forEach((_, i) => bytes[i] = 256 * draw());
  for (let at = 0; at < bytes.length; at += size) {
    for (let high = at + 1; high < at + 2 * HALVES[kind]; high += 2) {
      bytes[high] = (bytes[high] & 0x83) | Math.floor(3 + 9 * draw()) << 2;
    }
  }
  return { kind, bytes, length: outputs * inputs, inputs };
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
  const known = /** @type {[Blocks["kind"], number[], number[]][]} */ ([
    ["Q4_1", [...one, ...minus, ...nibbles], both.map((number) => number - 2)],
    ["Q8_0", [...minus, ...signed], signed.map((number) => 0 - 2 * number)],
  ]);
  assert.deepEqual(known.map(([kind]) => kind), KINDS);
  for (const [kind, given, expected] of known) {
    const bytes = roomForFile(given.length);
    bytes.set(given);
    assert.equal(bytes.length, BLOCK_BYTES[kind]);
    const found = numbersIn({ kind, bytes, length: 32, inputs: 32 });
    assert.deepEqual([...found], expected);
  }
});

for (const kind of KINDS) {
  test(`${kind}: products are the sums`, () => {
    for (
      const [blocks, counts] of /** @type {[Blocks, number[]][]} */ ([
        [someBlocks(kind, 12, 96), [1, 2, 3, 8, 13, 200]],
        [someBlocks(kind, 136, 1_536), [1, 2, 13]],
        [someBlocks(kind, 1_400, 32), [200]], // too much to be worked out at once
      ])
    ) {
      for (const rows of counts) {
        const x = someNumbers(rows * blocks.inputs, rows);
        areTheSums(product(x, blocks, blocks.inputs), x, blocks);
      }
    }
  });
}

/**
 * What a build makes of whole numbers, which are never rounded.
 * @param {string} build
 */
function allProducts(build) {
  const memory = new WebAssembly.Memory({ initial: 16 });
  const module = new WebAssembly.Module(moduleBytes(build));
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const run = /** @type {Record<string, (...given: number[]) => void>} */ (exports);
  const numbers = new Float32Array(memory.buffer);
  numbers.forEach((_, i) => numbers[i] = i % 17 - i % 13);
  const [x, weight, out, desk] = [0, 8_000, 40_000, 80_000];
  run.F32(x, weight, out, 3, 8, 64);
  run.multiply(out + 4_000, x, weight, 9, 24, 10, 24, 10, 1, 24, 1);
  const bytes = new Uint8Array(memory.buffer);
  for (const [i, kind] of KINDS.entries()) {
    const size = BLOCK_BYTES[kind];
    for (let block = 0; block < 16; block += 1) {
      for (let half = 0; half < HALVES[kind]; half += 1) {
        bytes.set([0x00, 0x3c], weight + block * size + 2 * half); // 1
      }
    }
    run[kind](x, weight, out + 8_000 + 4_000 * i, 1, 8, 64, desk);
    run[kind](x, weight, out + 10_000 + 4_000 * i, 3, 8, 64, desk);
  }
  return numbers.slice(out / 4, desk / 4);
}

test("where products can't be added in one go the other build gives the same", () => {
  const [fused, plain] = [FUSED, PLAIN].map(allProducts);
  assert.deepEqual(fused, plain);
});

test("where there is no WebAssembly a file finds no room, in a sentence", () => {
  const kept = globalThis.WebAssembly;
  try {
    Reflect.deleteProperty(globalThis, "WebAssembly");
    assert.throws(() => roomForFile(3), Refusal);
  } finally {
    globalThis.WebAssembly = kept;
  }
});
