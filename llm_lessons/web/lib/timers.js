// What happens later: once all is quiet, or when nobody has answered.

import { element, setText } from "./dom.js";
import { listenTo } from "./kernel.js";

/** @import { Model } from "./widget_model.js" */

const QUIET = 600; // milliseconds without a change, then it is read out
export const PATIENCE = 3000; // milliseconds, then a missing answer is explained
const NEXT_LOOK = 1000; // milliseconds, then the explanation may be another one

/**
 * `act` is done once, `pause` milliseconds after the last `start`.
 * @param {number} pause @param {() => void} act
 */
export function later(pause, act) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  function stop() {
    clearTimeout(timer);
    timer = undefined;
  }
  function now() {
    stop();
    act();
  }
  function start() {
    stop();
    timer = setTimeout(now, pause);
  }
  return { start, stop, now, isDue: () => timer !== undefined };
}

// What a screen reader hears of a control that changes many times a second: the last
// sentence, once all is quiet.
export function announcer() {
  const node = element("p", { class: "ll-unseen", role: "status" });
  let words = "";
  const speech = later(QUIET, () => setText(node, words));
  /** @param {string} text */
  function say(text) {
    words = text;
    speech.start();
  }
  return { node, say, stop: speech.stop };
}

/**
 * Waiting for an answer of the kernel, which may be busy, or not be there at all.
 * `isOver(request)` says whether the answer to this request has been waited for long
 * enough; `redraw` is called when it has, and from then on once a second, as long as it
 * is asked.
 * @param {Model<any>} model @param {() => void} redraw @param {number} [pause]
 */
export function patience(model, redraw, pause = PATIENCE) {
  /** @type {unknown} */
  let asked = null;
  let over = false;
  listenTo(model);
  const end = later(pause, () => {
    over = true;
    redraw();
  });
  const again = later(NEXT_LOOK, redraw);
  function stop() {
    end.stop();
    again.stop();
    [asked, over] = [null, false];
  }
  /** @param {unknown} request */
  function isOver(request) {
    if (request === asked) {
      if (over && !again.isDue()) again.start();
      return over;
    }
    stop();
    asked = request;
    end.start();
    return false;
  }
  return { isOver, stop };
}
