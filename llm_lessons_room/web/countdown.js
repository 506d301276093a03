// How long one may still answer: seconds that come from the server, counted here by the
// time of day, for `performance.now` stands still on a phone that sleeps.

import { element, setLength, setText } from "../../llm_lessons/web/lib/dom.js";
import { stepOf } from "./moment.js";

/** @import { Moment } from "./moment.js" */
/** @import { Tell } from "./words.js" */

const TICK = 200; // milliseconds

/** @param {number} seconds */
function clockText(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/**
 * `show` takes the seconds that are left as of now, if any are counted. The same bar
 * goes on as long as the same is asked.
 * @param {Tell} tell
 */
export function countdown(tell) {
  const [digits, bar] = [element("b"), element("i")];
  const track = element("span", { class: "room-time-bar", "aria-hidden": "true" }, bar);
  const look = { class: "room-time", role: "timer", hidden: "" };
  const node = element("p", look, digits, track);
  let [end, whole, asked] = [0, 0, ""];
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let ticks;

  /** Whole seconds, the last of which is 1: at 0 the time is up. */
  const secondsLeft = () => Math.max(0, Math.ceil((end - Date.now()) / 1000 - 1e-6));

  function draw() {
    const left = secondsLeft();
    setText(digits, left ? clockText(left) : tell("time_up"));
    node.classList.toggle("room-time-over", left === 0);
    const share = whole
      ? Math.min(1, Math.max(0, (end - Date.now()) / 1000 / whole))
      : 0;
    setLength(bar, share);
    if (left === 0) clearInterval(ticks);
  }

  /** @param {Pick<Moment, "deck" | "step" | "phase" | "round" | "left">} moment */
  function show({ left, phase, round, ...of }) {
    clearInterval(ticks);
    node.hidden = left === null;
    const now = `${stepOf(of)}/${phase}/${round}`;
    if (left === null || now !== asked) whole = 0;
    asked = now;
    if (left === null) return;
    whole = Math.max(whole, left);
    end = Date.now() + 1000 * left;
    draw();
    if (left > 0) ticks = setInterval(draw, TICK);
  }

  /** Seconds that are left, or null where nothing is counted. */
  function left() {
    return node.hidden ? null : secondsLeft();
  }
  return { node, show, left };
}
