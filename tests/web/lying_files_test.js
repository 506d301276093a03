// GGUF files that say odd things of themselves: read as in Python, or refused in a
// sentence, and nothing is made of them. Beside `tests/weights/test_lying_files.py`.

import assert from "node:assert/strict";
import process from "node:process";
import { test } from "node:test";
import { Refusal } from "../../llm_lessons/web/engine/checks.js";
import { readHeader } from "../../llm_lessons/web/engine/gguf_header.js";
import { BLOCK_BYTES } from "../../llm_lessons/web/engine/gguf_kinds.js";
import { configOf, tokenizerOf } from "../../llm_lessons/web/engine/gguf_settings.js";
import { parametersOf, realModel } from "../../llm_lessons/web/engine/real_model.js";
import {
  begun,
  holding,
  listing,
  saying,
  text,
  tinyFile,
  TOKENS,
  u32,
  u64,
  WEIGHTS,
} from "./tiny_gguf.js";

/** @import { Setting } from "../../llm_lessons/web/engine/gguf_header.js" */

const FILE = tinyFile();
const SECONDS = 1; // within which a file is refused

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
  "version": [begun(0, 0).with(4, 9), /version is 9/],
  "tensors": [begun(2n ** 60n, 0), /has 1,152,921,504,606,84\d,\d+ tensors/],
  "settings": [begun(0, 2n ** 60n), /has 1,152,921,504,606,84\d,\d+ settings/],
  "a text of exabytes": [begun(0, 1, ...u64(2n ** 63n)), /ends before its byte/],
  "a text of gigabytes": [begun(0, 1, ...u64(4e9)), /before its byte 4,000,000,032/],
  "many numbers": [begun(0, 1, ...listing(0, 2n ** 60n)), /lists more/],
  "many texts": [begun(0, 1, ...listing(8, 1_000_001)), /more than 1,000,000 texts/],
  "texts not there": [begun(0, 1, ...listing(8, 999_999)), /ends before/],
  "texts in two lists": [
    begun(0, 2, ...listing(8, 1), ...u64(0), ...listing(8, 1_000_000)),
    /more than 1,000,000 texts/,
  ],
  "lists in a list": [begun(0, 1, ...listing(9, 1)), /lists in a list/],
  "things of no kind": [begun(0, 1, ...text("a"), ...u32(99)), /of kind 99/],
  "no text": [begun(0, 1, ...u64(1), 0xff), /one of its texts is none/],
  "layers": [
    saying("llama.block_count", "u32", 2 ** 31 - 1),
    /says that it has 2,147,483,647 layers, and holds the weights of 2/,
  ],
  "overlapping": [overlapping(), /its weights overlap/],
  "no heads": [saying("llama.attention.head_count", "u32", 0), /head_count must/],
  "wide": [
    saying("llama.feed_forward_length", "u32", 2 ** 31 - 1),
    /feed_forward_length must be a whole number from 1 to 65536; it was 2147483647/,
  ],
  "epsilon": [
    saying("llama.attention.layer_norm_rms_epsilon", "f32", NaN),
    /epsilon must be a number above 0; it was NaN/,
  ],
  "dimensions": [changed(UP, 0, u32(2 ** 31)), /2,147,483,648 dimensions/],
  "beyond": [changed(UP, 24, u64(2n ** 64n - 1n)), /would end at/],
  "width of rows": [
    holding("blk.0.ffn_down.weight", [32, 48], "Q4_1"),
    /ffn_down.weight must be 32 x 64; it was 32 x 48/,
  ],
  "nothing wide": [changed(UP, 4, u64(0)), /ffn_up.weight must be/],
  "kind": [changed(UP, 20, u32(14)), /as Q6_K; a page.* Take a file .* in Q8_0 or F16/],
  "an unknown kind": [changed(UP, 20, u32(77)), /stored as kind 77; a page/],
  "alignment": [saying("general.alignment", "u32", 0), /alignment is 0/],
  "architecture": [saying("general.architecture", "text", "mamba"), /of "mamba" archi/],
  "experts": [saying("llama.expert_count", "u32", 8), /with experts, which/],
  "scaling": [saying("llama.rope.scaling.type", "text", "yarn"), /with "yarn" rotary/],
  "other weights": [
    holding("blk.0.attn_norm_2.weight", [4], "F32"),
    /has no use for: "blk.0.attn_norm_2.weight"/,
  ],
  "end": [saying("tokenizer.ggml.eos_token_id", "u32", 1e9), /eos_token_id must/],
  "no tokens": [saying("tokenizer.ggml.tokens", "u32", 7), /lacks its tokenizer/],
  "other words": [saying("tokenizer.ggml.pre", "text", "gpt-9"), /called "gpt-9"/],
  "other pieces": [saying("tokenizer.ggml.model", "text", "bert"), /kind "bert"/],
  "pairs": [saying("tokenizer.ggml.merges", "text", ["a z"]), /it joins "a z"/],
  "kinds": [saying("tokenizer.ggml.token_type", "i32", [1]), /has a kind/],
  "letters": [
    saying("tokenizer.ggml.tokens", "text", TOKENS.map((one) => `${one}世`)),
    /is no bytes/,
  ],
  "biases": [holding("blk.1.attn_q.bias", [32], "F32"), /lacks .* blk.1.attn_k.bias/],
  "a stretch": [holding("rope_freqs.weight", [5], "F32"), /weight must be 4; it was 5/],
  "linear": [saying("llama.rope.scaling.type", "text", "linear"), /factor must be a/],
  "sliding": [
    saying("llama.attention.sliding_window", "u32", 47),
    /with attention that slides/,
  ],
  "a setting twice": [
    begun(0, 2, ...text("a"), ...u32(0), 1, ...text("a"), ...u32(0), 1),
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
    holding(WEIGHTS[0].name, [8, 32], "Q8_0"),
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

const HEADER = readHeader(FILE);
const [NORMAL, UNKNOWN, CONTROL, STAYS_WHOLE, BYTE] = [1, 2, 3, 4, 6];

/** The header with other settings. @param {Record<string, Setting>} settings */
const headerSaying = (settings) => ({
  ...HEADER,
  settings: new Map([...HEADER.settings, ...Object.entries(settings)]),
});

/**
 * The vocabulary with some tokens more.
 * @param {string[]} more @param {number} kind of them
 */
function withTokens(more, kind) {
  const kinds = TOKENS.map((_, id) => id < 3 ? CONTROL : NORMAL);
  const settings = {
    "tokenizer.ggml.tokens": [...TOKENS, ...more],
    "tokenizer.ggml.token_type": [...kinds, ...more.map(() => kind)],
  };
  return tokenizerOf(headerSaying(settings), TOKENS.length + more.length);
}

/**
 * One with scores, and some tokens more.
 * @param {string[]} more @param {number} kind of them
 */
function scoredWithTokens(more, kind) {
  const bytes = Array.from(
    { length: 256 },
    (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`,
  );
  const tokens = ["<unk>", "<s>", "</s>", ...bytes, "a", "b", "ab", ...more];
  const kinds = [
    ...[UNKNOWN, CONTROL, CONTROL, ...bytes.map(() => BYTE)],
    ...[NORMAL, NORMAL, NORMAL, ...more.map(() => kind)],
  ];
  const settings = {
    "tokenizer.ggml.model": "llama",
    "tokenizer.ggml.tokens": tokens,
    "tokenizer.ggml.token_type": kinds,
    "tokenizer.ggml.scores": tokens.map((_, id) => -id),
  };
  return tokenizerOf(headerSaying(settings), tokens.length);
}

test("a token without a letter that stays whole stands nowhere in a text", () => {
  const inLetters = withTokens([""], STAYS_WHOLE);
  assert.equal(inLetters.decode(inLetters.encode("ab c")), "ab c");
  const scored = scoredWithTokens([""], STAYS_WHOLE);
  assert.equal(scored.decode(scored.encode("ab c")), "ab c");
});

test("tokens that stay whole and have many letters are refused", () => {
  const long = ["a".repeat(60_000), "b".repeat(50_000)];
  for (const make of [withTokens, scoredWithTokens]) {
    assert.throws(() => make(long, STAYS_WHOLE), /never cut have 110,000 letters/);
  }
});

test("a text ends where Python ends it, of whatever kind that token is", () => {
  for (const kind of [NORMAL, STAYS_WHOLE, CONTROL]) {
    const { stops } = scoredWithTokens(["<|endoftext|>"], kind);
    assert.deepEqual(stops, [2, 262]);
  }
});

test("a sliding window that is no number is none that can be run", () => {
  const name = "llama.attention.sliding_window";
  for (const window of ["many", [512, 4096], true]) {
    assert.throws(
      () => configOf(headerSaying({ [name]: window })),
      /attention that slides/,
    );
  }
  for (const window of [0, 48, 4096]) {
    assert.equal(configOf(headerSaying({ [name]: window })).max_seq_len, 48);
  }
});

test("where all pairs turn a factor slower, no other numbers count", () => {
  const said = headerSaying({
    "llama.rope.scaling.type": "linear",
    "llama.rope.scaling.factor": 4,
  });
  const start = FILE.length;
  const others = { kind: "F32", shape: [4], start, size: 16 };
  const tensors = new Map([...said.tensors, ["rope_freqs.weight", others]]);
  const bytes = new Uint8Array([
    ...FILE,
    ...new Uint8Array(new Float32Array(4).fill(2).buffer),
  ]);
  const { config } = parametersOf({ ...said, tensors }, bytes, configOf(said));
  assert.deepEqual(config.rope_stretch, new Float32Array(4).fill(4));
});
