// SmolLM2 in a page, from its GGUF file, to be asked what Fjord is asked.
//
// Beside `_load_gguf` in `loading.py` and `weights/conversion.py`. The weights are used
// where they lie in the file, in the blocks in which they lie there (`products.c`).
// Letters in the shapes as in `parameters.js`.

import { BLOCK_BYTES, NUMBERS_OF_BLOCK } from "./blocks.js";
import { BytePairTokenizer } from "./byte_pairs.js";
import { otherFile, readHeader } from "./gguf_header.js";
import { LanguageModel } from "./model.js";
import { SMOLLM2 } from "./templates.js";

/** @import { Blocks } from "./blocks.js" */
/** @import { Header } from "./gguf_header.js" */
/** @import { ModelConfig, Parameters } from "./parameters.js" */

/** Tokens of the longest text in a page: a cache for more would fill a phone. */
const WINDOW = 1024;

/** @param {Header} header @returns {ModelConfig} */
function configOf({ settings, tensors }) {
  const of = (/** @type {string} */ name) => Number(settings.get(`llama.${name}`));
  const [vocab_size, d_model] = tensors.get("token_embd.weight")?.shape ?? otherFile();
  const n_heads = of("attention.head_count");
  return {
    ...{ vocab_size, d_model, n_heads, d_head: d_model / n_heads },
    n_layers: of("block_count"),
    n_kv_heads: of("attention.head_count_kv"),
    d_ff: of("feed_forward_length"),
    rope_theta: of("rope.freq_base"),
    // The file's float32, under its short name: 1e-5, not 9.9999997e-06.
    norm_eps: Number(of("attention.layer_norm_rms_epsilon").toPrecision(7)),
    tie_embeddings: true,
    max_seq_len: Math.min(of("context_length"), WINDOW),
  };
}

/**
 * All weights; matrices stay where they are in the file.
 * @param {Header} header @param {Uint8Array} bytes of the file
 * @param {ModelConfig} config
 * @returns {Parameters}
 */
function parametersOf({ tensors }, bytes, config) {
  const { d_model: d, d_ff: f, vocab_size: v, n_heads, n_kv_heads, d_head } = config;
  /** @param {string} name @param {string} kind @param {number[]} shape */
  function startOf(name, kind, ...shape) {
    const tensor = tensors.get(`${name}.weight`);
    const isKnown = tensor?.kind === kind && String(tensor.shape) === String(shape);
    return isKnown ? tensor.start : otherFile();
  }
  /** @param {string} name */
  function vector(name) {
    const start = startOf(name, "F32", d);
    return new Float32Array(bytes.slice(start, start + 4 * d).buffer);
  }
  /**
   * @param {string} name @param {number} outputs @param {number} inputs
   * @param {Blocks["kind"]} [kind]
   * @returns {Blocks}
   */
  function matrix(name, outputs, inputs, kind = "Q4_1") {
    const start = startOf(name, kind, outputs, inputs);
    const length = outputs * inputs;
    const size = length / NUMBERS_OF_BLOCK * BLOCK_BYTES[kind];
    return { kind, length, inputs, bytes: bytes.subarray(start, start + size) };
  }
  /** @param {string} name @param {number} outputs */
  const turned = (name, outputs) => halvesFirst(matrix(name, outputs, d), d_head);
  return {
    embedding: matrix("token_embd", v, d, "Q8_0"),
    layers: Array.from({ length: config.n_layers }, (_, i) => ({
      attention_norm: vector(`blk.${i}.attn_norm`),
      query: turned(`blk.${i}.attn_q`, n_heads * d_head),
      key: turned(`blk.${i}.attn_k`, n_kv_heads * d_head),
      value: matrix(`blk.${i}.attn_v`, n_kv_heads * d_head, d),
      output: matrix(`blk.${i}.attn_output`, d, n_heads * d_head),
      mlp_norm: vector(`blk.${i}.ffn_norm`),
      gate: matrix(`blk.${i}.ffn_gate`, f, d),
      up: matrix(`blk.${i}.ffn_up`, f, d),
      down: matrix(`blk.${i}.ffn_down`, d, f),
    })),
    final_norm: vector("output_norm"),
    output_head: null,
  };
}

/**
 * llama.cpp turns neighbours in a head, here halves turn: so its rows interleave ours,
 * and are put in our order.
 * @param {Blocks} matrix @param {number} d_head
 */
function halvesFirst(matrix, d_head) {
  const { bytes, length, inputs } = matrix;
  const [before, rows, half] = [bytes.slice(), length / inputs, d_head / 2];
  const width = bytes.length / rows;
  for (let row = 0; row < rows; row += 1) {
    const place = row % d_head;
    const theirs = row - place + 2 * (place % half) + Math.floor(place / half);
    bytes.set(before.subarray(theirs * width, (theirs + 1) * width), row * width);
  }
  return matrix;
}

/** @param {Header} header */
function tokenizerOf({ settings }) {
  const of = (/** @type {string} */ name) => settings.get(`tokenizer.ggml.${name}`);
  const tokens = /** @type {string[]} */ (of("tokens"));
  const kinds = /** @type {number[]} */ (of("token_type"));
  const merges = /** @type {string[]} */ (of("merges"));
  const tokenizer = new BytePairTokenizer(tokens, kinds, merges);
  tokenizer.stops = [Number(of("eos_token_id")), tokens.indexOf("<|endoftext|>")];
  return tokenizer;
}

/**
 * SmolLM2 from the bytes of its file, which are the model's from now on.
 * @param {Uint8Array} bytes for which `roomForFile` made room
 */
export function realModel(bytes) {
  const header = readHeader(bytes);
  const config = configOf(header);
  const params = parametersOf(header, bytes, config);
  return new LanguageModel("smollm2", config, params, tokenizerOf(header), SMOLLM2);
}
