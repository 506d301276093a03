// A model file of somebody's own: its header first, which says whether it runs here,
// and then all of it, in parts, to where it is used. Nothing of it is kept.

import { Refusal } from "../engine/checks.js";
import { LONGEST_HEADER } from "../engine/gguf_header.js";
import { MOST_MEMORY } from "../engine/gguf_kinds.js";
import { described } from "../engine/real_model.js";

/** @import { ModelConfig } from "../engine/parameters.js" */

const SHARE = 0.5; // of a device's memory, where that is known; other programs run, too
const AT_A_TIME = 2 ** 24; // bytes that are read at once
const LONGEST_NAME = 60; // letters
const UNREADABLE =
  "This file can't be read: it is a folder, or it was moved or changed. " +
  "Choose it again.";

/**
 * @param {File} file
 * @param {(size: number) => Uint8Array} room which it makes for so many bytes
 * @param {(bytes: number) => void} tell hears how many are read
 * @throws {Refusal} a sentence for who gave it
 * @throws {RangeError} there is no room
 */
export async function ownFile(file, room, tell) {
  const { size } = file;
  const known = described(await readPart(file, 0, LONGEST_HEADER), size);
  checkRoom(known.config, size);
  const bytes = room(size);
  for (let at = 0; at < size; at += AT_A_TIME) {
    tell(at);
    bytes.set(await readPart(file, at, at + AT_A_TIME), at);
  }
  const name = file.name.replace(/\.gguf$/i, "").slice(0, LONGEST_NAME);
  return { bytes, name, known };
}

/** @param {File} file @param {number} from @param {number} to */
async function readPart(file, from, to) {
  const end = Math.min(to, file.size);
  try {
    const found = new Uint8Array(await file.slice(from, end).arrayBuffer());
    if (found.length === end - from) return found;
  } catch {
    // said below
  }
  throw new Refusal(UNREADABLE);
}

/**
 * Refuse a model that takes too much: its file, and what is kept of the longest text.
 * @param {ModelConfig} config @param {number} size bytes of the file
 */
function checkRoom({ max_seq_len, n_layers, n_kv_heads, d_head }, size) {
  const { deviceMemory = Infinity } = /** @type {{ deviceMemory?: number }} */ (
    navigator
  );
  const most = Math.min(MOST_MEMORY, SHARE * deviceMemory * 2 ** 30);
  const numbers = 2 * max_seq_len * n_layers * n_kv_heads * d_head; // keys and values
  const needed = size + Float32Array.BYTES_PER_ELEMENT * numbers;
  if (needed <= most) return;
  const [wanted, there] = [Math.ceil(needed / 1e7), Math.floor(most / 1e7)];
  throw new Refusal(
    `This model needs ${wanted / 100} GB of memory, and a page may take ` +
      `${there / 100} GB here. ` +
      "Take a smaller one, or a file of it that is stored in fewer bits.",
  );
}
