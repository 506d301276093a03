// A large file on its way into a page: asked for in parts, kept in pieces as they come,
// and compared with its sha256 before anybody sees it.

import { Refusal } from "../engine/refusal.js";
import { sha256 } from "../engine/sha256.js";
import { later } from "../lib/timers.js";

/** @import { Store } from "./store.js" */
/** What the page knows of it. @typedef {{ size: number, sha256: string }} KnownFile */
/**
 * How it stands: bytes that are here, and who has to be waited for: nobody, those
 * before this device in the server's queue (its place, from 1), or another tab.
 * @typedef {{ bytes: number, place: number, elsewhere: boolean }} Standing
 */
/**
 * `get` fetches as `fetch` does; `tell` hears how it stands; `pause` waits for so many
 * milliseconds.
 * @typedef {object} Means
 * @property {(headers: Record<string, string>, signal: AbortSignal) =>
 *   Promise<Response>} get
 * @property {(standing: Standing) => void} tell
 * @property {(milliseconds: number) => Promise<unknown>} pause
 * @property {AbortSignal} stopped by whoever waits for it
 */
export const PIECE_BYTES = 2 ** 20; // bytes
const PART = 8; // pieces that are asked for at once
const TRIES = 6; // connections in a row that bring nothing
const STALLED = 20_000; // milliseconds without a byte, then the connection is given up
const LOOK = 1000; // milliseconds between two looks at what another tab has loaded
const RENEWED = 2000; // milliseconds, then this tab says that it still loads

const STOPPED = new Refusal(
  "Stopped. What this browser could keep stays: load it to go on from there.",
);
const CHANGED = "What came is not the file that this page knows: it was thrown away. " +
  "Load this page again, and then try once more.";
const BROKEN =
  "The connection broke off. Try again: it goes on from what this browser " +
  "could keep.";

const MISSING =
  "This address does not have the file: whoever started it installed the " +
  "lessons without the real model.";

/** A file on its way, of which the bytes up to `done` are here. */
export class Load {
  done = 0;
  isStored = true; // on a full disk not all of it is
  #hash = sha256();

  /**
   * @param {KnownFile} file @param {(size: number) => Uint8Array} room
   * @param {Store} store @param {Means} means
   * @throws {RangeError} there is no room for it
   */
  constructor(file, room, store, means) {
    this.file = file;
    this.store = store;
    this.means = means;
    this.bytes = room(file.size);
  }

  /**
   * The whole file. What another tab has loaded is taken from the store, and while one
   * loads, this one waits.
   * @throws {Refusal} a sentence for who waits
   */
  async whole() {
    let failed = 0;
    try {
      for (;;) {
        await this.#takeKept();
        if (this.done === this.file.size) break;
        if (!(await this.#isOwn())) {
          this.#tell(0, true);
          await this.means.pause(LOOK);
          continue;
        }
        const before = this.done;
        const place = await this.#loadPart();
        failed = this.done > before || place ? 0 : failed + 1;
        if (failed > TRIES) throw new Refusal(BROKEN);
        this.#tell(place);
        const looks = place ? 2 : failed && 2 ** (failed - 1);
        if (looks) await this.means.pause(LOOK * looks);
      }
      if (this.#hash.hex() !== this.file.sha256) await this.#throwAway();
      return this.bytes;
    } finally {
      await this.store.leave().catch(() => {});
    }
  }

  #tell(place = 0, elsewhere = false) {
    this.means.tell({ bytes: this.done, place, elsewhere });
  }

  /** Whether this tab may load. With a full disk it can't tell others so, and loads. */
  async #isOwn() {
    try {
      return !this.isStored || await this.store.claim();
    } catch {
      this.isStored = false;
      return true;
    }
  }

