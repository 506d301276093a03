// Looking inside: what the stream would say after each layer, and who looks at whom.
//
// Beside `model/inspection.py`. Both take what the model's own blocks leave behind.

import { attentionWeights } from "./attention.js";
import { rmsNorm, unembed } from "./transformer.js";

/** @import { ModelConfig, Parameters } from "./parameters.js" */
/** @import { Activations } from "./transformer.js" */

/**
 * Scores for every next token as if the layers from here on were left out: before the
 * first layer, and after each; the last is what `forward` says. (The "logit lens".)
 * @param {Parameters} params @param {Activations} found @param {ModelConfig} config
 * @returns {Float32Array[]} [T V] each
 */
export function guesses(params, { stream }, config) {
  return stream.map((x) =>
    unembed(params, rmsNorm(x, params.final_norm, config.norm_eps), config)
  );
}

/**
 * How much each token (first T) looks at each (second T), in every head of every layer.
 * A row adds to one, and nobody looks at a later token.
 * @param {Activations} found @param {ModelConfig} config
 * @returns {Float32Array[]} [N T T] each
 */
export function looks({ queries, keys }, config) {
  return queries.map((q, i) => attentionWeights(q, keys[i], 0, config));
}
