// A model file of somebody's own: read by its parts, and refused by its header where it
// doesn't run, whatever size it has or says it has.

import assert from "node:assert/strict";
import process from "node:process";
import { test } from "node:test";
import { LONGEST_HEADER } from "../../llm_lessons/web/engine/gguf_header.js";
import { realModel } from "../../llm_lessons/web/engine/real_model.js";
import { ownFile } from "../../llm_lessons/web/real/own_file.js";
import {
  begun,
  holding,
  listing,
  saying,
  tinyFile,
  TOKENS,
  u64,
  WEIGHTS,
} from "./tiny_gguf.js";

const SECONDS = 1; // within which a file is refused
const LARGE = 20e9; // bytes
const MIXED = /** @type {const} */ (["Q4_0", "F16"]);

/**
 * A file of any size, of which only the beginning takes memory; what is read of it is
 * counted.
 * @param {Uint8Array} beginning @param {number} [size]
 */
function standInFile(beginning, size = beginning.length) {
  const read = { bytes: 0, largest: 0 };
  const file = {
    ...{ name: "mine.gguf", size },
    slice(/** @type {number} */ from, /** @type {number} */ to) {
      const length = Math.max(0, Math.min(to, size) - from);
      read.bytes += length;
      read.largest = Math.max(read.largest, length);
      return {
        arrayBuffer() {
          const part = new Uint8Array(length);
          part.set(beginning.subarray(from, to));
          return Promise.resolve(part.buffer);
        },
      };
    },
  };
  return { file: /** @type {File} */ (/** @type {unknown} */ (file)), read };
}

/**
 * @param {File} file @param {(size: number) => Uint8Array} [room]
 * @param {(bytes: number) => void} [tell]
 */
const opened = (file, room = (size) => new Uint8Array(size), tell = () => {}) =>
  ownFile(file, room, tell);

/** @returns {Uint8Array} */
function noRoom() {
  throw new Error("room was made before the file was known");
}

test("its model is the one of all of its bytes", async () => {
  const weights = WEIGHTS.filter(({ kind }) => kind === "Q4_1")
    .map((one, i) => ({ ...one, kind: MIXED[i % 2] }));
  const whole = tinyFile([], weights);
  /** @type {number[]} */
  const told = [];
  const file = new File([whole], "mine.gguf");
  const { bytes, name, known } = await opened(file, undefined, (one) => told.push(one));
  assert.deepEqual(bytes, whole);
  assert.deepEqual([name, told], ["mine", [0]]);
  const lm = realModel(bytes, name, known);
  assert.equal(lm.name, "mine");
  assert.deepEqual(lm.logits("abc"), realModel(whole).logits("abc"));
});

test("it is read in parts, and none of them twice but the beginning", async () => {
  const size = 40_000_000;
  const { file, read } = standInFile(tinyFile(), size);
  const { bytes } = await opened(file);
  assert.equal(bytes.length, size);
  assert.equal(read.bytes, size + LONGEST_HEADER);
  assert.ok(read.largest <= LONGEST_HEADER);
});

/** @type {Record<string, [beginning: Uint8Array, size: number, RegExp]>} */
const REFUSED = {
  "much of nothing": [new Uint8Array(100), LARGE, /does not begin with GGUF/],
  "a text that is there": [
    begun(0, 1, ...u64(4e9)),
    LARGE,
    /more than 33,554,432 bytes/,
  ],
  "numbers that are there": [
    begun(0, 1, ...listing(12, 4_000_000)),
    4e7,
    /undefined architecture/,
  ],
  "texts that are there": [
    begun(0, 1, ...listing(8, 1_000_000)),
    LARGE,
    /undefined architecture/,
  ],
  "settings": [begun(0, 65_536), LARGE, /has "" twice/],
  "a model that is too large": [tinyFile(), LARGE, /needs 20.01 GB of memory/],
  "a long text": [
    saying("llama.context_length", "u32", 2 ** 31 - 1),
    1.5e9,
    /needs 1.51 GB of memory, and a page may take 1.5 GB here/,
  ],
  "a wide table of tokens": [
    holding(WEIGHTS[0].name, [TOKENS.length + 2, 64], "Q8_0"),
    LARGE,
    /no table of tokens that is 32 wide/,
  ],
};

test("files are refused by their beginning, in time, and no room is made", async () => {
  /** @type {Record<string, string>} */
  const failed = {};
  for (const [name, [beginning, size, words]] of Object.entries(REFUSED)) {
    const { file, read } = standInFile(beginning, size);
    const began = process.cpuUsage();
    const said = await opened(file, noRoom).then(() => "opened", String);
    const { user, system } = process.cpuUsage(began);
    const isTold = words.test(said) && read.bytes <= LONGEST_HEADER;
    if (!isTold || user + system > 1e6 * SECONDS) {
      failed[name] = `${said} after ${user + system} millionths of a second`;
    }
  }
  assert.deepEqual(failed, {});
});

test("a file that can't be read is said to be one", async () => {
  const { file } = standInFile(tinyFile());
  /** @type {(() => Promise<ArrayBuffer>)[]} */
  const cases = [
    () => Promise.reject(new DOMException("gone", "NotReadableError")),
    () => Promise.resolve(new ArrayBuffer(5)), // it has become shorter
  ];
  for (const arrayBuffer of cases) {
    const other = { ...file, slice: () => ({ arrayBuffer }) };
    const said = await opened(/** @type {File} */ (/** @type {unknown} */ (other)))
      .then(() => "opened", String);
    assert.match(said, /can't be read: it is a folder, or it was moved or changed/);
  }
});

test("a device with little memory takes less", async () => {
  Object.defineProperty(navigator, "deviceMemory", { value: 1, configurable: true });
  try {
    const { file } = standInFile(tinyFile(), 0.6e9);
    await assert.rejects(opened(file, noRoom), /may take 0.53 GB here/);
  } finally {
    Reflect.deleteProperty(navigator, "deviceMemory");
  }
});
