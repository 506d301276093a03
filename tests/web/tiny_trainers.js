// Tiny models that learn, of several shapes, and batches for them.

import { parametersIn } from "../../llm_lessons/web/engine/parameters.js";
import { Trainer } from "../../llm_lessons/web/engine/training.js";
import { random } from "./stand_ins.js";

/** @import { ModelConfig } from "../../llm_lessons/web/engine/parameters.js" */
/** @import { Recipe } from "../../llm_lessons/web/engine/training.js" */

/** @param {Partial<ModelConfig>} own */
const shape = (own) => ({
  ...{ vocab_size: 13, d_model: 8, n_layers: 2, n_heads: 4, n_kv_heads: 2, d_head: 4 },
  ...{ d_ff: 12, rope_theta: 10_000, norm_eps: 1e-5, tie_embeddings: true },
  ...{ max_seq_len: 64, ...own },
});
// The first, the third and the last have all sizes in multiples of four.
export const SHAPES = [
  shape({}),
  shape({ vocab_size: 11, d_model: 6, n_heads: 3, n_kv_heads: 1, d_head: 2, d_ff: 5 }),
  shape({ n_layers: 3, n_heads: 2, n_kv_heads: 2, d_head: 8, tie_embeddings: false }),
  shape({ n_layers: 0 }),
];
export const ROWS = 3;
export const LENGTH = 21; // tokens a row: they look back in more than one go

/**
 * Rows of random tokens, of which some end early and one is empty or of one token.
 * @param {ModelConfig} config @param {number} seed
 */
export function someBatch({ vocab_size }, seed, rows = ROWS, length = LENGTH) {
  const next = random(seed);
  const batch = new Int32Array(rows * (length + 1)).fill(-1);
  for (let row = 0; row < rows; row += 1) {
    const end = row === 0 ? length + 1 : Math.floor(next() * (length + 2));
    for (let t = 0; t < end; t += 1) {
      batch[row * (length + 1) + t] = Math.floor(next() * vocab_size);
    }
  }
  return batch;
}

/**
 * Uneven numbers for all weights, so that every part of the model counts.
 * @param {Float32Array} values @param {ModelConfig} config
 */
export function scatter(values, config, seed = 1) {
  const next = random(seed);
  const { layers, final_norm } = parametersIn(values, config);
  values.forEach((_, i) => values[i] = 1.4 * (next() - 0.5));
  for (
    const norm of [
      final_norm,
      ...layers.flatMap((one) => [one.attention_norm, one.mlp_norm]),
    ]
  ) norm.forEach((_, i) => norm[i] = 0.5 + next());
}

/** @param {ModelConfig} config @param {Partial<Recipe>} [own] */
export function trainer(config, own) {
  const recipe = { rows: ROWS, rowLength: LENGTH, learningRate: () => 0.01, ...own };
  const made = new Trainer(config, recipe);
  scatter(made.values, config);
  return made;
}
