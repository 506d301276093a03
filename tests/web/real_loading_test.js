// The real model's file on its way into a page: whole, broken off, changed, too large
// for the disk. Several tabs and pages: `tests/browser/test_real_model_in_page.py`.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { sha256 } from "../../llm_lessons/web/engine/sha256.js";
import { Load, PIECE_BYTES } from "../../llm_lessons/web/real/loading.js";
import { storeInMemory } from "../../llm_lessons/web/real/store.js";
import { random } from "./stand_ins.js";

/** @import { Means, Standing } from "../../llm_lessons/web/real/loading.js" */
/** @import { Store } from "../../llm_lessons/web/real/store.js" */

const SIZE = 12 * PIECE_BYTES + 12_345; // more than is asked for at once
const next = random(1);
const CONTENT = Uint8Array.from({ length: SIZE }, () => 256 * next());
const digestOf = (/** @type {Uint8Array} */ bytes) =>
  createHash("sha256").update(bytes).digest("hex");
const FILE = { size: SIZE, sha256: digestOf(CONTENT) };

test("bytes in pieces of any size have the digest of the whole", () => {
  for (const size of [0, 1, 55, 56, 63, 64, 65, 119, 128, 1000]) {
    const bytes = CONTENT.subarray(7, 7 + size);
    const own = sha256();
    for (let at = 0; at < size; at += 1 + size % 37) {
      own.add(bytes.subarray(at, Math.min(size, at + 1 + size % 37)));
    }
    assert.equal(own.hex(), digestOf(bytes));
  }
});

/** A browser's store, and the pieces in it. @param {number} [most] */
function keeping(most = Infinity) {
  /** @type {Map<number, Uint8Array>} */
  const pieces = new Map();
  /** @type {Store} */
  const store = {
    ...storeInMemory(),
    piece: (number) => Promise.resolve(pieces.get(number)),
    put(number, bytes) {
      if (pieces.size >= most) return Promise.reject(new Error("QuotaExceededError"));
      pieces.set(number, bytes);
      return Promise.resolve(true);
    },
    clear: () => Promise.resolve(pieces.clear()),
  };
  return { store, pieces };
}

/**
 * A server of these bytes. `cuts`: after so many bytes of all, a connection breaks.
 * @param {{ content?: Uint8Array, cuts?: number[], knowsParts?: boolean }} [how]
 */
function serverOf({ content = CONTENT, cuts = [], knowsParts = true } = {}) {
  const count = { asked: 0, sent: 0 };
  /** @type {Means["get"]} */
  function get({ Range }) {
    count.asked += 1;
    const [, from, to] = /bytes=(\d+)-(\d+)/.exec(Range) ?? [];
    const [first, end] = knowsParts ? [+from, +to + 1] : [0, content.length];
    let at = first;
    const body = new ReadableStream({
      pull(controller) {
        const some = content.slice(at, Math.min(at + 300_000, end));
        at += some.length;
        count.sent += some.length;
        if (count.sent >= cuts[0]) {
          cuts.shift();
          return controller.error(new TypeError("broken"));
        }
        if (some.length) controller.enqueue(some);
        else controller.close();
      },
    });
    const headers = { "Content-Range": `bytes ${first}-${end - 1}/${content.length}` };
    const response = knowsParts
      ? new Response(body, { status: 206, headers })
      : new Response(body, { headers: { "Content-Length": String(content.length) } });
    return Promise.resolve(response);
  }
  return { get, count };
}

/** @param {Store} store @param {Means["get"]} get */
function loadOf(store, get) {
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
    stopped: new AbortController().signal,
  };
  const own = new Load(FILE, (size) => new Uint8Array(size), store, means);
  async function isWhole() {
    assert.equal(digestOf(await own.whole()), FILE.sha256);
  }
  return { own, isWhole, told, pauses };
}
const gone = () => Promise.reject(new TypeError("gone"));

test("a file comes in parts, however often it breaks off, and is kept", async () => {
  const cuts = [PIECE_BYTES * 2.5, PIECE_BYTES * 6.2, PIECE_BYTES * 9.9];
  const [{ store, pieces }, { get, count }] = [keeping(), serverOf({ cuts })];
  const { isWhole, told } = loadOf(store, get);
  await isWhole();
  assert.ok(count.sent < SIZE + 3 * (PIECE_BYTES + 300_000));
  assert.equal(pieces.size, 13);
  const bytes = told.map((one) => one.bytes);
  assert.deepEqual(bytes, bytes.toSorted((a, b) => a - b));
  await loadOf(store, gone).isWhole();
});

test("without a connection it gives up in a sentence and keeps what came", async () => {
  const [{ store, pieces }, { get, count }] = [
    keeping(),
    serverOf({ cuts: [2.5 * PIECE_BYTES] }),
  ];
  const { own, pauses } = loadOf(
    store,
    (...asked) => count.asked ? gone() : get(...asked),
  );
  await assert.rejects(own.whole(), /broke off/);
  assert.equal(pieces.size, 2);
  assert.ok(pauses[pauses.length - 1] > pauses[0]);
});

test("what is not the file is thrown away, and never shown", async () => {
  const other = CONTENT.slice();
  other[9 * PIECE_BYTES] ^= 1;
  const { store, pieces } = keeping();
  const changed = loadOf(store, serverOf({ content: other }).get);
  await assert.rejects(changed.own.whole(), /thrown away/);
  assert.equal(pieces.size, 0);
  // of another length: noticed before a byte is kept
  const longer = serverOf({ content: new Uint8Array(SIZE + 1) });
  await assert.rejects(loadOf(store, longer.get).own.whole(), /thrown away/);
  assert.ok(longer.count.sent < 2 * PIECE_BYTES);
  pieces.set(0, new Uint8Array(PIECE_BYTES)); // damaged in the browser's store
  await assert.rejects(loadOf(store, serverOf().get).own.whole(), /thrown away/);
  assert.equal(pieces.size, 0);
  pieces.set(0, new Uint8Array(5)); // a piece of another size is none
  await loadOf(store, serverOf().get).isWhole();
});

test("a disk that is full or closed keeps a part, and the file is there", async () => {
  const { store, pieces } = keeping(4);
  const { own, isWhole } = loadOf(store, serverOf().get);
  const closed = () => Promise.reject(new Error("InvalidStateError"));
  store.claim = () => pieces.size < 4 ? Promise.resolve(true) : closed();
  store.piece = () => pieces.size < 4 ? Promise.resolve(undefined) : closed();
  await isWhole();
  assert.deepEqual([pieces.size, own.isStored], [4, false]);
});

test("a server that knows no parts does, too, also in the middle", async () => {
  const [{ store, pieces }, { get, count }] = [
    keeping(),
    serverOf({ knowsParts: false }),
  ];
  pieces.set(0, CONTENT.slice(0, PIECE_BYTES));
  await loadOf(store, get).isWhole();
  assert.equal(count.asked, 1);
});

test("a refusal of the server is told in its own words", async () => {
  const page = { "Content-Type": "text/html" }; // of something on the way
  for (
    const [status, headers, message]
      of /** @type {[number, HeadersInit, RegExp][]} */ ([
        [403, {}, /^A sentence\.$/],
        [403, page, /broke off/],
        [404, {}, /does not have the file/],
        [503, {}, /broke off/],
      ])
  ) {
    const { own, told } = loadOf(
      keeping().store,
      () => Promise.resolve(new Response("A sentence.", { status, headers })),
    );
    await assert.rejects(own.whole(), { message });
    assert.ok(told.every(({ place }) => !place)); // there is no queue
  }
});
