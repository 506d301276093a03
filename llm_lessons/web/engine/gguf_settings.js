// The sizes of a model, as the settings in a GGUF file's header give them.
//
// Beside `weights/gguf_settings.py`.

import { checkConfig, Refusal, refuse, shown, wholeNumber } from "./checks.js";
import { withCommas } from "./gguf_header.js";

/** @import { Header } from "./gguf_header.js" */
/** @import { ModelConfig } from "./parameters.js" */

const MOST_OF_ANYTHING = 2 ** 31 - 1; // of what is counted
/** Tokens of the longest text in a page: a cache for more would fill a phone. */
const WINDOW = 1024;

/**
 * A setting of the architecture that is a whole number above 0.
 * @param {Header} header @param {string} name @param {number} [otherwise]
 */
function wholeSetting({ settings }, name, otherwise) {
  const full = `llama.${name}`;
  const found = settings.get(full) ?? otherwise;
  if (found === undefined) throw new Refusal(`This file does not say its ${full}.`);
  return wholeNumber(
    `This file's ${full}`,
    /** @type {number} */ (found),
    1,
    MOST_OF_ANYTHING,
  );
}

/**
 * One that is a number above 0.
 * @param {Header} header @param {string} name @param {number} [otherwise]
 */
function decimalSetting({ settings }, name, otherwise) {
  const found = settings.get(`llama.${name}`) ?? otherwise;
  if (typeof found === "number" && found > 0 && found < Infinity) return found;
  return refuse(`This file's llama.${name}`, "a number above 0", shown(found));
}

/**
 * Refuse another architecture, and what no plain Llama has.
 * @param {Header} header @param {number} d_head
 */
function checkLlama({ settings }, d_head) {
  const own = (/** @type {string} */ name) => settings.get(`llama.${name}`);
  const foreign = [
    (own("rope.scaling.type") ?? "none") !== "none" &&
    `${shown(own("rope.scaling.type"))} rotary scaling`,
    Number(settings.get("split.count") ?? 1) > 1 && "its weights in several files",
    own("expert_count") && "experts",
    (own("rope.dimension_count") ?? d_head) !== d_head &&
    "heads that are turned in part",
    (own("attention.value_length") ?? d_head) !== d_head && "values of another width",
    own("attention.sliding_window") && "attention that slides",
  ].filter(Boolean);
  if (!foreign.length) return;
  throw new Refusal(
    `This file holds a Llama with ${foreign.join(" and ")}, which a page can't run; ` +
      "take another model.",
  );
}

/**
 * Refuse a file that lacks layers, or has more than it says.
 * @param {Header} header @param {number} n_layers
 */
function checkLayers({ tensors }, n_layers) {
  const own = [...tensors.keys()].filter((name) => name.startsWith("blk."));
  const layers = new Set(own.map((name) => name.split(".")[1]));
  if (layers.size === n_layers) return;
  const [said, found] = [n_layers, layers.size].map(withCommas);
  throw new Refusal(
    `This file says that it has ${said} layers, and holds the weights of ${found}. ` +
      "Fetch it anew.",
  );
}

/**
 * The sizes of the model; `parametersOf` finds out whether its weights bear them out.
 * @param {Header} header
 * @returns {ModelConfig}
 */
export function configOf(header) {
  const { settings, tensors } = header;
  const architecture = settings.get("general.architecture");
  if (architecture !== "llama") {
    throw new Refusal(
      `This file holds a model of ${shown(architecture)} architecture; a page runs ` +
        "Llama. Take another model.",
    );
  }
  const [vocab_size, d_model] = tensors.get("token_embd.weight")?.shape ?? [0, 0];
  const [n_layers, n_heads] = [
    wholeSetting(header, "block_count"),
    wholeSetting(header, "attention.head_count"),
  ];
  const width = wholeSetting(header, "embedding_length");
  if (width !== d_model) {
    throw new Refusal(
      `This file has no table of tokens that is ${withCommas(width)} wide.`,
    );
  }
  const each = Math.max(1, Math.floor(d_model / n_heads));
  const d_head = wholeSetting(header, "attention.key_length", each);
  checkLlama(header, d_head);
  checkLayers(header, n_layers);
  const epsilon = decimalSetting(header, "attention.layer_norm_rms_epsilon");
  const config = {
    ...{ vocab_size, d_model, n_layers, n_heads, d_head },
    n_kv_heads: wholeSetting(header, "attention.head_count_kv", n_heads),
    d_ff: wholeSetting(header, "feed_forward_length"),
    rope_theta: decimalSetting(header, "rope.freq_base", 10_000),
    // The file's float32, under its short name: 1e-5, not 9.9999997e-06.
    norm_eps: Number(epsilon.toPrecision(7)),
    tie_embeddings: !tensors.has("output.weight"),
    max_seq_len: Math.min(wholeSetting(header, "context_length"), WINDOW),
  };
  checkConfig(config);
  return config;
}
