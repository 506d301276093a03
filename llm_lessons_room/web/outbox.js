// The latest answer of this phone, until the server has it.

import { later } from "../../llm_lessons/web/lib/timers.js";

/** @typedef {{ step: string, round: number, value: unknown }} Answer */
/** @typedef {"" | "sending" | "kept" | "taken"} Sent */

const MIN_GAP = 220; // milliseconds between two answers: the server takes five a second

/**
 * `send` says whether an answer is on its way; `onState` hears of what became of it:
 * "kept" is one that waits for a connection.
 * @param {(answer: Answer) => boolean} send @param {(sent: Sent) => void} onState
 */
export function outbox(send, onState) {
  /** @type {Answer | null} */
  let latest = null;
  let [hasArrived, isSent] = [false, false]; // the latest: has it arrived; has it left
  const pause = later(MIN_GAP, sendLatest);

  function sendLatest() {
    if (pause.isDue() || !latest || isSent) return;
    isSent = send(latest);
    onState(isSent ? "sending" : "kept");
    if (isSent) pause.start();
  }

  /** @param {Answer} answer */
  function put(answer) {
    latest = answer;
    [hasArrived, isSent] = [false, false];
    sendLatest();
  }

  /** Send what has not arrived once more, on a new connection. */
  function resend() {
    if (hasArrived) return;
    isSent = false;
    sendLatest();
  }

  /**
   * Whether the server means the latest: a newer value of the same step may wait for
   * its turn.
   * @param {Record<string, unknown>} which
   */
  const isMeant = ({ step, round }) =>
    isSent && latest?.step === step && latest?.round === round;

  /** @param {Record<string, unknown>} which */
  function confirm(which) {
    if (!isMeant(which)) return;
    hasArrived = true;
    onState("taken");
  }

  /**
   * Too fast is no reason to give the latest up, and then nobody has read which it was;
   * all else is, if it is the latest that was refused.
   * @param {Record<string, unknown>} refusal
   * @returns {boolean} whether it was given up
   */
  function refuse({ why, ...which }) {
    if (why === "fast") {
      isSent = false;
      sendLatest();
      return false;
    }
    if (!isMeant(which)) return false;
    forget();
    return true;
  }

  function forget() {
    latest = null;
    hasArrived = false;
    onState("");
  }

  /** Forget an answer to another moment than this one. */
  function keepOnly(/** @type {string} */ step, /** @type {number} */ round) {
    if (latest && (latest.step !== step || latest.round !== round)) forget();
  }

  const pending = () => hasArrived ? null : latest;

  return { put, resend, confirm, refuse, forget, keepOnly, pending };
}
