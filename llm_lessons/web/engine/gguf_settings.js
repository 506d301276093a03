// The sizes of a model and its vocabulary, as the header of a GGUF file gives them.
//
// Beside `weights/gguf_metadata.py`, and what of `weights/gguf_file.py` reads the
// vocabulary.

import {
  checkHeads,
  Refusal,
  refuse,
  shown,
  wholeNumber,
  withCommas,
} from "./checks.js";
import { FAMILY, FAMILY_NAMES } from "./gguf_kinds.js";
import {
  BytePairTokenizer,
  noVocabulary,
  STAYS_WHOLE,
  WHOLE_WORDS,
} from "./byte_pairs.js";
import { hexOf, SentencePieceTokenizer } from "./tokenizer.js";

/** @import { Header } from "./gguf_header.js" */
/** @import { ModelConfig } from "./parameters.js" */
/** @import { Tokenizer } from "./tokenizer.js" */

const MOST_OF_ANYTHING = 2 ** 31 - 1; // of what is counted
const WIDEST = 2 ** 16; // of what is kept of a token; more is in no model
const MOST_TOKENS = 1_000_000; // in a vocabulary; more are in none
const MOST_SLOWER = 1e9; // times
/** Tokens of the longest text in a page: a cache for more would fill a phone. */
const WINDOW = 1024;

/** What the model has that a plain Llama has not. @param {Header} header */
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
  checkHeads(config);
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

const UNUSED = 5; // what llama.cpp calls a token that is no text
const MOST_WHOLE = 1000; // a text is searched for each of them
const MOST_LETTERS = 100_000; // of all of them: browsers break off at longer patterns
const ENDS = ["<|endoftext|>", "<|end_of_text|>"]; // of a text, whatever ends an answer
/** The kinds of tokens by their numbers, as `Vocabulary` has them. */
const LETTERS_OF_KINDS = ["", "n", "u", "c", "d", "u", "b"];
/** The names of all bytes. */
const BYTES = Array.from({ length: 256 }, (_, byte) => `<0x${hexOf(byte)}>`)
  .sort().join();

/**
 * A list that the vocabulary consists of.
 * @param {Header} header @param {string} name @param {"string" | "number"} type
 */
function listOf({ settings }, name, type) {
  const full = `tokenizer.ggml.${name}`;
  const found = settings.get(full);
  if (Array.isArray(found) && found.every((one) => typeof one === type)) return found;
  throw new Refusal(`This file lacks its ${full}.`);
}

/**
 * The tokens, and the kind of each; with those that the model has beyond them.
 * @param {Header} header @param {number} vocabSize
 */
function filledUp(header, vocabSize) {
  const tokens = /** @type {string[]} */ (listOf(header, "tokens", "string"));
  const kinds = /** @type {number[]} */ (listOf(header, "token_type", "number"));
  const spare = vocabSize - tokens.length;
  if (spare < 0) {
    const [has, wanted] = [tokens.length, vocabSize].map(withCommas);
    throw new Refusal(
      `The vocabulary has ${has} tokens and the model gives scores to ${wanted}; ` +
        "they don't belong together.",
    );
  }
  if (kinds.length !== tokens.length) noVocabulary("not every token has a kind");
  const whole = tokens.filter((_, id) => kinds[id] === STAYS_WHOLE);
  if (whole.length > MOST_WHOLE) {
    noVocabulary(`${withCommas(whole.length)} tokens are never cut`);
  }
  const letters = whole.reduce((sum, token) => sum + token.length, 0);
  if (letters > MOST_LETTERS) {
    noVocabulary(`tokens that are never cut have ${withCommas(letters)} letters`);
  }
  return {
    tokens: [...tokens, ...Array(spare).fill("<unused>")],
    kinds: [...kinds, ...Array(spare).fill(UNUSED)],
    spare,
  };
}

/**
 * SentencePiece's way: U+2581 stands for a space, and what no piece has is spelled in
 * bytes.
 * @param {string[]} tokens @param {number[]} kinds @param {number[]} scores
 */
function scored(tokens, kinds, scores) {
  const letters = kinds.map((kind) =>
    LETTERS_OF_KINDS[kind] || noVocabulary(`a token is of kind ${kind}`)
  );
  const bytes = tokens.filter((_, id) => letters[id] === "b");
  if (bytes.length !== 256 || bytes.sort().join() !== BYTES) {
    noVocabulary("it can't spell every byte");
  }
  if (!scores.every(Number.isFinite)) noVocabulary("some scores are no numbers");
  const pieces = tokens.map((token) => token.replaceAll("\u2581", " "));
  const made = new SentencePieceTokenizer({ pieces, scores, kinds: letters.join("") });
  tokens.forEach((token, id) => {
    if ("uc".includes(letters[id])) made.specialIds.set(token, id);
  });
  return made;
}

/**
 * What cuts a text, with a name for every id that the model gives scores to.
 * @param {Header} header @param {number} vocabSize
 * @returns {Tokenizer}
 */
function cutterOf(header, vocabSize) {
  const model = header.settings.get("tokenizer.ggml.model");
  if (model !== "gpt2" && model !== "llama") {
    throw new Refusal(
      `This file brings a vocabulary of the kind ${shown(model)}; a page reads ` +
        '"gpt2" and "llama". Take another model.',
    );
  }
  const { tokens, kinds, spare } = filledUp(header, vocabSize);
  if (model === "gpt2") {
    const merges = /** @type {string[]} */ (listOf(header, "merges", "string"));
    return new BytePairTokenizer({ tokens, kinds, merges, way: wayOf(header) });
  }
  const scores = /** @type {number[]} */ (listOf(header, "scores", "number"));
  if (scores.length + spare !== tokens.length) {
    noVocabulary("not every token has a score");
  }
  return scored(tokens, kinds, [...scores, ...Array(spare).fill(0)]);
}

/** @param {Header} header */
const wayOf = ({ settings }) => String(settings.get("tokenizer.ggml.pre") ?? "default");

/**
 * The vocabulary, and what begins and ends a text.
 * @param {Header} header @param {number} vocabSize
 */
export function tokenizerOf(header, vocabSize) {
  const tokenizer = cutterOf(header, vocabSize);
  const get = (/** @type {string} */ name) =>
    header.settings.get(`tokenizer.ggml.${name}`);
  /** @param {string} name @returns {number[]} */
  const named = (name) => {
    const id = /** @type {number | undefined} */ (get(name));
    if (id === undefined) return [];
    return [wholeNumber(`This file's tokenizer.ggml.${name}`, id, 0, vocabSize - 1)];
  };
  const tokens = /** @type {string[]} */ (listOf(header, "tokens", "string"));
  const ends = ENDS.map((name) => tokens.indexOf(name)).filter((id) => id >= 0);
  const stops = new Set([...named("eos_token_id"), ...named("eot_token_id"), ...ends]);
  if (!stops.size) throw new Refusal("This file names no token that ends a text.");
  tokenizer.stops = [...stops];
  const isScored = get("model") === "llama";
  const begins = isScored || WHOLE_WORDS.includes(wayOf(header));
  tokenizer.prefix = get("add_bos_token") ?? begins ? named("bos_token_id") : [];
  tokenizer.lead = get("add_space_prefix") ?? isScored ? " " : "";
  return tokenizer;
}
