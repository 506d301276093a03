// Tiny models, and waiting for what they do.

import { LanguageModel } from "../../llm_lessons/web/engine/model.js";
import { SentencePieceTokenizer } from "../../llm_lessons/web/engine/tokenizer.js";
import { random } from "./stand_ins.js";

/** A model of bytes with random weights. @param {number} [window] its longest text */
export function tinyModel(window = 16) {
  const hex = (/** @type {number} */ byte) =>
    byte.toString(16).toUpperCase().padStart(2, "0");
  const pieces = Array.from({ length: 256 }, (_, byte) => `<0x${hex(byte)}>`);
  const tokenizer = new SentencePieceTokenizer({
    pieces: ["<s>", ...pieces],
    scores: pieces.map(() => 0).concat(0),
    kinds: `c${"b".repeat(256)}`,
  });
  const config = {
    ...{ vocab_size: 257, d_model: 8, n_layers: 1, n_heads: 2, n_kv_heads: 2 },
    ...{ d_head: 4, d_ff: 8, rope_theta: 10_000, norm_eps: 1e-5 },
    ...{ tie_embeddings: true, max_seq_len: window },
  };
  const next = random(1);
  const numbers = (/** @type {number} */ size) =>
    Float32Array.from({ length: size }, () => 2 * next() - 1);
  const layer = {
    ...{ attention_norm: numbers(8), mlp_norm: numbers(8) },
    ...{
      query: numbers(64),
      key: numbers(64),
      value: numbers(64),
      output: numbers(64),
    },
    ...{ gate: numbers(64), up: numbers(64), down: numbers(64) },
  };
  const whole = { embedding: numbers(257 * 8), final_norm: numbers(8) };
  const params = { ...whole, output_head: null, layers: [layer] };
  return new LanguageModel("tiny", config, params, tokenizer);
}

/** @param {() => boolean} isMet */
export async function until(isMet) {
  for (let i = 0; i < 2000 && !isMet(); i += 1) {
    await new Promise((done) => setTimeout(done, 1));
  }
  if (!isMet()) throw new Error("It has not come.");
}
