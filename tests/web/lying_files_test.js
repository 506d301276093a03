// GGUF files that say what isn't so: refused in a sentence, and nothing is made of it.
// Beside `tests/weights/test_lying_files.py`.

import assert from "node:assert/strict";
import process from "node:process";
import { test } from "node:test";
import { BLOCK_BYTES } from "../../llm_lessons/web/engine/gguf_kinds.js";
import { Refusal } from "../../llm_lessons/web/engine/checks.js";
import { readHeader } from "../../llm_lessons/web/engine/gguf_header.js";
import { realModel } from "../../llm_lessons/web/engine/real_model.js";
import { text, tinyFile, TOKENS, u32, u64, WEIGHTS } from "./tiny_gguf.js";

const FILE = tinyFile();
const SECONDS = 1; // within which a file is refused

/**
 * Another file: so many tensors and settings, and what follows.
 * @param {number[]} parts
 * @param {number | bigint} tensors @param {number | bigint} settings
 */
const head = (parts, tensors, settings) =>
  Uint8Array.from([
    ...new TextEncoder().encode("GGUF"),
    ...[...u32(3), ...u64(tensors), ...u64(settings), ...parts],
  ]);
/** The end of the last place where a name stands. @param {string} name */
function behind(name) {
  const letters = new TextEncoder().encode(name);
  const place = FILE.findLastIndex((_, i) =>
    letters.every((letter, n) => FILE[i + n] === letter)
  );
  return place + letters.length;
}
/**
 * The file with other bytes so far behind the last place where a name stands.
 * @param {string} name @param {number} after @param {number[]} parts
 */
function changed(name, after, parts) {
  const file = FILE.slice();
  file.set(parts, behind(name) + after);
  return file;
}
const UP = "blk.0.ffn_up.weight";
const LIST = [...text("a"), ...u32(9)];
const MILLION = [...LIST, ...u32(8), ...u64(1_000_000)];
const { tensors } = readHeader(FILE);
/** Two matrices of a layer lie where the table of tokens does, and are as large. */
function overlapping() {
  const file = FILE.slice();
  const table = behind(WEIGHTS[0].name);
  for (const i of [0, 1]) {
    file.copyWithin(behind(`blk.${i}.attn_output.weight`), table, table + 32);
  }
  return file;
}
/** A scale that is infinite. */
function infinite() {
  const file = FILE.slice();
  const start = tensors.get("blk.1.ffn_down.weight")?.start;
  assert.ok(start);
  file.set([0x00, 0x7c], start + 2 * BLOCK_BYTES.Q4_1);
  return file;
}

