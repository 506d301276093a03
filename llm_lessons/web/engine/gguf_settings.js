// The sizes of a model, as the settings in a GGUF file's header give them.
//
// Beside `weights/gguf_settings.py`.

import { checkConfig, Refusal, refuse, shown, wholeNumber } from "./checks.js";
import { withCommas } from "./gguf_header.js";
import { FAMILY, FAMILY_NAMES } from "./gguf_kinds.js";

/** @import { Header } from "./gguf_header.js" */
/** @import { Member } from "./gguf_kinds.js" */
/** @import { ModelConfig } from "./parameters.js" */

const MOST_OF_ANYTHING = 2 ** 31 - 1; // of what is counted
const WIDEST = 2 ** 16; // of what is kept of a token; more is in no model
const MOST_TOKENS = 1_000_000; // in a vocabulary; more are in none
const MOST_SLOWER = 1e9; // times
/** Tokens of the longest text in a page: a cache for more would fill a phone. */
const WINDOW = 1024;

/**
 * What the model has that a plain Llama has not.
 * @param {Header} header
 * @returns {Member}
 */
export function memberOf({ settings }) {
  const architecture = settings.get("general.architecture");
  const found = FAMILY.get(architecture);
  if (found) return found;
  throw new Refusal(
    `This file holds a model of ${shown(architecture)} architecture; a page runs ` +
      `${FAMILY_NAMES}. Take another model.`,
  );
}

/**
 * A setting of the architecture, by the rest of its name.
 * @param {Header} header @param {string} name
 */
function ownSetting({ settings }, name) {
  return settings.get(`${settings.get("general.architecture")}.${name}`);
}

/**
 * One that is a whole number above 0.
 * @param {Header} header @param {string} name @param {number} most
 * @param {number} [otherwise]
 */
function wholeSetting(header, name, most, otherwise) {
  const found = ownSetting(header, name) ?? otherwise;
  if (found === undefined) throw new Refusal(`This file does not say its ${name}.`);
  return wholeNumber(`This file's ${name}`, /** @type {number} */ (found), 1, most);
}

/**
 * One that is a number above 0.
 * @param {Header} header @param {string} name @param {number} [otherwise]
 * @param {number} [most]
 */
function decimalSetting(header, name, otherwise, most = Infinity) {
  const found = ownSetting(header, name) ?? otherwise;
  if (typeof found === "number" && found > 0 && found < most) return found;
  return refuse(`This file's ${name}`, "a number above 0", shown(found));
}

/**
 * Refuse what no model of the family has.
 * @param {Header} header @param {number} d_head @param {number} window
 */
function checkFamily(header, d_head, window) {
  const own = (/** @type {string} */ name) => ownSetting(header, name);
  const scaling = own("rope.scaling.type") ?? "none";
  const seen = own("attention.sliding_window") || window;
  const foreign = [
    scaling !== "none" && scaling !== "linear" && `${shown(scaling)} rotary scaling`,
    Number(header.settings.get("split.count") ?? 1) > 1 &&
    "its weights in several files",
    own("expert_count") && "experts",
    (own("rope.dimension_count") ?? d_head) !== d_head &&
    "heads that are turned in part",
    (own("attention.value_length") ?? d_head) !== d_head && "values of another width",
    (typeof seen !== "number" || seen < window) && "attention that slides",
  ].filter(Boolean);
  if (!foreign.length) return;
  throw new Refusal(
    `This file holds a model of the Llama family with ${
      foreign.join(" and ")
    }, which ` +
      "a page can't run; take another model.",
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
  memberOf(header);
  const { tensors } = header;
  const [vocab_size, d_model] = tensors.get("token_embd.weight")?.shape ?? [0, 0];
  wholeNumber("The size of this file's vocabulary", vocab_size, 0, MOST_TOKENS);
  const wide = (/** @type {string} */ name, /** @type {number} */ otherwise) =>
    wholeSetting(header, name, WIDEST, otherwise);
  const width = wholeSetting(header, "embedding_length", WIDEST);
  if (width !== d_model) {
    throw new Refusal(
      `This file has no table of tokens that is ${withCommas(width)} wide.`,
    );
  }
  const n_layers = wholeSetting(header, "block_count", MOST_OF_ANYTHING);
  const n_heads = wholeSetting(header, "attention.head_count", WIDEST);
  const each = Math.max(1, Math.floor(d_model / n_heads));
  const d_head = wide("attention.key_length", each);
  const context = wholeSetting(header, "context_length", MOST_OF_ANYTHING);
  const max_seq_len = Math.min(context, WINDOW);
  checkFamily(header, d_head, max_seq_len);
  checkLayers(header, n_layers);
  wholeNumber("The width of this file's heads together", n_heads * d_head, 1, WIDEST);
  const epsilon = decimalSetting(header, "attention.layer_norm_rms_epsilon");
  const config = {
    ...{ vocab_size, d_model, n_layers, n_heads, d_head, max_seq_len },
    n_kv_heads: wide("attention.head_count_kv", n_heads),
    d_ff: wholeSetting(header, "feed_forward_length", WIDEST),
    rope_theta: decimalSetting(header, "rope.freq_base", 10_000),
    // The file's float32, under its short name: 1e-5, not 9.9999997e-06.
    norm_eps: Number(epsilon.toPrecision(7)),
    tie_embeddings: !tensors.has("output.weight"),
    ...linearStretch(header, d_head),
  };
  checkConfig(config);
  return config;
}

/**
 * Every pair turns a factor slower, where the file says so (arXiv 2306.15595).
 * @param {Header} header @param {number} d_head
 */
function linearStretch(header, d_head) {
  if (ownSetting(header, "rope.scaling.type") !== "linear") return {};
  const factor = decimalSetting(header, "rope.scaling.factor", undefined, MOST_SLOWER);
  return { rope_stretch: new Float32Array(d_head / 2).fill(factor) };
}
