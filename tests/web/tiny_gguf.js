// A whole GGUF file of a tiny Llama with random weights, written here.

import { BLOCK_BYTES } from "../../llm_lessons/web/engine/blocks.js";
import { random } from "./stand_ins.js";

/** @typedef {number | string | boolean} Value */
/** @typedef {"u32" | "f32" | "text" | "flag"} Kind */
/** @typedef {[name: string, kind: Kind, value: Value]} One */
/** @typedef {[name: string, of: "i32" | "text", values: Value[]]} List */
/**
 * `shape` has the outputs first. @typedef {object} Weights
 * @property {string} name @property {number[]} shape
 * @property {"F32" | keyof BLOCK_BYTES} kind
 */

const KINDS = { u32: 4, f32: 6, flag: 7, text: 8, list: 9, i32: 5 };
const WEIGHT_KINDS = { F32: 0, Q4_1: 3, Q8_0: 8 };
/**
 * The upper bytes of the numbers of 16 bits with which a block begins: scales of 0.03
 * and of 0.001, and the lowest, about -0.2.
 */
const HIGH = { Q4_1: [0x28, 0xb2], Q8_0: [0x14] };
const encoder = new TextEncoder();

/** @param {number} size @param {(view: DataView) => void} set */
function packed(size, set) {
  const view = new DataView(new ArrayBuffer(size));
  set(view);
  return [...new Uint8Array(view.buffer)];
}
const u32 = (/** @type {number} */ n) =>
  packed(4, (view) => view.setUint32(0, n, true));
const u64 = (/** @type {number | bigint} */ n) =>
  packed(8, (view) => view.setBigUint64(0, BigInt(n), true));
const f32 = (/** @type {number} */ n) =>
  packed(4, (view) => view.setFloat32(0, n, true));

/** @param {string} text */
function text(text) {
  const bytes = encoder.encode(text);
  return [...u64(bytes.length), ...bytes];
}
/** @param {string} kind @param {Value} value @returns {number[]} */
function valueOf(kind, value) {
  if (kind === "text") return text(String(value));
  if (kind === "flag") return [value ? 1 : 0];
  return kind === "f32" ? f32(Number(value)) : u32(Number(value));
}

/** @param {Weights["kind"]} kind @param {number} count @param {() => number} draw */
function someWeights(kind, count, draw) {
  if (kind === "F32") {
    return Array.from({ length: count }, () => f32(0.5 + draw())).flat();
  }
  const size = BLOCK_BYTES[kind];
  const bytes = Array.from(
    { length: count / 32 * size },
    () => Math.floor(256 * draw()),
  );
  for (let at = 0; at < bytes.length; at += size) {
    HIGH[kind].forEach((one, i) => bytes[at + 2 * i + 1] = one);
  }
  return bytes;
}

/** @param {(One | List)[]} settings @param {Weights[]} weights */
function written(settings, weights) {
  const bytes = [...encoder.encode("GGUF"), ...u32(3)];
  bytes.push(...u64(weights.length), ...u64(settings.length));
  for (const [name, kind, value] of settings) {
    bytes.push(...text(name));
    if (!Array.isArray(value)) bytes.push(...u32(KINDS[kind]), ...valueOf(kind, value));
    else {
      bytes.push(...u32(KINDS.list), ...u32(KINDS[kind]), ...u64(value.length));
      for (const one of value) bytes.push(...valueOf(kind, one));
    }
  }
  const draw = random(11);
  /** @type {number[]} */
  const data = [];
  for (const { name, shape, kind } of weights) {
    const dimensions = shape.toReversed().flatMap(u64);
    bytes.push(...text(name), ...u32(shape.length), ...dimensions);
    bytes.push(...u32(WEIGHT_KINDS[kind]), ...u64(data.length));
    data.push(...someWeights(kind, shape.reduce((a, b) => a * b), draw));
    while (data.length % 32) data.push(0);
  }
  while (bytes.length % 32) bytes.push(0);
  return Uint8Array.from([...bytes, ...data]);
}

/** Letters of the bytes 0 to 255, as GPT-2 writes them. */
function letters() {
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => {
    const isOwn = byte > 32 && byte < 127 || byte > 160 && byte !== 173;
    return String.fromCharCode(isOwn ? byte : next++);
  });
}

const MERGES = ["a b", "Ġ a", "b c", "ab c", "c c", "cc c", "Ã ¸", "Ġ Ġ"];
const SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", "<a>", "<b>"];
/** Without the letter of the byte 1, as SmolLM2's lacks some. */
export const TOKENS = [
  ...SPECIAL,
  ...letters().filter((_, byte) => byte !== 1),
  ...MERGES.map((pair) => pair.replace(" ", "")),
];

/** @type {(One | List)[]} */
const SETTINGS = [
  ["general.architecture", "text", "llama"],
  ["llama.block_count", "u32", 2],
  ["llama.context_length", "u32", 48],
  ["llama.embedding_length", "u32", 32],
  ["llama.feed_forward_length", "u32", 64],
  ["llama.attention.head_count", "u32", 4],
  ["llama.attention.head_count_kv", "u32", 2],
  ["llama.rope.freq_base", "f32", 10_000],
  ["llama.attention.layer_norm_rms_epsilon", "f32", 1e-5],
  ["tokenizer.ggml.model", "text", "gpt2"],
  ["tokenizer.ggml.pre", "text", "smollm"],
  ["tokenizer.ggml.tokens", "text", TOKENS],
  [
    "tokenizer.ggml.token_type",
    "i32",
    TOKENS.map((_, i) => i < SPECIAL.length ? 3 : 1),
  ],
  ["tokenizer.ggml.merges", "text", MERGES],
  ["tokenizer.ggml.eos_token_id", "u32", 2],
  ["tokenizer.ggml.add_bos_token", "flag", false],
];
/** @type {Weights[]} */
const WEIGHTS = [
  { name: "token_embd.weight", shape: [TOKENS.length, 32], kind: "Q8_0" },
  ...[0, 1].flatMap((i) =>
    /** @type {Weights[]} */ ([
      { name: "attn_norm", shape: [32], kind: "F32" },
      { name: "attn_q", shape: [32, 32], kind: "Q4_1" },
      { name: "attn_k", shape: [16, 32], kind: "Q4_1" },
      { name: "attn_v", shape: [16, 32], kind: "Q4_1" },
      { name: "attn_output", shape: [32, 32], kind: "Q4_1" },
      { name: "ffn_norm", shape: [32], kind: "F32" },
      { name: "ffn_gate", shape: [64, 32], kind: "Q4_1" },
      { name: "ffn_up", shape: [64, 32], kind: "Q4_1" },
      { name: "ffn_down", shape: [32, 64], kind: "Q4_1" },
    ]).map((one) => ({ ...one, name: `blk.${i}.${one.name}.weight` }))
  ),
  { name: "output_norm.weight", shape: [32], kind: "F32" },
];

/**
 * The file, with other settings or weights in the place of those of the same names,
 * or behind them.
 * @param {(One | List)[]} settings @param {Weights[]} weights
 */
export function tinyFile(settings = [], weights = []) {
  const others = settings.map(([name]) => name);
  const otherWeights = weights.map(({ name }) => name);
  return written(
    [...SETTINGS.filter(([name]) => !others.includes(name)), ...settings],
    [...WEIGHTS.filter(({ name }) => !otherWeights.includes(name)), ...weights],
  );
}
