// The vocabulary of a GGUF file.
//
// Beside what of `weights/gguf_file.py` reads it.

import { BytePairTokenizer, noVocabulary, STAYS_WHOLE } from "./byte_pairs.js";
import { Refusal, shown, wholeNumber } from "./checks.js";
import { withCommas } from "./gguf_header.js";
import { SentencePieceTokenizer } from "./tokenizer.js";
import { WHOLE_WORDS } from "./word_patterns.js";

/** @import { Header } from "./gguf_header.js" */
/** @import { Tokenizer } from "./in_bytes.js" */

const UNUSED = 5; // what llama.cpp calls a token that is no text
const MOST_WHOLE = 1000; // a text is searched for each of them
const MOST_LETTERS = 100_000; // of all of them: browsers break off at longer patterns
const ENDS = ["<|endoftext|>", "<|end_of_text|>"]; // of a text, whatever ends an answer
/** The kinds of tokens by their numbers, as `Vocabulary` has them. */
const LETTERS_OF_KINDS = ["", "n", "u", "c", "d", "u", "b"];
/** The names of all bytes. */
const BYTES = Array.from(
  { length: 256 },
  (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`,
).sort().join();

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
