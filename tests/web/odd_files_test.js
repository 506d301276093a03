// GGUF files that are odd in what they say of themselves: read as in Python, or refused.

import assert from "node:assert/strict";
import { test } from "node:test";
import { readHeader } from "../../llm_lessons/web/engine/gguf_header.js";
import { tokenizerOf } from "../../llm_lessons/web/engine/gguf_vocabulary.js";
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
