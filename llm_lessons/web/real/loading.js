// A large file on its way into a page: asked for in parts, kept in pieces as they come,
// and compared with its sha256 before anybody sees it.

import { Refusal } from "../engine/checks.js";
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
/** Bytes up to `done` are here. @typedef {ReturnType<typeof begun>} Begun */

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

/**
 * Room for the file, of which nothing is here yet.
 * @param {KnownFile} file @param {(size: number) => Uint8Array} room
 * @throws {RangeError} there is none
 */
export function begun(file, room) {
  return { file, bytes: room(file.size), done: 0, hash: sha256(), isStored: true };
}

/**
 * The whole file. What another tab has loaded is taken from the store, and while one
 * loads, this one waits.
 * @param {Begun} begun @param {Store} store @param {Means} means
 * @returns {Promise<Uint8Array>}
 * @throws {Refusal} a sentence for who waits
 */
export async function wholeFile(begun, store, means) {
  let failed = 0;
  const tell = (place = 0, elsewhere = false) =>
    means.tell({ bytes: begun.done, place, elsewhere });
  try {
    for (;;) {
      await takeKept(begun, store, means, tell);
      if (begun.done === begun.file.size) break;
      if (!(await isOwn(begun, store))) {
        tell(0, true);
        await means.pause(LOOK);
        continue;
      }
      const before = begun.done;
      const place = await loadPart(begun, store, means, tell);
      failed = begun.done > before || place ? 0 : failed + 1;
      if (failed > TRIES) throw new Refusal(BROKEN);
      tell(place);
      if (failed || place) await means.pause(LOOK * (place ? 2 : 2 ** (failed - 1)));
    }
    if (begun.hash.hex() !== begun.file.sha256) await throwAway(store);
    return begun.bytes;
  } finally {
    await store.leave().catch(() => {});
  }
}

/**
 * Whether this tab may load. With a full disk it can't tell others so, and loads.
 * @param {Begun} begun @param {Store} store
 */
async function isOwn(begun, store) {
  if (!begun.isStored) return true;
  try {
    return await store.claim();
  } catch {
    begun.isStored = false;
    return true;
  }
}

/** @param {Store} store @returns {Promise<never>} */
async function throwAway(store) {
  await store.clear();
  throw new Refusal(CHANGED);
}

/** @param {AbortSignal} stopped */
function goOn(stopped) {
  if (stopped.aborted) throw STOPPED;
}

/**
 * @param {Begun} begun @param {Store} store @param {Means} means
 * @param {() => void} tell
 */
async function takeKept(begun, store, { stopped }, tell) {
  for (;;) {
    goOn(stopped);
    if (begun.done === begun.file.size) return;
    // what can't be read is loaded anew
    const kept = await store.piece(begun.done / PIECE_BYTES).catch(() => undefined);
    if (kept?.length !== sizeOfNext(begun)) return;
    takePiece(begun, kept);
    tell();
  }
}

/** @param {Begun} begun */
const sizeOfNext = ({ done, file }) => Math.min(PIECE_BYTES, file.size - done);

/** @param {Begun} begun @param {Uint8Array} piece */
function takePiece(begun, piece) {
  begun.bytes.set(piece, begun.done);
  begun.hash.add(piece);
  begun.done += piece.length;
}

/**
 * Load some pieces; fewer where the connection breaks, or another tab has taken over.
 * @param {Begun} begun @param {Store} store @param {Means} means
 * @param {() => void} tell
 * @returns {Promise<number>} this device's place in the queue; 0 where there is none
 */
async function loadPart(begun, store, means, tell) {
  const stop = new AbortController();
  const abort = () => stop.abort();
  means.stopped.addEventListener("abort", abort);
  const stalled = later(STALLED, abort);
  const [first, { size }] = [begun.done, begun.file];
  const end = Math.min(first + PART * PIECE_BYTES, size);
  try {
    stalled.start();
    const range = { Range: `bytes=${first}-${end - 1}` };
    const response = await means.get(range, stop.signal);
    const place = Number(response.headers.get("X-Place")); // in a queue
    if (place) return place;
    await checkAnswer(response, begun.file.size, store);
    const behind = response.status === 200 ? first : 0; // a server that knows no parts
    for await (const piece of piecesOf(response, begun, behind, stalled, store)) {
      if (!(await keepPiece(begun, store, piece))) break;
      tell();
      goOn(means.stopped);
    }
  } catch (error) {
    goOn(means.stopped);
    if (error instanceof Refusal) throw error; // all else is a connection that broke
  } finally {
    stalled.stop();
    stop.abort(); // what is still on its way is not wanted
    means.stopped.removeEventListener("abort", abort);
  }
  return 0;
}

/**
 * Refuse an answer that can't become the file.
 * @param {Response} response @param {number} size of the file @param {Store} store
 */
async function checkAnswer(response, size, store) {
  const { status, headers } = response;
  // a leader's sentence; what stands on the way, such as a proxy, sends a page
  if (status === 403 && headers.get("Content-Type")?.startsWith("text/plain")) {
    throw new Refusal(await response.text());
  }
  if (status === 404) {
    throw new Refusal(
      "This address does not have the file: whoever started it installed the lessons " +
        "without the real model.",
    );
  }
  const all = status === 206
    ? headers.get("Content-Range")?.split("/")[1]
    : headers.get("Content-Length");
  if (status !== 416 && !response.ok) throw new Error(`status ${status}`);
  if (status === 416 || (all && all !== String(size))) await throwAway(store);
}

/**
 * The next whole pieces of an answer. While they come slowly, other tabs are told that
 * this one still loads.
 * @param {Response} response @param {Begun} begun
 * @param {number} behind bytes that come first and are here already
 * @param {{ start: () => void }} stalled @param {Store} store
 */
async function* piecesOf(response, begun, behind, stalled, store) {
  let piece = new Uint8Array(sizeOfNext(begun));
  let [held, skip, renewed] = [0, behind, performance.now()];
  const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done || !value) return;
    stalled.start();
    if (performance.now() - renewed > RENEWED) {
      if (!(await isOwn(begun, store))) return;
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
      [piece, held] = [new Uint8Array(sizeOfNext(begun)), 0];
    }
  }
}

/**
 * Have a piece, and keep it. A full disk keeps none: the file is there all the same, as
 * long as the page is open.
 * @param {Begun} begun @param {Store} store @param {Uint8Array} piece
 * @returns {Promise<boolean>} false where another tab loads now
 */
async function keepPiece(begun, store, piece) {
  const number = begun.done / PIECE_BYTES;
  if (begun.isStored) {
    try {
      if (!(await store.put(number, piece))) return false;
    } catch {
      begun.isStored = false;
    }
  }
  takePiece(begun, piece);
  return true;
}
