// Which GGUF files a page takes: of which models, in which packings, and how large.
//
// Beside `weights/gguf_metadata.py`. The page itself says so, too: nothing is imported here.

/**
 * What a model of the Llama family has beside a plain Llama. `biases`, `norms`: of what
 * makes queries and keys. `nopeStep`: each layer at a multiple of this sees no
 * positions. `halves`: halves of a head turn in llama.cpp, too, and not neighbours.
 * @typedef {{ biases?: boolean, norms?: boolean, nopeStep?: number, halves?: boolean }}
 *   Member
 */

/** @type {Map<unknown, Member>} */
export const FAMILY = new Map([
  ["llama", {}],
  ["mistral", {}],
  ["qwen2", { biases: true, halves: true }],
  ["qwen3", { norms: true, halves: true }],
  ["smollm3", { nopeStep: 4 }],
]);
export const FAMILY_NAMES = "Llama, Mistral, Qwen2, Qwen2.5, Qwen3 and SmolLM3";

/**
 * How weights are packed: see `blocks.js`.
 * @typedef {"Q4_0" | "Q4_1" | "Q8_0" | "F16"} BlockKind
 */
/** Bytes of a block. @type {Record<BlockKind, number>} */
export const BLOCK_BYTES = { Q4_0: 18, Q4_1: 20, Q8_0: 34, F16: 64 };
export const BLOCK_KINDS = /** @type {BlockKind[]} */ (Object.keys(BLOCK_BYTES));
const [LAST_KIND, ...OTHER_KINDS] = [...BLOCK_KINDS].reverse();
export const PACKINGS = `${OTHER_KINDS.reverse().join(", ")} and ${LAST_KIND}`;
/** Files that llama.cpp writes have all matrices so; in others the largest is not. */
export const ALIKE = "Q8_0 or F16";

export const MOST_MEMORY = 1.5e9; // bytes
