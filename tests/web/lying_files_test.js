// GGUF files that say odd things of themselves: read as in Python, or refused in a
// sentence, and nothing is made of them. Beside `tests/weights/test_lying_files.py`.

import assert from "node:assert/strict";
import process from "node:process";
import { test } from "node:test";
import { Refusal } from "../../llm_lessons/web/engine/checks.js";
import { readHeader } from "../../llm_lessons/web/engine/gguf_header.js";
import { BLOCK_BYTES } from "../../llm_lessons/web/engine/gguf_kinds.js";
import { tokenizerOf } from "../../llm_lessons/web/engine/gguf_settings.js";
import { realModel } from "../../llm_lessons/web/engine/real_model.js";
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

const FILE = tinyFile();
const HEADER = readHeader(FILE);
const SECONDS = 1; // within which a file is refused
const UP = "blk.0.ffn_up.weight";
const [NORMAL, UNKNOWN, CONTROL, STAYS_WHOLE, BYTE] = [1, 2, 3, 4, 6];
const KINDS = TOKENS.map((_, id) => id < 3 ? CONTROL : NORMAL);

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
  const start = HEADER.tensors.get("blk.1.ffn_down.weight")?.start;
  assert.ok(start);
  file.set([0x00, 0x7c], start + 2 * BLOCK_BYTES.Q4_1);
  return file;
}
/** With two long tokens more, which stay whole wherever they stand. */
function longTokens() {
  const tokens = [...TOKENS, "a".repeat(60_000), "b".repeat(50_000)];
  const kinds = [...KINDS, STAYS_WHOLE, STAYS_WHOLE];
  return tinyFile([
    ["tokenizer.ggml.tokens", "text", tokens],
    ["tokenizer.ggml.token_type", "i32", kinds],
  ]);
}

