// What is kept of a training: bytes from which it goes on, also on another device.
//
// Four bytes of a checksum, four of the length of what follows; then JSON, filled up to
// a multiple of four; then float32 numbers. All lowest byte first.

import { Refusal } from "./checks.js";

/** @import { ModelConfig } from "./parameters.js" */

const FORMAT = "llm-lessons-training-1";
const KEPT_PARTS = 3; // the weights, and the two running means of AdamW

/**
 * @param {ModelConfig} config
 * @param {number} steps
 * @param {Float32Array[]} parts [count] each
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function packTraining(config, steps, parts) {
  const about = JSON.stringify({ format: FORMAT, steps, config });
  const letters = new TextEncoder().encode(about);
  const start = 8 + Math.ceil(letters.length / 4) * 4;
  const count = parts[0].length;
  const bytes = new Uint8Array(start + 4 * KEPT_PARTS * count);
  bytes.set(letters, 8);
  const numbers = new Float32Array(bytes.buffer, start);
  parts.forEach((part, i) => numbers.set(part, i * count));
  const words = new Uint32Array(bytes.buffer);
  words[1] = letters.length;
  words[0] = checksum(words);
  return bytes;
}

/**
 * @param {Uint8Array} given what `packTraining` made
 * @param {ModelConfig} config of the model that is to go on
 * @param {number} count of its weights
 * @throws {Refusal} it is damaged, or of a model of another shape
 */
export function readTraining(given, config, count) {
  const { start, about, words } = openTraining(given);
  const other = Object.entries(config).find(([name, value]) =>
    about.config[name] !== value
  );
  if (other) {
    const [name, value] = other;
    throw new Refusal(
      `This training is of a model of another shape: its ${name} is ` +
        `${
          about.config[name]
        }, and here it is ${value}. Make the trainer with the sizes ` +
        "that it was kept with.",
    );
  }
  const numbers = new Float32Array(words.buffer, start);
  if (numbers.length !== KEPT_PARTS * count) throw damaged();
  const parts = Array.from(
    { length: KEPT_PARTS },
    (_, i) => numbers.subarray(i * count, (i + 1) * count),
  );
  return { steps: about.steps, parts };
}

/**
 * @param {Uint8Array} given
 * @returns {{ start: number, words: Uint32Array,
 *   about: { steps: number, config: Record<string, unknown> } }}
 */
function openTraining(given) {
  if (given.length < 8 || given.length % 4) throw damaged();
  const bytes = given.slice(); // which begins where a number may begin
  const words = new Uint32Array(bytes.buffer);
  const start = 8 + Math.ceil(words[1] / 4) * 4;
  if (words[0] !== checksum(words) || start > bytes.length) throw damaged();
  const about = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + words[1])));
  if (about.format !== FORMAT) throw damaged();
  return { start, about, words };
}

function damaged() {
  return new Refusal(
    "This training can't be read: it is cut short, damaged, or another kind of file. " +
      "Take another copy, or begin anew.",
  );
}

/**
 * FNV-1a over all words but the first, which holds it.
 * @param {Uint32Array} words
 */
function checksum(words) {
  let sum = 0x811c9dc5;
  for (let i = 1; i < words.length; i += 1) {
    sum = Math.imul(sum ^ words[i], 0x01000193);
  }
  return sum >>> 0;
}
