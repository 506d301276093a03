// What stands in front of the weights in a GGUF file, llama.cpp's format: settings, and
// where which weights lie (docs/gguf.md in ggml-org's repository ggml).
//
// Beside `weights/gguf_header.py`. A header may lie: nothing is taken that is not
// there, and nothing is made as large as it says before that was looked at.

import { NUMBERS_OF_BLOCK } from "./blocks.js";
import { Refusal, shown, withCommas } from "./checks.js";
import { BLOCK_BYTES, BLOCK_KINDS } from "./gguf_kinds.js";

/** @typedef {number | string | boolean | number[] | string[]} Setting */
/**
 * Weights of one name. `shape` has the outputs first; `start` and `size` in bytes; the
 * size is 0 where the kind is none that is read here.
 * @typedef {{ kind: string, shape: number[], start: number, size: number }} Tensor
 */
/**
 * @typedef {object} Header
 * @property {Map<string, Setting>} settings @property {Map<string, Tensor>} tensors
 */

/** Bytes within which a header ends: more of a file are not looked at for it. */
export const LONGEST_HEADER = 2 ** 25;
// More is in no model.
const MOST_ENTRIES = 4_000_000; // of all lists together
const MOST_TEXTS = 1_000_000; // of them
const MOST_NAMED = 65_536; // settings, or tensors
const MOST_DIMENSIONS = 4;
const SHORT = 64; // bytes of a text for which a decoder takes longer than a loop

const KIND_OF_TEXT = 8;
const KIND_OF_LIST = 9;
/**
 * How numbers of each kind are read, and their bytes.
 * @type {Record<number, [bytes: number, of: (view: DataView, at: number) => number]>}
 */
const NUMBER_KINDS = {
  0: [1, (view, at) => view.getUint8(at)],
  1: [1, (view, at) => view.getInt8(at)],
  2: [2, (view, at) => view.getUint16(at, true)],
  3: [2, (view, at) => view.getInt16(at, true)],
  4: [4, (view, at) => view.getUint32(at, true)],
  5: [4, (view, at) => view.getInt32(at, true)],
  6: [4, (view, at) => view.getFloat32(at, true)],
  7: [1, (view, at) => view.getUint8(at)], // true or false
  10: [
    8,
    (view, at) => view.getUint32(at, true) + 2 ** 32 * view.getUint32(at + 4, true),
  ],
  11: [8, (view, at) => Number(view.getBigInt64(at, true))],
  12: [8, (view, at) => view.getFloat64(at, true)],
};
/** @type {Record<number, string>} */
const WEIGHT_KINDS = {
  ...{ 0: "F32", 1: "F16", 2: "Q4_0", 3: "Q4_1", 6: "Q5_0", 7: "Q5_1", 8: "Q8_0" },
  ...{ 10: "Q2_K", 11: "Q3_K", 12: "Q4_K", 13: "Q5_K", 14: "Q6_K", 30: "BF16" },
};

/** @param {string} why @returns {never} */
function damagedFile(why) {
  throw new Refusal(`This is no GGUF file, or it is damaged: ${why}. Fetch it anew.`);
}

/** A place in the file, which moves on with what is read. */
class Cursor {
  #texts = 0;
  #entries = 0;
  #decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

  /** @param {Uint8Array} bytes of the beginning @param {number} size of the file */
  constructor(bytes, size) {
    this.bytes = bytes;
    this.size = size;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.place = 0;
  }

  /** Move on; gives where that began. @param {number} size */
  pass(size) {
    const start = this.place;
    const end = start + size;
    if (end > this.size) damagedFile(`it ends before its byte ${withCommas(end)}`);
    if (end > this.bytes.length) {
      damagedFile(`its header has more than ${withCommas(this.bytes.length)} bytes`);
    }
    this.place = end;
    return start;
  }

  /** @param {number} kind */
  number(kind) {
    const [size, of] = NUMBER_KINDS[kind] ??
      damagedFile(`it has a setting of kind ${kind}`);
    return of(this.view, this.pass(size));
  }

  text() {
    const start = this.pass(this.number(10));
    const plain = this.place - start <= SHORT ? this.#plain(start) : null;
    return plain ?? this.#decoded(start);
  }

