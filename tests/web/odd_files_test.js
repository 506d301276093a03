// GGUF files that say odd things of themselves: read as in Python, or refused.

import assert from "node:assert/strict";
import { test } from "node:test";
import { readHeader } from "../../llm_lessons/web/engine/gguf_header.js";
import { configOf } from "../../llm_lessons/web/engine/gguf_settings.js";
import { tokenizerOf } from "../../llm_lessons/web/engine/gguf_vocabulary.js";
import { parametersOf } from "../../llm_lessons/web/engine/gguf_weights.js";
import { tinyFile, TOKENS } from "./tiny_gguf.js";

/** @import { Setting } from "../../llm_lessons/web/engine/gguf_header.js" */

const FILE = tinyFile();
const HEADER = readHeader(FILE);
const [NORMAL, UNKNOWN, CONTROL, STAYS_WHOLE, BYTE] = [1, 2, 3, 4, 6];

/** The header with other settings. @param {Record<string, Setting>} settings */
const saying = (settings) => ({
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
  return tokenizerOf(saying(settings), TOKENS.length + more.length);
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
  return tokenizerOf(saying(settings), tokens.length);
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
    assert.throws(() => configOf(saying({ [name]: window })), /attention that slides/);
  }
  for (const window of [0, 48, 4096]) {
    assert.equal(configOf(saying({ [name]: window })).max_seq_len, 48);
  }
});

test("where all pairs turn a factor slower, no other numbers count", () => {
  const said = saying({
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
