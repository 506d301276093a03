// What stands in front of the weights in SmolLM2's file: settings, and where which
// weights lie. The format is GGUF, llama.cpp's (docs/gguf.md in ggml-org's ggml).
//
// Beside `weights/gguf_header.py`, which reads files that may say anything. This one's
// sha256 is known before it is read (`real/loading.js`): it says what it should.

import { Refusal } from "./refusal.js";

/** @typedef {number | string | boolean | number[] | string[]} Setting */
/**
 * Weights of one name. `shape` has the outputs first; `start` is the place of their
 * first byte.
 * @typedef {{ kind: string, shape: number[], start: number }} Tensor
 */
/**
 * @typedef {object} Header
 * @property {Map<string, Setting>} settings @property {Map<string, Tensor>} tensors
 */

const VERSION = 3;
const [FLAG, TEXT, LIST, COUNT] = [7, 8, 9, 10]; // kinds of settings
/**
 * How numbers of each kind are read, and their bytes.
 * @type {Record<number, [bytes: number, of: (view: DataView, at: number) => number]>}
 */
const NUMBER_KINDS = {
  4: [4, (view, at) => view.getUint32(at, true)],
  5: [4, (view, at) => view.getInt32(at, true)],
  6: [4, (view, at) => view.getFloat32(at, true)],
  [FLAG]: [1, (view, at) => view.getUint8(at)],
  [COUNT]: [8, (view, at) => Number(view.getBigUint64(at, true))],
};
/** @type {Record<number, string>} */
const WEIGHT_KINDS = { 0: "F32", 3: "Q4_1", 8: "Q8_0" };
const ALIGNMENT = 32; // bytes
const SHORT = 64; // bytes of a text for which a decoder takes longer than a loop

/** @returns {never} */
export function otherFile() {
  throw new Refusal("This is not the file of SmolLM2 that this page can read.");
}

/** A place in the file, which moves on with what is read. */
class Cursor {
  place = 4; // behind the letters GGUF
  #decoder = new TextDecoder("utf-8", { ignoreBOM: true });

  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  number(kind = 4) {
    const [size, of] = NUMBER_KINDS[kind] ?? otherFile();
    this.place += size;
    return of(this.view, this.place - size);
  }

  count() {
    return this.number(COUNT);
  }

  text() {
    const length = this.count();
    const start = this.place;
    this.place += length;
    if (length > SHORT) return this.#decoded(start);
    let found = "";
    for (let at = start; at < this.place; at += 1) {
      if (this.bytes[at] > 127) return this.#decoded(start);
      found += String.fromCharCode(this.bytes[at]);
    }
    return found;
  }

  /** @param {number} start */
  #decoded(start) {
    return this.#decoder.decode(this.bytes.subarray(start, this.place));
  }

  /** @returns {Setting} */
  setting() {
    const kind = this.number();
    if (kind === TEXT) return this.text();
    if (kind !== LIST) return this.number(kind);
    const [of, length] = [this.number(), this.count()];
    return of === TEXT
      ? Array.from({ length }, () => this.text())
      : Array.from({ length }, () => this.number(of));
  }

  /** @returns {Tensor} */
  tensor() {
    const length = this.number();
    const shape = Array.from({ length }, () => this.count()).reverse();
    const kind = WEIGHT_KINDS[this.number()] ?? otherFile();
    return { kind, shape, start: this.count() };
  }
}

/**
 * What a file says of itself.
 * @param {Uint8Array} bytes
 * @returns {Header}
 */
export function readHeader(bytes) {
  const cursor = new Cursor(bytes);
  const magic = String.fromCharCode(...bytes.subarray(0, 4));
  if (magic !== "GGUF" || cursor.number() !== VERSION) otherFile();
  const [tensorCount, settingCount] = [cursor.count(), cursor.count()];
  /** @type {Header} */
  const { settings, tensors } = { settings: new Map(), tensors: new Map() };
  for (let i = 0; i < settingCount; i += 1) {
    settings.set(cursor.text(), cursor.setting());
  }
  for (let i = 0; i < tensorCount; i += 1) tensors.set(cursor.text(), cursor.tensor());
  const begin = Math.ceil(cursor.place / ALIGNMENT) * ALIGNMENT;
  for (const tensor of tensors.values()) tensor.start += begin;
  return { settings, tensors };
}
