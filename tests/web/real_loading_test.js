// The real model's file on its way into a page: whole, broken off, changed, too large
// for the disk.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { Refusal } from "../../llm_lessons/web/engine/checks.js";
import { sha256 } from "../../llm_lessons/web/engine/sha256.js";
import { Load, PIECE_BYTES } from "../../llm_lessons/web/real/loading.js";
import { random } from "./stand_ins.js";

/** @import { Means, Standing } from "../../llm_lessons/web/real/loading.js" */
/** @import { Store } from "../../llm_lessons/web/real/store.js" */

const SIZE = 12 * PIECE_BYTES + 12_345; // more than is asked for at once
const next = random(1);
const CONTENT = Uint8Array.from({ length: SIZE }, () => 256 * next());
const FILE = {
  size: SIZE,
  sha256: createHash("sha256").update(CONTENT).digest("hex"),
};

/** @param {Store} store @param {Means} means */
const loadOf = (store, means) =>
  new Load(FILE, (size) => new Uint8Array(size), store, means);
/** @param {Store} store @param {Means} means */
const load = (store, means) => loadOf(store, means).whole();

test("bytes in pieces of any size have the digest of the whole", () => {
  for (const size of [0, 1, 55, 56, 63, 64, 65, 119, 128, 1000]) {
    const bytes = CONTENT.subarray(7, 7 + size);
    const own = sha256();
    for (let at = 0; at < size; at += 1 + size % 37) {
      own.add(bytes.subarray(at, Math.min(size, at + 1 + size % 37)));
    }
    assert.equal(own.hex(), createHash("sha256").update(bytes).digest("hex"));
  }
});

/** What a browser keeps for all of its tabs, which differ in their owners. */
function browser(most = Infinity) {
  /** @type {Map<number, Uint8Array>} */
  const pieces = new Map();
  let loads = "";
  let puts = 0;
  /** @param {string} owner @returns {Store} */
  const storeFor = (owner) => ({
    stays: true,
    count: () => Promise.resolve(pieces.size),
    piece: (number) => Promise.resolve(pieces.get(number)),
    claim() {
      if (pieces.size >= most) return Promise.reject(new Error("QuotaExceededError"));
      loads ||= owner;
      return Promise.resolve(loads === owner);
    },
    put(number, bytes) {
      if (loads !== owner) return Promise.resolve(false);
      if (pieces.size >= most) return Promise.reject(new Error("QuotaExceededError"));
      puts += 1;
      pieces.set(number, bytes);
      return Promise.resolve(true);
    },
    leave() {
      if (loads === owner) loads = "";
      return Promise.resolve();
    },
    clear: () => Promise.resolve(pieces.clear()),
  });
  return { storeFor, pieces, puts: () => puts };
}

/**
 * A server of these bytes. `cuts`: after so many bytes of all, a connection breaks.
 * @param {{ content?: Uint8Array, cuts?: number[], knowsParts?: boolean,
 *   status?: number }} [how]
 */
function serverOf(how = {}) {
  const { content = CONTENT, cuts = [], knowsParts = true } = how;
  /** @type {string[]} */
  const asked = [];
  let sent = 0;
  /** @type {Means["get"]} */
  function get({ Range }) {
    asked.push(Range);
    if (how.status) {
      return Promise.resolve(new Response("A sentence.", { status: how.status }));
    }
    const [, from, to] = /bytes=(\d+)-(\d+)/.exec(Range) ?? [];
    const [first, end] = knowsParts ? [+from, +to + 1] : [0, content.length];
    const part = content.subarray(first, end);
    let at = 0;
    const body = new ReadableStream({
      pull(controller) {
        const some = part.subarray(at, at + 300_000);
        at += some.length;
        sent += some.length;
        if (cuts.length && sent >= cuts[0]) {
          cuts.shift();
          return controller.error(new TypeError("broken"));
        }
        if (some.length) controller.enqueue(some.slice());
        else controller.close();
      },
    });
    const about = `bytes ${first}-${end - 1}/${content.length}`;
    /** @type {Record<string, string>} */
    const headers = knowsParts
      ? { "Content-Range": about }
      : { "Content-Length": String(content.length) };
    const status = knowsParts ? 206 : 200;
    return Promise.resolve(new Response(body, { status, headers }));
  }
  return { get, asked, sent: () => sent };
}

/** @param {Means["get"]} get */
function meansOf(get, stop = new AbortController()) {
  /** @type {Standing[]} */
  const told = [];
  /** @type {number[]} */
  const pauses = [];
  /** @type {Means} */
  const means = {
    get,
    tell: (standing) => void told.push(standing),
    pause(milliseconds) {
      pauses.push(milliseconds);
      return new Promise((done) => setTimeout(done));
    },
    stopped: stop.signal,
  };
  return { means, told, pauses, stop };
}

/** @param {Uint8Array} bytes */
function isWhole(bytes) {
  assert.equal(createHash("sha256").update(bytes).digest("hex"), FILE.sha256);
}

test("a file comes in parts, is kept, and is not loaded again", async () => {
  const [{ storeFor, pieces }, server] = [browser(), serverOf()];
  const { means, told } = meansOf(server.get);
  isWhole(await load(storeFor("a"), means));
  assert.equal(server.asked.length, 2);
  assert.equal(server.sent(), SIZE);
  assert.equal(pieces.size, 13);
  const bytes = told.map((one) => one.bytes);
  assert.deepEqual(bytes, bytes.toSorted((a, b) => a - b));
  const offline = meansOf(() => Promise.reject(new TypeError("no network")));
  isWhole(await load(storeFor("b"), offline.means));
});

