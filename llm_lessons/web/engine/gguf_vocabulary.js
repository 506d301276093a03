// The vocabulary of a GGUF file.
//
// Beside what of `weights/gguf_file.py` reads it.

import { BytePairTokenizer } from "./byte_pairs.js";
import { Refusal, shown, wholeNumber } from "./checks.js";
import { withCommas } from "./gguf_header.js";

/** @import { Header } from "./gguf_header.js" */

const UNUSED = 5; // what llama.cpp calls a token that is no text
const ENDS = ["<|endoftext|>", "<|end_of_text|>"]; // of a text, whatever ends an answer

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
 * The vocabulary, with a name for every id that the model gives scores to.
 * @param {Header} header @param {number} vocabSize
 */
export function tokenizerOf(header, vocabSize) {
  const { settings } = header;
  const model = settings.get("tokenizer.ggml.model");
  if (model !== "gpt2") {
    throw new Refusal(
      `This file brings a vocabulary of the kind ${shown(model)}; a page reads ` +
        '"gpt2". Take another model.',
    );
  }
  const tokens = /** @type {string[]} */ (listOf(header, "tokens", "string"));
  const kinds = /** @type {number[]} */ (listOf(header, "token_type", "number"));
  const merges = /** @type {string[]} */ (listOf(header, "merges", "string"));
  const spare = vocabSize - tokens.length;
  if (spare < 0) {
    const [has, wanted] = [tokens.length, vocabSize].map(withCommas);
    throw new Refusal(
      `The vocabulary has ${has} tokens and the model gives scores to ${wanted}; ` +
        "they don't belong together.",
    );
  }
  const tokenizer = new BytePairTokenizer({
    tokens: [...tokens, ...Array(spare).fill("<unused>")],
    kinds: [...kinds, ...Array(spare).fill(UNUSED)],
    merges,
    way: String(settings.get("tokenizer.ggml.pre") ?? "default"),
  });
  /** @param {string} name */
  const named = (name) => {
    const full = `tokenizer.ggml.${name}`;
    const id = /** @type {number | undefined} */ (settings.get(full));
    if (id === undefined) return [];
    return [wholeNumber(`This file's ${full}`, id, 0, vocabSize - 1)];
  };
  const ends = ENDS.flatMap((name) => tokenizer.specialIds.get(name) ?? []);
  const stops = new Set([...named("eos_token_id"), ...named("eot_token_id"), ...ends]);
  if (!stops.size) throw new Refusal("This file names no token that ends a text.");
  tokenizer.stops.push(...stops);
  if (settings.get("tokenizer.ggml.add_bos_token") === true) {
    tokenizer.prefix.push(...named("bos_token_id"));
  }
  return tokenizer;
}
