// A run that is over, step by step: what a page does that can't train.

import { later } from "../lib/timers.js";

const PACE = 450; // milliseconds for a step

/**
 * @param {() => number} count how many moments there are
 * @param {() => void} redraw called when it stands at another one
 */
export function replay(count, redraw) {
  let at = 0;
  let reached = 0;
  let isBegun = false;
  let isPlaying = false;
  const tick = later(PACE, () => go(at + 1));

  /** @param {number} next */
  function go(next) {
    at = Math.max(0, Math.min(next, count() - 1));
    reached = Math.max(reached, at);
    isPlaying &&= at < count() - 1;
    if (isPlaying) tick.start();
    redraw();
  }
  function play() {
    if (count() < 2) return;
    [isBegun, isPlaying] = [true, true];
    go(at === count() - 1 ? 0 : at + 1);
  }
  function stop() {
    tick.stop();
    isPlaying = false;
    redraw();
  }
  function back() {
    tick.stop();
    [at, reached, isBegun, isPlaying] = [0, 0, false, false];
    redraw();
  }
  /** By the slider or the curve: it plays no further. @param {number} next */
  function choose(next) {
    tick.stop();
    isPlaying = false;
    go(Math.min(next, reached));
  }
  const now = () => ({ at, reached, isBegun, isPlaying });
  return { play, stop, back, choose, now, end: tick.stop };
}