/** @type {Record<string, [Uint8Array, RegExp]>} */
const LIES = {
  "nothing": [new Uint8Array(), /ends before its byte 4/],
  "something else": [new TextEncoder().encode("{}  what is this?"), /with GGUF/],
  "half of it": [FILE.slice(0, FILE.length - 5_000), /would end at byte/],
  "the beginning": [FILE.slice(0, 900), /ends before its byte/],
  "version": [head([], 0, 0).with(4, 9), /version is 9/],
  "tensors": [head([], 2n ** 60n, 0), /has 1,152,921,504,606,84\d,\d+ tensors/],
  "settings": [head([], 0, 2n ** 60n), /has 1,152,921,504,606,84\d,\d+ settings/],
  "a text of exabytes": [head(u64(2n ** 63n), 0, 1), /ends before its byte/],
  "a text of gigabytes": [head(u64(4e9), 0, 1), /ends before its byte 4,000,000,032/],
  "many numbers": [head([...LIST, ...u32(0), ...u64(2n ** 60n)], 0, 1), /lists more/],
  "many texts": [
    head([...LIST, ...u32(8), ...u64(1_000_001)], 0, 1),
    /more than 1,000,000 texts/,
  ],
  "texts not there": [head([...LIST, ...u32(8), ...u64(999_999)], 0, 1), /ends before/],
  "lists in a list": [head([...LIST, ...u32(9), ...u64(1)], 0, 1), /lists in a list/],
  "things of no kind": [head([...text("a"), ...u32(99)], 0, 1), /of kind 99/],
  "no text": [head([...u64(1), 0xff], 0, 1), /one of its texts is none/],
  "layers": [
    tinyFile([["llama.block_count", "u32", 2 ** 31 - 1]]),
    /says that it has 2,147,483,647 layers, and holds the weights of 2/,
  ],
  "texts in two lists": [
    head([...LIST, ...u32(8), ...u64(1), ...u64(0), ...MILLION], 0, 2),
    /more than 1,000,000 texts/,
  ],
  "overlapping": [overlapping(), /its weights overlap/],
  "no heads": [tinyFile([["llama.attention.head_count", "u32", 0]]), /head_count must/],
  "wide": [
    tinyFile([["llama.feed_forward_length", "u32", 2 ** 31 - 1]]),
    /feed_forward_length must be a whole number from 1 to 65536; it was 2147483647/,
  ],
  "epsilon": [
    tinyFile([["llama.attention.layer_norm_rms_epsilon", "f32", NaN]]),
    /epsilon must be a number above 0; it was NaN/,
  ],
  "dimensions": [changed(UP, 0, u32(2 ** 31)), /2,147,483,648 dimensions/],
  "beyond": [changed(UP, 24, u64(2n ** 64n - 1n)), /would end at/],
  "width of rows": [
    tinyFile([], [{ name: "blk.0.ffn_down.weight", shape: [32, 48], kind: "Q4_1" }]),
    /ffn_down.weight must be 32 x 64; it was 32 x 48/,
  ],
  "nothing wide": [changed(UP, 4, u64(0)), /ffn_up.weight must be/],
  "kind": [
    changed(UP, 20, u32(14)),
    /stored as Q6_K; a page reads.* Take a file of the model in Q8_0 or F16/,
  ],
  "an unknown kind": [changed(UP, 20, u32(77)), /stored as kind 77; a page/],
  "alignment": [tinyFile([["general.alignment", "u32", 0]]), /alignment is 0/],
  "architecture": [
    tinyFile([["general.architecture", "text", "mamba"]]),
    /of "mamba" architecture/,
  ],
  "experts": [tinyFile([["llama.expert_count", "u32", 8]]), /with experts, which/],
  "scaling": [
    tinyFile([["llama.rope.scaling.type", "text", "yarn"]]),
    /with "yarn" rotary scaling/,
  ],
  "other weights": [
    tinyFile([], [{ name: "blk.0.attn_norm_2.weight", shape: [4], kind: "F32" }]),
    /has no use for: "blk.0.attn_norm_2.weight"/,
  ],
  "end": [tinyFile([["tokenizer.ggml.eos_token_id", "u32", 1e9]]), /eos_token_id must/],
  "no tokens": [tinyFile([["tokenizer.ggml.tokens", "u32", 7]]), /lacks its tokenizer/],
  "other words": [
    tinyFile([["tokenizer.ggml.pre", "text", "gpt-9"]]),
    /called "gpt-9"/,
  ],
  "other pieces": [tinyFile([["tokenizer.ggml.model", "text", "bert"]]), /kind "bert"/],
  "pairs": [tinyFile([["tokenizer.ggml.merges", "text", ["a z"]]]), /it joins "a z"/],
  "kinds": [tinyFile([["tokenizer.ggml.token_type", "i32", [1]]]), /has a kind/],
  "letters": [
    tinyFile([["tokenizer.ggml.tokens", "text", TOKENS.map((one) => `${one}世`)]]),
    /is no bytes/,
  ],
  "biases": [
    tinyFile([], [{ name: "blk.1.attn_q.bias", shape: [32], kind: "F32" }]),
    /lacks the weights blk.1.attn_k.bias/,
  ],
  "a stretch": [
    tinyFile([], [{ name: "rope_freqs.weight", shape: [5], kind: "F32" }]),
    /rope_freqs.weight must be 4; it was 5/,
  ],
  "linear": [
    tinyFile([["llama.rope.scaling.type", "text", "linear"]]),
    /factor must be a number above 0/,
  ],
  "sliding": [
    tinyFile([["llama.attention.sliding_window", "u32", 47]]),
    /with attention that slides/,
  ],
  "a setting twice": [
    head([...text("a"), ...u32(0), 1, ...text("a"), ...u32(0), 1], 0, 2),
    /has "a" twice/,
  ],
  "weights twice": [
    changed("blk.1.attn_norm.weight", -18, ["0".charCodeAt(0)]),
    /has "blk.0.attn_norm.weight" twice/,
  ],
  "a vocabulary": [
    changed("token_embd.weight", 12, [...u64(2 ** 31), ...u32(14)]),
    /vocabulary must be a whole number from 0 to 1000000/,
  ],
  "too many": [
    tinyFile([], [{ ...WEIGHTS[0], shape: [8, 32] }]),
    /gives scores to 8; they don't belong together/,
  ],
  "infinity": [infinite(), /blk.1.ffn_down.weight are no numbers/],
};

test("files that lie are refused in one sentence, in time", () => {
  /** What went wrong with each. @type {Record<string, string>} */
  const failed = {};
  for (const [name, [file, words]] of Object.entries(LIES)) {
    const began = process.cpuUsage();
    failed[name] = "opened";
    try {
      realModel(file);
    } catch (error) {
      const isTold = error instanceof Refusal && words.test(error.message);
      const { user, system } = process.cpuUsage(began); // a machine may do much else
      if (isTold && user + system < 1e6 * SECONDS) delete failed[name];
      else failed[name] = `${error} after ${user + system} millionths of a second`;
    }
  }
  assert.deepEqual(failed, {});
});

test("a file is refused or read, whatever byte of its header is another", () => {
  const header = tensors.get(WEIGHTS[0].name)?.start;
  assert.ok(header);
  for (let i = 0; i < 150; i += 1) {
    const file = FILE.slice();
    file[(i * 7919) % header] ^= 1 << i % 8;
    try {
      realModel(file).logits("ab");
    } catch (error) {
      assert.ok(error instanceof Refusal, `${i}: ${error}`);
    }
  }
});