/** @type {[Uint8Array, RegExp][]} */
const LIES = [
  [new Uint8Array(), /ends before its byte 4/],
  [new TextEncoder().encode("{}  what is this?"), /with GGUF/],
  [FILE.slice(0, FILE.length - 5_000), /would end at byte/],
  [begun(0, 0).with(4, 9), /version is 9/],
  [begun(2n ** 60n, 0), /has 1,152,921,504,606,84\d,\d+ tensors/],
  [begun(0, 1, ...u64(2n ** 63n)), /ends before its byte/], // a text of exabytes
  [begun(0, 1, ...listing(0, 2n ** 60n)), /lists more/],
  [begun(0, 1, ...listing(8, 999_999)), /ends before/],
  [
    begun(0, 2, ...listing(8, 1), ...u64(0), ...listing(8, 1_000_000)),
    /more than 1,000,000 texts/,
  ],
  [begun(0, 1, ...listing(9, 1)), /lists in a list/],
  [begun(0, 1, ...text("a"), ...u32(99)), /of kind 99/],
  [begun(0, 1, ...u64(1), 0xff), /one of its texts is none/],
  [begun(0, 2, ...text("a"), ...u32(0), 1, ...text("a"), ...u32(0), 1), /"a" twice/],
  [saying("llama.block_count", "u32", 2 ** 31 - 1), /2,147,483,647 layers, and holds/],
  [overlapping(), /its weights overlap/],
  [saying("llama.feed_forward_length", "u32", 2 ** 31 - 1), /length must be a whole n/],
  [saying("llama.attention.layer_norm_rms_epsilon", "f32", NaN), /it was NaN/],
  [changed(UP, 0, u32(2 ** 31)), /2,147,483,648 dimensions/],
  [changed(UP, 24, u64(2n ** 64n - 1n)), /would end at/],
  [holding("blk.0.ffn_down.weight", [32, 48], "Q4_1"), /must be 32 x 64; it was 32 x/],
  [changed(UP, 20, u32(14)), /as Q6_K; a page.* Take a file .* in Q8_0 or F16/],
  [saying("general.alignment", "u32", 0), /alignment is 0/],
  [saying("general.architecture", "text", "mamba"), /of "mamba" archi/],
  [saying("llama.attention.sliding_window", "u32", 47), /with attention that slides/],
  [saying("llama.attention.sliding_window", "text", "many"), /attention that slides/],
  [holding("blk.0.attn_norm_2.weight", [4], "F32"), /no use for: "blk.0.attn_norm_2/],
  [holding("blk.1.attn_q.bias", [32], "F32"), /lacks .* blk.1.attn_k.bias/],
  [saying("tokenizer.ggml.eos_token_id", "u32", 1e9), /eos_token_id must/],
  [saying("tokenizer.ggml.tokens", "u32", 7), /lacks its tokenizer/],
  [saying("tokenizer.ggml.pre", "text", "gpt-9"), /called "gpt-9"/],
  [saying("tokenizer.ggml.model", "text", "bert"), /kind "bert"/],
  [saying("tokenizer.ggml.merges", "text", ["a z"]), /it joins "a z"/],
  [saying("tokenizer.ggml.token_type", "i32", [1]), /has a kind/],
  [saying("tokenizer.ggml.tokens", "text", TOKENS.map((a) => `${a}世`)), /no bytes/],
  [longTokens(), /never cut have 110,000 letters/],
  [changed("token_embd.weight", 12, [...u64(2 ** 31), ...u32(14)]), /vocabulary must/],
  [holding(WEIGHTS[0].name, [8, 32], "Q8_0"), /to 8; they don't belong together/],
  [infinite(), /blk.1.ffn_down.weight are no numbers/],
];

test("files that lie are refused in one sentence, in time", () => {
  for (const [file, message] of LIES) {
    const began = process.cpuUsage();
    assert.throws(() => realModel(file), { message });
    assert.throws(() => realModel(file), Refusal);
    const { user, system } = process.cpuUsage(began); // a machine may do much else
    assert.ok(user + system < 1e6 * SECONDS, `${message}: ${user + system}`);
  }
});

test("a file is refused or read, whatever byte of its header is another", () => {
  const header = HEADER.tensors.get(WEIGHTS[0].name)?.start;
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

/** @typedef {[token: string, kind: number][]} Tokens */

/** The vocabulary of other tokens. @param {Tokens} tokens */
function vocabularyOf(tokens, model = "llama") {
  const settings = new Map(HEADER.settings)
    .set("tokenizer.ggml.model", model)
    .set("tokenizer.ggml.tokens", tokens.map(([token]) => token))
    .set("tokenizer.ggml.token_type", tokens.map(([, kind]) => kind))
    .set("tokenizer.ggml.scores", tokens.map((_, id) => -id));
  return tokenizerOf({ ...HEADER, settings }, tokens.length);
}

const ALL_BYTES = Array.from({ length: 256 }, (_, byte) => {
  const hex = byte.toString(16).toUpperCase().padStart(2, "0");
  return /** @type {[string, number]} */ ([`<0x${hex}>`, BYTE]);
});
/** With scores. @type {Tokens} */
const SCORED = [["<unk>", UNKNOWN], ["<s>", CONTROL], ["</s>", CONTROL], ...ALL_BYTES];
SCORED.push(["a", NORMAL], ["b", NORMAL], ["ab", NORMAL]);

test("a token without a letter that stays whole stands nowhere in a text", () => {
  const paired = /** @type {Tokens} */ (TOKENS.map((one, id) => [one, KINDS[id]]));
  const scored = vocabularyOf([...SCORED, ["", STAYS_WHOLE]]);
  for (const one of [scored, vocabularyOf([...paired, ["", STAYS_WHOLE]], "gpt2")]) {
    assert.equal(one.decode(one.encode("ab c")), "ab c");
  }
});

test("a text ends where Python ends it, of whatever kind that token is", () => {
  for (const kind of [NORMAL, STAYS_WHOLE, CONTROL]) {
    const { stops } = vocabularyOf([...SCORED, ["<|endoftext|>", kind]]);
    assert.deepEqual(stops, [2, SCORED.length]);
  }
});
