// A real model in a page: a GGUF file, opened to be asked what Fjord is asked.
//
// Beside `_load_gguf` in `loading.py` and `weights/conversion.py`. The file's bytes are
// used where they lie, and stay as they are; where they lie decides how fast products
// are (`roomForFile`). Letters in the shapes as in `parameters.js`.

import { blockProduct, inRoomForFile } from "./block_products.js";
import { areFinite, NUMBERS_OF_BLOCK } from "./blocks.js";
import { Refusal, refuse, shown } from "./checks.js";
import { ALIKE, BLOCK_KINDS, PACKINGS } from "./gguf_kinds.js";
import { configOf, memberOf, tokenizerOf } from "./gguf_settings.js";
import { readHeader } from "./gguf_header.js";
import { LanguageModel } from "./model.js";
import { knownTemplate } from "./templates.js";

/** @import { Blocks } from "./blocks.js" */
/** @import { Header, Tensor } from "./gguf_header.js" */
/** @import { Layer, ModelConfig, Parameters } from "./parameters.js" */

/** How many times slower each pair turns, in Llama 3.1 and its successors. */
const STRETCH = "rope_freqs.weight";

/**
 * Looks weights up, each once: as numbers, or as blocks, which are left in the file.
 * @param {Map<string, Tensor>} tensors @param {Uint8Array} bytes all of the file
 */
function weightsIn(tensors, bytes) {
  const left = new Set(tensors.keys());
  /** @param {string} name @param {number[]} shape */
  function taken(name, ...shape) {
    left.delete(name);
    const tensor = tensors.get(name);
    if (!tensor) throw new Refusal(`This file lacks the weights ${name}.`);
    const { kind, start, size } = tensor;
    if (String(tensor.shape) !== String(shape)) {
      const [has, wanted] = [tensor.shape, shape].map((one) => one.join(" x "));
      refuse(`In this file the weights ${name}`, wanted, has);
    }
    return { kind, own: bytes.subarray(start, start + size) };
  }
  /** @param {string} name @param {boolean} isFinite */
  function check(name, isFinite) {
    if (isFinite) return;
    throw new Refusal(`In this file some of ${name} are no numbers. Fetch it anew.`);
  }
  /** @param {string} name @param {string} kind */
  const foreign = (name, kind) =>
    new Refusal(
      `In this file ${name} is stored as ${kind}; a page reads vectors in F32, and ` +
        `matrices in ${PACKINGS}. Take a file of the model in ${ALIKE}: most others ` +
        "mix several.",
    );
  return {
    left,
    /** @param {string} name @param {number} size */
    vector(name, size) {
      const { kind, own } = taken(name, size);
      if (kind !== "F32") throw foreign(name, kind);
      const numbers = new Float32Array(own.slice().buffer);
      check(name, numbers.every(Number.isFinite));
      return numbers;
    },
    /**
     * @param {string} name @param {number} outputs @param {number} inputs
     * @param {Int32Array | null} [order] of its rows
     * @returns {Blocks}
     */
    matrix(name, outputs, inputs, order = null) {
      const { kind: stored, own } = taken(name, outputs, inputs);
      const kind = BLOCK_KINDS.find((one) => one === stored);
      if (!kind) throw foreign(name, stored);
      if (inputs % NUMBERS_OF_BLOCK) {
        refuse(`The width of ${name}`, "a multiple of 32 in a page", shown(inputs));
      }
      /** @type {Blocks} */
      const found = {
        ...{ kind, bytes: own, length: outputs * inputs, inputs, order },
        product: blockProduct,
      };
      check(name, areFinite(found));
      return found;
    },
  };
}

/**
 * All weights; matrices stay where they are in the file. Without the file's bytes it is
 * found out whether all are named there as they should be, and nothing else.
 * @param {Header} header @param {Uint8Array} bytes all of the file, or none of it
 * @param {ModelConfig} config
 * @returns {{ params: Parameters, config: ModelConfig }} with what the weights say of
 *   the turning
 */