test("a connection that breaks costs less than a piece", async () => {
  const cuts = [PIECE_BYTES * 2.5, PIECE_BYTES * 6.2, PIECE_BYTES * 9.9];
  const [{ storeFor }, server] = [browser(), serverOf({ cuts })];
  const { means } = meansOf(server.get);
  isWhole(await load(storeFor("a"), means));
  assert.ok(server.sent() < SIZE + 3 * (PIECE_BYTES + 300_000));
});

test("killed in the middle, it goes on from there in another page", async () => {
  const [{ storeFor, pieces }, server] = [browser(), serverOf()];
  const first = meansOf(server.get);
  first.means.tell = ({ bytes }) => bytes > 3 * PIECE_BYTES && first.stop.abort();
  await assert.rejects(load(storeFor("a"), first.means), /Stopped/);
  const kept = pieces.size;
  assert.ok(kept >= 3 && kept < 8);
  const second = meansOf(server.get);
  isWhole(await load(storeFor("b"), second.means));
  const from = server.asked.map((range) => Number(/\d+/.exec(range)?.[0]));
  assert.equal(from[1], kept * PIECE_BYTES);
});

test("without a connection it gives up in a sentence and keeps what came", async () => {
  const [{ storeFor, pieces }, server] = [
    browser(),
    serverOf({ cuts: [2.5 * PIECE_BYTES] }),
  ];
  let calls = 0;
  const { means, pauses } = meansOf((...asked) => {
    calls += 1;
    return calls > 1 ? Promise.reject(new TypeError("gone")) : server.get(...asked);
  });
  await assert.rejects(load(storeFor("a"), means), /broke off/);
  assert.equal(pieces.size, 2);
  assert.ok(pauses[pauses.length - 1] > pauses[0]);
});

test("a file that changed on the server is thrown away, and never shown", async () => {
  const other = CONTENT.slice();
  other[9 * PIECE_BYTES] ^= 1;
  const [{ storeFor, pieces }, server] = [browser(), serverOf({ content: other })];
  await assert.rejects(load(storeFor("a"), meansOf(server.get).means), /thrown away/);
  assert.equal(pieces.size, 0);
  // of another length: noticed before a byte is kept
  const longer = serverOf({ content: new Uint8Array(SIZE + 1) });
  await assert.rejects(load(storeFor("a"), meansOf(longer.get).means), Refusal);
  assert.equal(longer.sent() < 2 * PIECE_BYTES, true);
});

test("what was damaged in the browser's store is thrown away, too", async () => {
  const { storeFor, pieces } = browser();
  pieces.set(0, new Uint8Array(PIECE_BYTES));
  const { means } = meansOf(serverOf().get);
  await assert.rejects(load(storeFor("a"), means), /thrown away/);
  assert.equal(pieces.size, 0);
  pieces.set(0, new Uint8Array(5)); // a piece of another size is none
  isWhole(await load(storeFor("a"), means));
});

test("a full disk keeps a part, and the file is there all the same", async () => {
  const { storeFor, pieces } = browser(4);
  const own = loadOf(storeFor("a"), meansOf(serverOf().get).means);
  isWhole(await own.whole());
  assert.deepEqual([pieces.size, own.isStored], [4, false]);
});

test("a store that the browser has closed stops no load", async () => {
  const store = browser().storeFor("a");
  const closed = () => Promise.reject(new Error("InvalidStateError"));
  const { put } = store;
  let left = 3;
  store.put = (...one) => (left -= 1) < 0 ? closed() : put(...one);
  store.piece = () => left < 0 ? closed() : Promise.resolve(undefined);
  const own = loadOf(store, meansOf(serverOf().get).means);
  isWhole(await own.whole());
  assert.equal(own.isStored, false);
});

test("a server that is out of order has no queue", async () => {
  const { means, told } = meansOf(serverOf({ status: 503 }).get);
  await assert.rejects(load(browser().storeFor("a"), means), /broke off/);
  assert.ok(told.every(({ place }) => !place));
});

test("a server that knows no parts does, too, also in the middle", async () => {
  const [{ storeFor, pieces }, server] = [browser(), serverOf({ knowsParts: false })];
  pieces.set(0, CONTENT.slice(0, PIECE_BYTES));
  const { means } = meansOf(server.get);
  isWhole(await load(storeFor("a"), means));
  assert.equal(server.asked.length, 1);
});

test("a refusal of the server is told in its own words", async () => {
  const off = meansOf(serverOf({ status: 403 }).get);
  await assert.rejects(load(browser().storeFor("a"), off.means), {
    message: "A sentence.",
  });
  const headers = { "Content-Type": "text/html" };
  const page = new Response("<!doctype html>", { status: 403, headers });
  const between = meansOf(() => Promise.resolve(page));
  await assert.rejects(load(browser().storeFor("a"), between.means), /broke off/);
  const none = meansOf(serverOf({ status: 404 }).get);
  await assert.rejects(
    load(browser().storeFor("a"), none.means),
    /does not have the file/,
  );
});