  /** @returns {Promise<never>} */
  async #throwAway() {
    await this.store.clear();
    throw new Refusal(CHANGED);
  }

  #goOn() {
    if (this.means.stopped.aborted) throw STOPPED;
  }

  get #sizeOfNext() {
    return Math.min(PIECE_BYTES, this.file.size - this.done);
  }

  /** @param {Uint8Array} piece */
  #takePiece(piece) {
    this.bytes.set(piece, this.done);
    this.#hash.add(piece);
    this.done += piece.length;
  }

  async #takeKept() {
    for (;;) {
      this.#goOn();
      if (this.done === this.file.size) return;
      // what can't be read is loaded anew
      const kept = await this.store.piece(this.done / PIECE_BYTES).catch(() =>
        undefined
      );
      if (kept?.length !== this.#sizeOfNext) return;
      this.#takePiece(kept);
      this.#tell();
    }
  }

  /**
   * Load some pieces; fewer where the connection breaks, or another tab has taken over.
   * Gives this device's place in the queue; 0 where there is none.
   */
  async #loadPart() {
    const { means, file: { size }, done: first } = this;
    const stop = new AbortController();
    const abort = () => stop.abort();
    means.stopped.addEventListener("abort", abort);
    const stalled = later(STALLED, abort);
    const end = Math.min(first + PART * PIECE_BYTES, size);
    try {
      stalled.start();
      const range = { Range: `bytes=${first}-${end - 1}` };
      const response = await means.get(range, stop.signal);
      const place = Number(response.headers.get("X-Place")); // in a queue
      if (place) return place;
      await this.#checkAnswer(response);
      // 200: a server that knows no parts
      const behind = response.status === 200 ? first : 0;
      for await (const piece of this.#piecesOf(response, behind, stalled)) {
        if (!(await this.#keepPiece(piece))) break;
        this.#tell();
        this.#goOn();
      }
    } catch (error) {
      this.#goOn();
      if (error instanceof Refusal) throw error; // all else is a connection that broke
    } finally {
      stalled.stop();
      stop.abort(); // what is still on its way is not wanted
      means.stopped.removeEventListener("abort", abort);
    }
    return 0;
  }

  /** Refuse an answer that can't become the file. @param {Response} response */
  async #checkAnswer(response) {
    const { status, headers } = response;
    // a leader's sentence; what stands on the way, such as a proxy, sends a page
    if (status === 403 && headers.get("Content-Type")?.startsWith("text/plain")) {
      throw new Refusal(await response.text());
    }
    if (status === 404) throw new Refusal(MISSING);
    const all = status === 206
      ? headers.get("Content-Range")?.split("/")[1]
      : headers.get("Content-Length");
    if (status !== 416 && !response.ok) throw new Error(`status ${status}`);
    const isOther = status === 416 || all && all !== String(this.file.size);
    if (isOther) await this.#throwAway();
  }

  /**
   * The next whole pieces of an answer. While they come slowly, other tabs are told
   * that this one still loads.
   * @param {Response} response @param {number} behind bytes that are here already
   * @param {{ start: () => void }} stalled
   */
  async *#piecesOf(response, behind, stalled) {
    let piece = new Uint8Array(this.#sizeOfNext);
    let [held, skip, renewed] = [0, behind, performance.now()];
    const body = /** @type {ReadableStream<Uint8Array>} */ (response.body);
    const reader = body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done || !value) return;
      stalled.start();
      if (performance.now() - renewed > RENEWED) {
        if (!(await this.#isOwn())) return;
        renewed = performance.now();
      }
      let at = Math.min(skip, value.length);
      skip -= at;
      while (at < value.length && piece.length) {
        const some = value.subarray(at, at + piece.length - held);
        piece.set(some, held);
        [held, at] = [held + some.length, at + some.length];
        if (held < piece.length) break;
        yield piece;
        [piece, held] = [new Uint8Array(this.#sizeOfNext), 0];
      }
    }
  }

  /**
   * Have a piece, and keep it; false where another tab loads now. A full disk keeps
   * none: the file is there all the same, as long as the page is open.
   * @param {Uint8Array} piece
   */
  async #keepPiece(piece) {
    const number = this.done / PIECE_BYTES;
    try {
      if (this.isStored && !(await this.store.put(number, piece))) return false;
    } catch {
      this.isStored = false;
    }
    this.#takePiece(piece);
    return true;
  }
}