export function parametersOf(header, bytes, config) {
  const { d_model: d, d_ff: f, vocab_size: v, n_heads, d_head } = config;
  const weights = weightsIn(header.tensors, bytes);
  const { left, vector, matrix } = weights;
  const embedding = matrix("token_embd.weight", v, d);
  const output_head = config.tie_embeddings ? null : matrix("output.weight", v, d);
  /** @type {Layer[]} */
  const layers = [];
  while (layers.length < config.n_layers) {
    const of = (/** @type {string} */ name) => `blk.${layers.length}.${name}.weight`;
    layers.push({
      attention_norm: vector(of("attn_norm"), d),
      ...headsOf(header, weights, layers.length, config),
      output: matrix(of("attn_output"), d, n_heads * d_head),
      mlp_norm: vector(of("ffn_norm"), d),
      gate: matrix(of("ffn_gate"), f, d),
      up: matrix(of("ffn_up"), f, d),
      down: matrix(of("ffn_down"), d, f),
    });
  }
  const final_norm = vector("output_norm.weight", d);
  const found = { params: { embedding, layers, final_norm, output_head }, config };
  if (left.has(STRETCH)) {
    const rope_stretch = vector(STRETCH, d_head / 2);
    if (!rope_stretch.every((times) => times > 0)) {
      throw new Refusal(`In this file some of ${STRETCH} are not above 0.`);
    }
    found.config = { rope_stretch, ...config }; // the same for all, if the file says so
  }
  const [unknown] = left;
  if (unknown === undefined) return found;
  throw new Refusal(
    `This file holds weights that a page has no use for: ${shown(unknown)}. Take ` +
      "another model.",
  );
}

/**
 * What a layer makes queries, keys and values with.
 * @param {Header} header @param {ReturnType<typeof weightsIn>} weights
 * @param {number} i the layer @param {ModelConfig} config
 */
function headsOf(header, { left, vector, matrix }, i, config) {
  const { d_model, n_heads, n_kv_heads, d_head } = config;
  const member = memberOf(header);
  const of = (/** @type {string} */ name) => `blk.${i}.attn_${name}`;
  const ordered = (/** @type {number} */ rows) =>
    member.halves ? null : halvesFirst(rows, d_head);
  const orders = { q: ordered(n_heads * d_head), k: ordered(n_kv_heads * d_head) };
  /** @param {string} name @param {number} size @param {Int32Array | null} order */
  const numbers = (name, size, order) => {
    const found = vector(name, size);
    return order && found.length ? found.map((_, row) => found[order[row]]) : found;
  };
  const { q, k } = orders;
  const [asked, shared] = [n_heads * d_head, n_kv_heads * d_head];
  return {
    query: matrix(of("q.weight"), asked, d_model, q),
    key: matrix(of("k.weight"), shared, d_model, k),
    value: matrix(of("v.weight"), shared, d_model),
    ...(member.biases || left.has(of("q.bias"))
      ? {
        query_bias: numbers(of("q.bias"), asked, q),
        key_bias: numbers(of("k.bias"), shared, k),
        value_bias: vector(of("v.bias"), shared),
      }
      : {}),
    ...(member.norms
      ? {
        query_norm: vector(of("q_norm.weight"), d_head),
        key_norm: vector(of("k_norm.weight"), d_head),
      }
      : {}),
    ...((i + 1) % (member.nopeStep ?? Infinity) === 0 ? { no_positions: true } : {}),
  };
}

/**
 * llama.cpp turns neighbours in a head, here halves turn: so its rows interleave ours.
 * @param {number} rows @param {number} d_head
 */
function halvesFirst(rows, d_head) {
  const half = d_head / 2;
  return Int32Array.from({ length: rows }, (_, row) => {
    const place = row % d_head;
    return row - place + 2 * (place % half) + Math.floor(place / half);
  });
}

/** @typedef {ReturnType<typeof described>} Described */

/**
 * All that a file's header says of its model: whoever has read that may make room for
 * the weights.
 * @param {Uint8Array} bytes of its beginning @param {number} [size] of all of it
 * @throws {Refusal} the file holds no model that runs in a page
 */
export function described(bytes, size) {
  const header = readHeader(bytes, size);
  const config = configOf(header);
  parametersOf(header, new Uint8Array(), config);
  const tokenizer = tokenizerOf(header, config.vocab_size);
  const template = knownTemplate(header.settings.get("tokenizer.chat_template"));
  return { header, config, tokenizer, template };
}

/**
 * A model from the bytes of its file.
 * @param {Uint8Array} bytes where `roomForFile` made room; others are copied there
 * @param {string} [name] @param {Described} [known]
 */
export function realModel(bytes, name = "smollm2", known = described(bytes)) {
  const { header, tokenizer, template } = known;
  const inRoom = inRoomForFile(bytes);
  const { params, config } = parametersOf(header, inRoom, known.config);
  return new LanguageModel(name, config, params, tokenizer, template);
}
