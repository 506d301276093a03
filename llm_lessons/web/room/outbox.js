// The latest answer of this phone, until the server has it.

import { later } from "../lib/timers.js";

/** @typedef {{ step: string, round: number, value: unknown }} Answer */
/** @typedef {"" | "sending" | "kept" | "taken"} Sent */

const GAP = 220; // milliseconds between two answers: the server takes five a second

/**
 * `send` says whether an answer is on its way; `told` hears of what became of it:
 * "kept" is one that waits for a connection.
 * @param {(answer: Answer) => boolean} send @param {(sent: Sent) => void} told
 */
export function outbox(send, told) {
  /** @type {Answer | null} */
  let latest = null;
  let [isTold, isAway] = [false, false]; // the latest: has it arrived; has it left
  const pause = later(GAP, leave);

  function leave() {
    if (pause.isDue() || !latest || isAway) return;
    isAway = send(latest);
    told(isAway ? "sending" : "kept");
    if (isAway) pause.start();
  }

  /** @param {Answer} answer */
  function put(answer) {
    latest = answer;
    [isTold, isAway] = [false, false];
    leave();
  }

  /** The connection is new: what has not arrived is sent once more. */
  function again() {
    if (isTold) return;
    isAway = false;
    leave();
  }

  /** @param {Record<string, unknown>} which */
  function taken({ step, round }) {
    // A newer value of the same step may wait for its turn: that one is not taken yet.
    if (!latest || !isAway || latest.step !== step || latest.round !== round) return;
    isTold = true;
    told("taken");
  }

  /** It was refused: too fast is no reason to give it up, all else is. */
  function refused(/** @type {unknown} */ why) {
    if (why === "fast") {
      isAway = false;
      leave();
    } else {
      forget();
    }
  }

  function forget() {
    latest = null;
    isTold = false;
    told("");
  }

  /** What belongs to another moment than this one is of no use any more. */
  function only(/** @type {string} */ step, /** @type {number} */ round) {
    if (latest && (latest.step !== step || latest.round !== round)) forget();
  }

  /** What the server may not have yet; null where it has all. */
  const waiting = () => isTold ? null : latest;

  return { put, again, taken, refused, forget, only, waiting };
}
