// A model file of somebody's own: read by its parts, and refused by its header where it
// doesn't run, whatever size it has or says it has.

import assert from "node:assert/strict";
import process from "node:process";
import { test } from "node:test";
import { LONGEST_HEADER } from "../../llm_lessons/web/engine/gguf_header.js";
import { realModel } from "../../llm_lessons/web/engine/real_model.js";
import { ownFile } from "../../llm_lessons/web/real/own_file.js";
import { begun, listing, saying, tinyFile, u64 } from "./tiny_gguf.js";

const SECONDS = 1; // within which a file is refused
const LARGE = 20e9; // bytes

/**
 * A file of any size, of which only the beginning takes memory; what is read of it is
 * counted.
 * @param {Uint8Array} beginning @param {number} size
 */
function standInFile(beginning, size) {
  const read = { bytes: 0, largest: 0 };
  const file = {
    ...{ name: "mine.gguf", size },
    slice(/** @type {number} */ from, /** @type {number} */ to) {
      const part = new Uint8Array(Math.max(0, Math.min(to, size) - from));
      read.bytes += part.length;
      read.largest = Math.max(read.largest, part.length);
      part.set(beginning.subarray(from, to));
      return { arrayBuffer: () => Promise.resolve(part.buffer) };
    },
  };
  return { file: /** @type {File} */ (/** @type {unknown} */ (file)), read };
}

/** @returns {Uint8Array} */
function noRoom() {
  throw new Error("room was made before the file was known");
}
/** @param {File} file */
const refusal = (file) => ownFile(file, noRoom, () => {}).then(() => "opened", String);

test("its model is the one of all of its bytes, which are read in parts", async () => {
  const whole = tinyFile();
  const { file, read } = standInFile(whole, 40_000_000);
  const room = (/** @type {number} */ size) => new Uint8Array(size);
  const { bytes, name, known } = await ownFile(file, room, () => {});
  assert.deepEqual(bytes.subarray(0, whole.length), whole);
  assert.equal(read.bytes, bytes.length + LONGEST_HEADER); // twice only the beginning
  assert.ok(read.largest <= LONGEST_HEADER);
  const lm = realModel(bytes, name, known);
  assert.equal(lm.name, "mine");
  assert.deepEqual(lm.logits("abc"), realModel(whole).logits("abc"));
});

/** @type {[beginning: Uint8Array, size: number, RegExp][]} */
const REFUSED = [
  [begun(0, 1, ...u64(4e9)), LARGE, /more than 33,554,432 bytes/], // of a text
  [begun(0, 1, ...listing(12, 4_000_000)), 4e7, /undefined architecture/],
  [begun(0, 1, ...listing(8, 1_000_000)), LARGE, /undefined architecture/],
  [begun(0, 65_536), LARGE, /has "" twice/],
  [tinyFile(), LARGE, /needs 20.01 GB of memory/],
  [
    saying("llama.context_length", "u32", 2 ** 31 - 1),
    1.5e9,
    /needs 1.51 GB of memory, and a page may take 1.5 GB here/,
  ],
];

test("files are refused by their beginning, in time, and no room is made", async () => {
  for (const [beginning, size, words] of REFUSED) {
    const { file, read } = standInFile(beginning, size);
    const began = process.cpuUsage();
    assert.match(await refusal(file), words);
    const { user, system } = process.cpuUsage(began);
    assert.ok(user + system < 1e6 * SECONDS, `${words}: ${user + system}`);
    assert.ok(read.bytes <= LONGEST_HEADER);
  }
});

test("a file that can't be read is said to be one", async () => {
  /** @type {(() => Promise<ArrayBuffer>)[]} */
  const cases = [
    () => Promise.reject(new DOMException("gone", "NotReadableError")),
    () => Promise.resolve(new ArrayBuffer(5)), // it has become shorter
  ];
  for (const arrayBuffer of cases) {
    const { file } = standInFile(tinyFile(), 1000);
    Object.assign(file, { slice: () => ({ arrayBuffer }) });
    assert.match(await refusal(file), /can't be read/);
  }
});

test("a device with little memory takes less", async () => {
  Object.defineProperty(navigator, "deviceMemory", { value: 1, configurable: true });
  try {
    const { file } = standInFile(tinyFile(), 0.6e9);
    assert.match(await refusal(file), /may take 0.53 GB here/);
  } finally {
    Reflect.deleteProperty(navigator, "deviceMemory");
  }
});
