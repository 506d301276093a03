// The weights of a Llama in a GGUF file, where they lie.
//
// Beside `weights/llama_cpp.py`. Letters in the shapes as in `parameters.js`.

import { blockProduct } from "./block_products.js";
import { areFinite, NUMBERS_OF_BLOCK } from "./blocks.js";
import { Refusal, refuse, shown } from "./checks.js";

/** @import { Blocks } from "./blocks.js" */
/** @import { Tensor } from "./gguf_header.js" */
/** @import { Layer, ModelConfig, Parameters } from "./parameters.js" */

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
        "matrices in Q4_1 and Q8_0. Take another file of the model.",
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
     * @param {number} [d_head] where it makes what is turned by positions
     * @returns {Blocks}
     */
    matrix(name, outputs, inputs, d_head) {
      const { kind, own } = taken(name, outputs, inputs);
      if ((kind !== "Q4_1" && kind !== "Q8_0") || inputs % NUMBERS_OF_BLOCK) {
        throw foreign(name, kind);
      }
      const order = d_head ? halvesFirst(outputs, d_head) : null;
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
 * All weights; matrices stay where they are in the file.
 * @param {Map<string, Tensor>} tensors @param {Uint8Array} bytes all of the file
 * @param {ModelConfig} config
 * @returns {Parameters}
 */
export function parametersOf(tensors, bytes, config) {
  const { d_model: d, d_ff: f, vocab_size: v, n_heads, n_kv_heads, d_head } = config;
  const { left, vector, matrix } = weightsIn(tensors, bytes);
  const embedding = matrix("token_embd.weight", v, d);
  const output_head = config.tie_embeddings ? null : matrix("output.weight", v, d);
  const [asked, shared] = [n_heads * d_head, n_kv_heads * d_head];
  /** @type {Layer[]} */
  const layers = [];
  while (layers.length < config.n_layers) {
    const of = (/** @type {string} */ name) => `blk.${layers.length}.${name}.weight`;
    layers.push({
      attention_norm: vector(of("attn_norm"), d),
      query: matrix(of("attn_q"), asked, d, d_head),
      key: matrix(of("attn_k"), shared, d, d_head),
      value: matrix(of("attn_v"), shared, d),
      output: matrix(of("attn_output"), d, asked),
      mlp_norm: vector(of("ffn_norm"), d),
      gate: matrix(of("ffn_gate"), f, d),
      up: matrix(of("ffn_up"), f, d),
      down: matrix(of("ffn_down"), d, f),
    });
  }
  const final_norm = vector("output_norm.weight", d);
  const [unknown] = left;
  if (unknown !== undefined) {
    throw new Refusal(
      `This file holds weights that no plain Llama has: ${shown(unknown)}. Take ` +
        "another model.",
    );
  }
  return { embedding, layers, final_norm, output_head };
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
