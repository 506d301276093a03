// Numbers that move to where they are wanted, within a moment.

import { isCalm } from "./dom.js";

const MOMENT = 220; // milliseconds

/**
 * `draw` gets the numbers, at once or once a frame on their way. Nothing moves by
 * itself for somebody who has asked for less motion.
 * @param {(now: number[]) => void} draw
 */
export function glide(draw) {
  /** @type {number[]} */
  let now = [];
  let frame = 0;

  /** @param {number[]} goal @param {boolean} smoothly */
  function to(goal, smoothly) {
    cancelAnimationFrame(frame);
    const from = now;
    if (!smoothly || isCalm() || from.length !== goal.length) {
      draw(now = goal);
      return;
    }
    const start = performance.now();
    /** @param {number} time */
    function step(time) {
      const share = Math.min(1, Math.max(0, time - start) / MOMENT);
      const eased = 1 - (1 - share) ** 3;
      draw(now = goal.map((end, i) => from[i] + eased * (end - from[i])));
      if (share < 1) frame = requestAnimationFrame(step);
    }
    frame = requestAnimationFrame(step);
  }
  return { to, stop: () => cancelAnimationFrame(frame) };
}