  /** A text up to here, if all of it is ASCII. @param {number} start */
  #plain(start) {
    let found = "";
    for (let at = start; at < this.place; at += 1) {
      if (this.bytes[at] > 127) return null;
      found += String.fromCharCode(this.bytes[at]);
    }
    return found;
  }

  /** @param {number} start */
  #decoded(start) {
    try {
      // A copy, for browsers decode none that threads share.
      return this.#decoder.decode(this.bytes.slice(start, this.place));
    } catch {
      return damagedFile("one of its texts is none");
    }
  }

  /** @returns {Setting} */
  setting() {
    const kind = this.number(4);
    if (kind === KIND_OF_LIST) return this.#list();
    if (kind === KIND_OF_TEXT) return this.text();
    const found = this.number(kind);
    return kind === 7 ? found !== 0 : found;
  }

  #list() {
    const [kind, count] = [this.number(4), this.number(10)];
    this.#entries += count;
    if (this.#entries > MOST_ENTRIES) {
      damagedFile(`it lists more than ${withCommas(MOST_ENTRIES)} things`);
    }
    if (kind === KIND_OF_LIST) damagedFile("it has lists in a list");
    if (kind !== KIND_OF_TEXT) {
      const [size] = NUMBER_KINDS[kind] ??
        damagedFile(`it lists things of kind ${kind}`);
      this.place = this.pass(count * size); // all of them are there
      return Array.from({ length: count }, () => this.number(kind));
    }
    this.#texts += count;
    if (this.#texts > MOST_TEXTS) {
      damagedFile(`it lists more than ${withCommas(MOST_TEXTS)} texts`);
    }
    this.place = this.pass(8 * count); // at least the length of each
    return Array.from({ length: count }, () => this.text());
  }
}

/** @param {number} count @param {string} what */
function few(count, what) {
  if (count > MOST_NAMED) {
    damagedFile(`it says that it has ${withCommas(count)} ${what}`);
  }
  return count;
}

/** @template One @param {Map<string, One>} all @param {string} name @param {One} one */
function addNew(all, name, one) {
  if (all.has(name)) damagedFile(`it has ${shown(name)} twice`);
  all.set(name, one);
}

/**
 * What a file says of itself; where it says how long something is, it is that long.
 * @param {Uint8Array} bytes of the file's beginning @param {number} [size] of all of it
 * @returns {Header}
 */
export function readHeader(bytes, size = bytes.length) {
  const cursor = new Cursor(bytes, size);
  const magic = String.fromCharCode(...bytes.subarray(cursor.pass(4), 4));
  if (magic !== "GGUF") damagedFile("it does not begin with GGUF");
  const version = cursor.number(4);
  if (version !== 2 && version !== 3) {
    damagedFile(`its version is ${withCommas(version)}`);
  }
  const tensorCount = few(cursor.number(10), "tensors");
  const settingCount = few(cursor.number(10), "settings");
  /** @type {Map<string, Setting>} */
  const settings = new Map();
  for (let i = 0; i < settingCount; i += 1) {
    addNew(settings, cursor.text(), cursor.setting());
  }
  /** @type {Map<string, Tensor>} */
  const tensors = new Map();
  for (let i = 0; i < tensorCount; i += 1) {
    addNew(tensors, cursor.text(), tensorAt(cursor));
  }
  const alignment = settings.get("general.alignment") ?? 32;
  if (typeof alignment !== "number" || alignment < 1 || alignment % 4) {
    damagedFile(`its alignment is ${shown(alignment)}`);
  }
  const begin = Math.ceil(cursor.place / alignment) * alignment;
  placeTensors(tensors, begin, size);
  return { settings, tensors };
}

/** @param {Cursor} cursor @returns {Tensor} */
function tensorAt(cursor) {
  const dimensions = cursor.number(4);
  if (dimensions > MOST_DIMENSIONS) {
    damagedFile(`some of its weights have ${withCommas(dimensions)} dimensions`);
  }
  const shape = Array.from({ length: dimensions }, () => cursor.number(10)).reverse();
  const [type, start] = [cursor.number(4), cursor.number(10)];
  const kind = WEIGHT_KINDS[type] ?? `kind ${type}`;
  const count = shape.reduce((product, one) => product * one, 1);
  const block = BLOCK_KINDS.find((one) => one === kind);
  const each = block ? BLOCK_BYTES[block] / NUMBERS_OF_BLOCK : kind === "F32" ? 4 : 0;
  return { kind, shape, start, size: count * each };
}

/**
 * Count their places from the file's beginning; refuse what reaches beyond its end.
 * @param {Map<string, Tensor>} tensors @param {number} begin @param {number} end
 */
function placeTensors(tensors, begin, end) {
  let held = begin;
  for (const [name, tensor] of tensors) {
    tensor.start += begin;
    const last = tensor.start + tensor.size;
    held += tensor.size;
    if (!(last <= end)) {
      damagedFile(`its ${name.slice(0, 60)} would end at byte ${withCommas(last)}`);
    }
  }
  if (held > end) damagedFile("its weights overlap");
}
