// Here for speed alone: products with weights in blocks by several threads, in memory
// that they share. Rows of the matrix are parted among them and sums are not, so what
// comes of it is the same to the last bit. A thread that dies is done without.

import {
  behindDesks,
  deskIn,
  deskNumbers,
  deskOfAll,
  mostAtOnce,
  numbersFor,
  roomForFile,
  toldIn,
  workOut,
} from "./block_products.js";
import { BLOCK_KINDS } from "./gguf_kinds.js";
import { roomIn, sharedRoomFor } from "./speed.js";

/** @import { BlockDesk, MatrixRows, Together } from "./block_products.js" */
/**
 * What a thread that helps is told, once.
 * @typedef {{ kind: "help", memory: WebAssembly.Memory, thread: number }} Call
 */

// What is told: how many parts are left, how many others have done, the work, and how
// many sleep until the first changes, and the second. The work changes only when all
// parts are done: who has taken one may read what it is.
const [LEFT, DONE, WORK, ASLEEP] = [0, 1, 2, 8];
const WEIGHTS_OF_PART = 2 ** 15;
const MOST_THREADS = 4;
const LOOKS = 8000; // at what is told, before a thread sleeps: some 50 microseconds
const SILENT = 2000; // milliseconds without a word, then others are given up

/**
 * Workers for a model to share its memory with, which only an isolated page may. Half
 * of what the browser counts, and two at least: many processors count each core twice.
 * @param {() => Worker} start one, whose script can `help`
 * @returns {Worker[]}
 */
export function workersThatHelp(start) {
  const { hardwareConcurrency } = navigator;
  if (!globalThis.crossOriginIsolated || hardwareConcurrency < 2) return [];
  const half = Math.floor(hardwareConcurrency / 2);
  const threads = Math.min(Math.max(half, 2), MOST_THREADS);
  try {
    return Array.from({ length: threads - 1 }, start);
  } catch {
    return []; // a worker that may start none
  }
}

/** Rows of one part, a multiple of four. @param {MatrixRows} all */
function rowsOfPart(all) {
  const size = 4 * Math.ceil(WEIGHTS_OF_PART / all.inputs / 4);
  return Math.min(size, mostAtOnce(all));
}

/** A part that is nobody's yet, or -1. @param {Int32Array} told */
export function takePart(told) {
  for (;;) {
    const left = Atomics.load(told, LEFT);
    if (left === 0) return -1;
    if (Atomics.compareExchange(told, LEFT, left, left - 1) === left) return left - 1;
  }
}

/**
 * Wait until something else is told; false where that takes too long.
 * @param {Int32Array} told @param {number} at @param {number} known
 * @param {number} [patience] milliseconds
 */
function isTold(told, at, known, patience) {
  for (let look = 0; look < LOOKS; look += 1) {
    if (Atomics.load(told, at) !== known) return true;
  }
  Atomics.add(told, ASLEEP + at, 1);
  const found = Atomics.wait(told, at, known, patience);
  Atomics.sub(told, ASLEEP + at, 1);
  return found !== "timed-out";
}

/**
 * Waking takes its time, even where nobody sleeps.
 * @param {Int32Array} told @param {number} at
 */
function wake(told, at) {
  if (Atomics.load(told, ASLEEP + at)) Atomics.notify(told, at);
}

/** Help, as long as the worker lives. @param {Call} call */
export function help({ memory, thread }) {
  const desk = deskIn(roomIn(memory, deskNumbers(thread)), thread);
  if (!desk) return;
  const told = toldIn(desk.numbers);
  for (;;) {
    const part = takePart(told);
    if (part < 0) {
      isTold(told, LEFT, 0);
      continue;
    }
    const [kind, place, inputs, rows, count, size] = told.subarray(WORK);
    const all = { kind: BLOCK_KINDS[kind], place, inputs, rows, count };
    workOut(desk, all, size, part);
    Atomics.add(told, DONE, 1);
    wake(told, DONE);
  }
}

/**
 * `roomForFile` in memory that workers share, or as ever where that can't be.
 * @param {number} size bytes
 * @param {Worker[]} workers whose scripts `help`
 * @returns {Uint8Array}
 */
export function roomWithThreads(size, workers) {
  try {
    if (workers.length) return sharedRoom(size, workers);
  } catch { // no such memory, or none that may be sent
    for (const worker of workers) worker.terminate();
  }
  return roomForFile(size);
}

/** @param {number} size @param {Worker[]} workers */
function sharedRoom(size, workers) {
  const others = workers.length;
  const { memory, room } = sharedRoomFor(numbersFor(size, others));
  workers.forEach((worker, i) => {
    // One that can't begin takes no part, and is not missed.
    worker.addEventListener("error", (event) => event.preventDefault());
    worker.postMessage({ kind: "help", memory, thread: i + 1 });
  });
  const alone = deskIn(room, 0);
  const own = alone && { alone, all: sharing(alone, workers) };
  return behindDesks(room, size, others, own);
}

/**
 * What works rows out together with others; false where one of them is silent, and
 * then all are ended.
 * @param {BlockDesk} own @param {Worker[]} workers
 * @returns {Together}
 */
export function sharing(own, workers) {
  const [desk, told] = [deskOfAll(own), toldIn(own.numbers)];
  /** @type {Together["together"]} */
  function together(all) {
    const { kind, place, inputs, rows, count } = all;
    const size = rowsOfPart(all);
    told.set([BLOCK_KINDS.indexOf(kind), place, inputs, rows, count, size], WORK);
    let others = Math.ceil(count / size); // parts that they take
    Atomics.store(told, DONE, 0);
    Atomics.store(told, LEFT, others);
    wake(told, LEFT);
    for (let part = takePart(told); part >= 0; part = takePart(told)) {
      workOut(desk, all, size, part);
      others -= 1;
    }
    for (;;) {
      const done = Atomics.load(told, DONE);
      if (done === others) return true;
      if (!isTold(told, DONE, done, SILENT)) break;
    }
    for (const worker of workers) worker.terminate();
    return false;
  }
  return { desk, together };
}
