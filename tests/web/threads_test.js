// Products by several threads: the same to the last bit, and right without them.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  deskIn,
  deskNumbers,
  toldIn,
} from "../../llm_lessons/web/engine/block_products.js";
import { realModel } from "../../llm_lessons/web/engine/real_model.js";
import { sharedRoomFor } from "../../llm_lessons/web/engine/speed.js";
import {
  roomWithThreads,
  sharing,
  workersThatHelp,
} from "../../llm_lessons/web/engine/threads.js";
import { tinyFile } from "./tiny_gguf.js";

const FILE = tinyFile();
const PROMPTS = ["a", "abc cc", "a bcab, abc ø. 12 ab a b c"];
const PATIENCE = 120_000; // milliseconds until a thread has to be there

/** @param {string} [name] */
const helper = (name) =>
  new Worker(new URL("helping.js", import.meta.url), { type: "module", name });

/** A worker that knows only whether it was ended. */
function dummy() {
  const own = { isOver: false, terminate: () => void (own.isOver = true) };
  return { own, worker: /** @type {Worker} */ (/** @type {unknown} */ (own)) };
}

/** @param {Worker[]} workers */
function opened(workers) {
  const bytes = roomWithThreads(FILE.length, workers);
  bytes.set(FILE);
  return realModel(bytes);
}

/** @param {() => boolean} isSo */
function until(isSo) {
  const end = performance.now() + PATIENCE;
  while (!isSo()) assert.ok(performance.now() < end, "nothing has happened");
}

test("scores of three threads are those of one", () => {
  const workers = [helper(), helper()];
  try {
    const [alone, shared] = [opened([]), opened(workers)];
    const { query } = shared.params.layers[0];
    assert.ok("bytes" in query && query.bytes.buffer instanceof SharedArrayBuffer);
    for (const prompt of PROMPTS) {
      assert.deepEqual(shared.logits(prompt), alone.logits(prompt));
    }
  } finally {
    for (const worker of workers) worker.terminate();
  }
});

test("a thread that helps does its part", () => {
  const helps = helper();
  const { memory, room } = sharedRoomFor(deskNumbers(1));
  helps.postMessage({ kind: "help", memory, thread: 1 });
  const desk = deskIn(room, 0);
  assert.ok(desk);
  const { together } = sharing(desk, [helps]);
  const told = toldIn(room);
  const kind = /** @type {const} */ ("Q8_0");
  const rows = { kind, place: 0, inputs: 1_024, rows: 1, count: 512 };
  try {
    until(() => {
      assert.ok(together(rows));
      return Atomics.load(told, 1) > 0;
    });
  } finally {
    helps.terminate();
  }
});

test("a thread that dies at work is done without, and nothing is wrong", () => {
  const [worker, alone] = [helper("dies"), opened([])];
  let isOver = false;
  const end = worker.terminate.bind(worker);
  worker.terminate = () => {
    isOver = true;
    end();
  };
  try {
    const lm = opened([worker]);
    const expected = alone.logits(PROMPTS[2]);
    until(() => {
      assert.deepEqual(lm.logits(PROMPTS[2]), expected);
      return isOver;
    });
    for (const one of PROMPTS) assert.deepEqual(lm.logits(one), alone.logits(one));
  } finally {
    end();
  }
});

test("where memory can't be shared there is one thread", () => {
  const { Memory } = WebAssembly;
  const { own, worker } = dummy();
  try {
    WebAssembly.Memory = class extends Memory {
      /** @param {WebAssembly.MemoryDescriptor} asked */
      constructor(asked) {
        if (asked.shared) throw new RangeError("WebAssembly.Memory(): no room");
        super(asked);
      }
    };
    const lm = opened([worker]);
    assert.ok(own.isOver);
    assert.deepEqual(lm.logits("abc"), opened([]).logits("abc"));
  } finally {
    WebAssembly.Memory = Memory;
  }
});

test("only a page that stands apart has threads, and no more than four", () => {
  /** @param {boolean} isApart @param {number} hardwareConcurrency */
  const of = (isApart, hardwareConcurrency, start = () => dummy().worker) => {
    const own = { crossOriginIsolated: isApart, navigator: { hardwareConcurrency } };
    for (const [name, value] of Object.entries(own)) {
      Object.defineProperty(globalThis, name, { configurable: true, value });
    }
    return workersThatHelp(start).length;
  };
  assert.deepEqual([1, 2, 4, 6, 8, 64].map((n) => of(true, n)), [0, 1, 1, 2, 3, 3]);
  assert.equal(of(false, 8), 0);
  const none = () => {
    throw new TypeError("Worker is not a constructor");
  };
  assert.equal(of(true, 8, none), 0);
});
