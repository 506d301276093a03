// What a browser keeps of a large file, in pieces, and which of its tabs loads it now.
//
// In IndexedDB: unlike the Cache API, a page's own file system and the Web Locks, it is
// there on an address without TLS, too, which is all that a room has. Who may load is
// written beside the pieces, and both change together: so no two tabs load at once.

import { later } from "../lib/timers.js";

/**
 * Pieces of one file, from its beginning on, none left out.
 * @typedef {object} Store
 * @property {boolean} stays whether they are there when the page is opened again
 * @property {() => Promise<number>} count
 * @property {(number: number) => Promise<Uint8Array | undefined>} piece
 * @property {() => Promise<boolean>} claim this tab loads from now on; false where
 *   another one does
 * @property {(number: number, bytes: Uint8Array) => Promise<boolean>} put false, and
 *   nothing is kept, where another tab loads now
 * @property {() => Promise<void>} leave it to other tabs
 * @property {() => Promise<void>} clear
 */
/**
 * Who loads, and when that was last heard of.
 * @typedef {{ owner: string, at: number }} Mark
 */

const NAME = "llm-lessons-real";
const [PIECES, MARKS, MARK] = ["pieces", "marks", "loading"];
const SILENCE = 8000; // milliseconds, then who loaded is taken to be gone
const LONGEST_WAIT = 5000; // milliseconds; some browsers open no store, nor say so

/**
 * What an IndexedDB answers.
 * @template Result @param {IDBRequest<Result>} request
 * @returns {Promise<Result>}
 */
function answerTo(request) {
  return new Promise((done, fail) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });
}

/** @param {IDBTransaction} transaction */
function written(transaction) {
  return new Promise((done, fail) => {
    transaction.oncomplete = () => done(undefined);
    transaction.onabort = () => fail(transaction.error);
  });
}

/** @returns {Promise<IDBDatabase>} */
function openedStore() {
  return new Promise((done, fail) => {
    const patience = later(LONGEST_WAIT, () => fail(new Error("no answer")));
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      for (const one of [PIECES, MARKS]) request.result.createObjectStore(one);
    };
    request.onsuccess = () => {
      patience.stop();
      request.result.onversionchange = () => request.result.close();
      done(request.result);
    };
    request.onerror = () => fail(request.error);
    patience.start();
  });
}

/**
 * The store of the file with this digest; pieces of any other one are deleted. Where
 * the browser keeps nothing, one that lasts as long as the page.
 * @param {string} sha256 @param {string} owner of this tab alone
 * @returns {Promise<Store>}
 */
export async function storeOf(sha256, owner) {
  try {
    const base = await openedStore();
    const all = base.transaction(PIECES, "readwrite");
    for (const range of [upTo(sha256), IDBKeyRange.lowerBound([sha256, []], true)]) {
      all.objectStore(PIECES).delete(range);
    }
    await written(all);
    return storeIn(base, sha256, owner);
  } catch {
    return storeInMemory();
  }
}

/** All keys before those of this digest. @param {string} sha256 */
const upTo = (sha256) => IDBKeyRange.upperBound([sha256], true);

/**
 * @param {IDBDatabase} base @param {string} sha256 @param {string} owner
 * @returns {Store}
 */
function storeIn(base, sha256, owner) {
  // A list sorts behind every number: [digest, []] is behind the last piece.
  const own = IDBKeyRange.bound([sha256], [sha256, []]);
  const reading = () => base.transaction(PIECES).objectStore(PIECES);
  /** @param {(mark: Mark | undefined, change: IDBTransaction) => boolean} act */
  async function marked(act) {
    const change = base.transaction([PIECES, MARKS], "readwrite");
    const end = written(change);
    /** @type {IDBRequest<Mark | undefined>} */
    const asked = change.objectStore(MARKS).get(MARK);
    let isDone = false;
    asked.onsuccess = () => isDone = act(asked.result, change);
    await end;
    return isDone;
  }
  /** @param {IDBTransaction} change */
  const renew = (change) =>
    change.objectStore(MARKS).put({ owner, at: Date.now() }, MARK);
  return {
    stays: true,
    // A browser may close the store at any time: no call throws, each one fails.
    count: async () => await answerTo(reading().count(own)),
    piece: async (number) => await answerTo(reading().get([sha256, number])),
    claim: () =>
      marked((mark, change) => {
        const isFree = !mark || mark.owner === owner ||
          Math.abs(Date.now() - mark.at) > SILENCE;
        if (isFree) renew(change);
        return isFree;
      }),
    put: (number, bytes) =>
      marked((mark, change) => {
        if (mark?.owner !== owner) return false;
        renew(change);
        change.objectStore(PIECES).put(bytes, [sha256, number]);
        return true;
      }),
    async leave() {
      await marked((mark, change) => {
        if (mark?.owner === owner) change.objectStore(MARKS).delete(MARK);
        return true;
      });
    },
    async clear() {
      const change = base.transaction(PIECES, "readwrite");
      change.objectStore(PIECES).delete(own);
      await written(change);
    },
  };
}

/**
 * Keeps nothing: whoever loads has the bytes as long as the page is open.
 * @returns {Store}
 */
export function storeInMemory() {
  return {
    stays: false,
    count: () => Promise.resolve(0),
    piece: () => Promise.resolve(undefined),
    claim: () => Promise.resolve(true),
    put: () => Promise.resolve(true),
    leave: () => Promise.resolve(),
    clear: () => Promise.resolve(),
  };
}
