// SmolLM2 by the page's own engine, from its GGUF file, with its own loop. By several
// threads it is in a worker, as in a lesson's page: a page itself may not wait for them.

import { sideOf } from "/page/measure.js";
import { roomForFile } from "/web/engine/block_products.js";
import { realModel } from "/web/engine/real_model.js";

const FILE = "/model/SmolLM2-135M-Instruct.Q4_1.gguf";

/**
 * The model; the file's bytes are put where they stay as they arrive.
 * @param {(size: number) => Uint8Array} room
 */
export async function opened(room) {
  const answer = await fetch(FILE);
  const bytes = room(Number(answer.headers.get("content-length")));
  const reader = answer.body.getReader();
  for (let at = 0;;) {
    const { done, value } = await reader.read();
    if (done) return sideOf(realModel(bytes));
    bytes.set(value, at);
    at += value.length;
  }
}

/** @param {number} threads */
async function inWorker(threads) {
  const script = new URL("smollm2_threads.js", import.meta.url);
  const worker = new Worker(script, { type: "module" });
  const ask = (/** @type {unknown[]} */ ...asked) =>
    new Promise((done, failed) => {
      worker.onmessage = ({ data }) => done(data);
      worker.onerror = ({ message }) => failed(new Error(message));
      worker.postMessage(asked);
    });
  await ask("open", threads);
  return {
    read: (ids) => ask("read", ids),
    draw: (ids, { count }, ...how) => ask("draw", ids, { count }, ...how),
  };
}

export async function open(_, threads) {
  return threads > 1 ? inWorker(threads) : opened(roomForFile);
}
