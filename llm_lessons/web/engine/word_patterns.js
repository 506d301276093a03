// How byte-level vocabularies cut a text into words, before pieces are joined in each.
//
// Beside `text/bpe.py`, which says where each way comes from. A file names a
// way and doesn't describe it.

import { Refusal, shown } from "./checks.js";

/** GPT-2's (encoder.py in OpenAI's gpt-2). */
const GPT2_WORDS = "'s|'t|'re|'ve|'m|'ll|'d" +
  "| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
/** In the endings letters may be large; the long s is a small form of the large S. */
const ENDINGS = "'(?:[sS\u017fdDmMtT]|[lL][lL]|[vV][eE]|[rR][eE])";
const LLAMA3_WORDS = `${ENDINGS}|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}` +
  "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
const QWEN2_WORDS = LLAMA3_WORDS.replace("\\p{N}{1,3}", "\\p{N}");
const UPPER = "\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}";
const LOWER = "\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}";
const TEKKEN_WORDS = `[^\\r\\n\\p{L}\\p{N}]?[${UPPER}]*[${LOWER}]+` +
  `|[^\\r\\n\\p{L}\\p{N}]?[${UPPER}]+[${LOWER}]*|\\p{N}` +
  "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

const WAYS = new Map([
  ["gpt-2", GPT2_WORDS],
  ["smollm", GPT2_WORDS], // between digits, which stand alone
  ...["llama-bpe", "llama3", "llama-v3"].map((
    way,
  ) => /** @type {const} */ ([way, LLAMA3_WORDS])),
  ["qwen2", QWEN2_WORDS],
  ["deepseek-r1-qwen", QWEN2_WORDS],
  ["tekken", TEKKEN_WORDS],
]);
const DIGIT = /(\p{N})/u;

/**
 * Ways that take a word which is in the vocabulary whole, and begin every text with a
 * token of its own, unless their file says no.
 */
export const WHOLE_WORDS = ["llama-bpe", "llama3", "llama-v3", "tekken"];

/**
 * What cuts a text into words in this way.
 * @param {string} way as a file's `tokenizer.ggml.pre` names it
 * @returns {(text: string) => string[]}
 */
export function wordCutter(way) {
  const source = WAYS.get(way);
  if (source === undefined) {
    const [last, ...known] = [...WAYS.keys()].reverse();
    throw new Refusal(
      `This vocabulary cuts a text into words in a way called ${shown(way)}; a page ` +
        `knows ${known.reverse().join(", ")} and ${last}. Take another model.`,
    );
  }
  // What JavaScript calls a space is not what Unicode does.
  const spaces = source.replaceAll("\\s", "\\p{White_Space}")
    .replaceAll("\\S", "\\P{White_Space}");
  const word = new RegExp(spaces, "gu");
  const words = (/** @type {string} */ text) => text.match(word) ?? [];
  return way === "smollm" ? (text) => text.split(DIGIT).flatMap(words) : words;
}
