// The latest answer of this phone, until the server has it.

import { later } from "../../llm_lessons/web/lib/timers.js";

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

  /**
   * Whether the server means the latest: a newer value of the same step may wait for
   * its turn.
   * @param {Record<string, unknown>} which
   */
  const isMeant = ({ step, round }) =>
    isAway && latest?.step === step && latest?.round === round;

  /** @param {Record<string, unknown>} which */
  function taken(which) {
    if (!isMeant(which)) return;
    isTold = true;
    told("taken");
  }

  /**
   * Too fast is no reason to give the latest up, and then nobody has read which it was;
   * all else is, if it is the latest that was refused.
   * @param {Record<string, unknown>} refusal
   * @returns {boolean} whether it was given up
   */
  function refused({ why, ...which }) {
    if (why === "fast") {
      isAway = false;
      leave();
      return false;
    }
    if (!isMeant(which)) return false;
    forget();
    return true;
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
