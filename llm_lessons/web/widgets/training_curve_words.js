// What there is to say of a training: how far it is, and what it has learned.

/**
 * Step, tokens read, loss in bits a token.
 * @typedef {[number, number, number]} Point
 */
/**
 * The same, and what it wrote then.
 * @typedef {[number, number, number, string]} Sample
 */
/**
 * @typedef {"ready" | "preparing" | "training" | "stopped" | "done" | "failed"} Phase
 */
/**
 * @typedef {{ phase: Phase, stopping: boolean, step: number,
 *   seconds_left: number | null, trouble: string }} Status
 */

/** @param {number} tokens */
export const million = (tokens) => `${(tokens / 1e6).toFixed(2)} million`;

/** @param {number} bits */
export const inBits = (bits) => `${bits.toFixed(2)} bits a token`;

/** @param {number | null} seconds */
export function timeLeft(seconds) {
  if (seconds === null) return "";
  const whole = Math.ceil(seconds);
  return whole < 100 ? `, ${whole} s left` : `, ${Math.ceil(whole / 60)} min left`;
}

/**
 * What stands under the bar of progress.
 * @param {Status} status @param {number} steps @param {Point[]} points
 * @param {Point[]} [held] the loss on text that is held out
 */
export function statusText(
  { phase, stopping, step, seconds_left, trouble },
  steps,
  points,
  held = [],
) {
  if (stopping) return "Stopping as soon as this step is done …";
  const [, tokens, bits] = points.at(-1) ?? [0, 0, 0];
  const at = `Step ${step} of ${steps}`;
  const learned = points.length
    ? `: ${million(tokens)} tokens read, loss ${inBits(bits)}`
    : "";
  return {
    ready: `Not started yet: ${steps} steps, about a minute.`,
    preparing: "Getting ready: collecting texts, cutting them into tokens …",
    training: `${at}${learned}${timeLeft(seconds_left)}.`,
    stopped: `${at}${learned}. Stopped, and nothing is lost.`,
    done: `Done${learned}.${byHeart(held)}`,
    failed: `It stopped with an error (${trouble}). Starting over may help.`,
  }[phase];
}

/** @param {Sample} sample */
export function moment([step, tokens]) {
  return step === 0
    ? "before the first step"
    : `after ${tokens.toLocaleString("en")} tokens`;
}

/**
 * The number of the one that lies nearest.
 * @param {number[]} places @param {number} wanted
 */
export function nearest(places, wanted) {
  /** @param {number} place */
  const away = (place) => Math.abs(place - wanted);
  return places.reduce(
    (best, place, i) => away(place) < away(places[best]) ? i : best,
    0,
  );
}

/** What a rise over the lowest point is, and no wobble. */
const CLEAR = 0.05; // bits a token

/**
 * What the loss on held-out text shows: where learning by heart has begun.
 * @param {Point[]} held
 */
export function byHeart(held) {
  const last = held.at(-1);
  if (!last) return "";
  const best = held.reduce((one, other) => (other[2] < one[2] ? other : one));
  const now = ` On held-out text it is ${inBits(last[2])}`;
  return last[2] > best[2] + CLEAR
    ? `${now}; it was lowest, ${inBits(best[2])}, after ${
      million(best[1])
    } tokens. From there on it learns by heart.`
    : `${now}.`;
}
