// How long one may still answer: seconds that come from the server, counted here by the
// time of day, for `performance.now` stands still on a phone that sleeps.

import { element, setText } from "../../llm_lessons/web/lib/dom.js";

/** @import { Tell } from "./words.js" */

const TICK = 200; // milliseconds

/**
 * Whole seconds, the last of which is 1: at 0 the time is up.
 * @param {number} end @param {number} now both in milliseconds
 */
export function secondsLeft(end, now) {
  return Math.max(0, Math.ceil((end - now) / 1000 - 1e-6));
}

/** @param {number} seconds */
export function clockText(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/**
 * `set` takes the seconds that are left as of now, or null for no countdown. A new
 * number that is no larger goes on with the same bar.
 * @param {Tell} tell
 */
export function countdown(tell) {
  const [digits, bar] = [element("b"), element("i")];
  const track = element("span", { class: "room-time-bar", "aria-hidden": "true" }, bar);
  const look = { class: "room-time", role: "timer", hidden: "" };
  const node = element("p", look, digits, track);
  let [end, whole] = [0, 0];
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let ticks;

  function draw() {
    const now = Date.now();
    const left = secondsLeft(end, now);
    setText(digits, left ? clockText(left) : tell("time_up"));
    node.classList.toggle("room-time-over", left === 0);
    const share = whole ? Math.min(1, Math.max(0, (end - now) / 1000 / whole)) : 0;
    bar.style.width = `${(100 * share).toFixed(1)}%`;
    if (left === 0) clearInterval(ticks);
  }

  /** @param {number | null} left */
  function set(left) {
    clearInterval(ticks);
    node.hidden = left === null;
    if (left === null) return anew();
    whole = Math.max(whole, left);
    end = Date.now() + 1000 * left;
    draw();
    if (left > 0) ticks = setInterval(draw, TICK);
  }

  /** Seconds that are left, or null where nothing is counted. */
  function left() {
    return node.hidden ? null : secondsLeft(end, Date.now());
  }
  function anew() {
    whole = 0;
  }
  return { node, set, left, anew, stop: () => clearInterval(ticks) };
}
