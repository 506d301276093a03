// Where the training runs: in a worker that is made of the widget's own script, or,
// where none can be made, in the page, in slices that let it draw.

import { workAlone, working } from "./train_your_own_work.js";

/** @import { News, Wish } from "./train_your_own_work.js" */

const EXPORT = /^export default .*$/m; // a worker's script has none

/**
 * Work beside the page. What is wished before it is there waits.
 * @param {string} script the widget's, as one piece
 * @param {(news: News) => void} hear
 */
export function besideThePage(script, hear) {
  /** @type {Wish[]} */
  const waiting = [];
  /** @type {(wish: Wish) => void} */
  let send = (wish) => void waiting.push(wish);
  let stop = () => {};
  /** @param {(wish: Wish) => void} way */
  function open(way) {
    send = way;
    waiting.splice(0).forEach(way);
  }
  function workHere() {
    const own = working(hear);
    stop = own.stop;
    open(own.hear);
  }
  try {
    const worker = workerFrom(script);
    stop = () => worker.terminate();
    let isReady = false;
    worker.onmessage = ({ data }) => {
      if (data.kind !== "ready") return hear(data);
      isReady = true;
      open((wish) => worker.postMessage(wish));
    };
    worker.onerror = (event) => {
      worker.terminate(); // or it would keep its memory
      if (isReady) return hear({ kind: "ended" });
      event.preventDefault();
      workHere();
    };
  } catch {
    workHere();
  }
  return { send: (/** @type {Wish} */ wish) => send(wish), stop: () => stop() };
}

/** @param {string} script */
function workerFrom(script) {
  const own = `"use strict";\n${script.replace(EXPORT, "")}\n${workAlone.name}();\n`;
  const address = URL.createObjectURL(new Blob([own], { type: "text/javascript" }));
  return new Worker(address);
}
