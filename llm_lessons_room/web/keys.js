// The keys of a leader, a presenter's remote among them, and where they go.

/**
 * @typedef {"next" | "back" | "black" | "hide" | "more_time" | "fullscreen" | "join"}
 *   Command
 */

/** @type {Record<string, Command>} */
const KEYS = {
  ArrowRight: "next",
  PageDown: "next",
  " ": "next",
  ArrowLeft: "back",
  PageUp: "back",
  b: "black",
  ".": "black", // as remotes send it
  h: "hide",
  t: "more_time",
  f: "fullscreen",
  j: "join",
};
const WRITES = "input, textarea, select, [contenteditable]";
const PRESSED = "button, a, summary, [role='button']";

/**
 * A key that is held down asks once; one that is typed into a box, or presses a button,
 * asks for nothing here.
 * @param {(command: Command) => void} act
 */
export function listenToKeys(act) {
  document.addEventListener("keydown", (event) => {
    const { key, altKey, ctrlKey, metaKey, repeat, target } = event;
    const focus = target instanceof Element ? target : document.body;
    if (altKey || ctrlKey || metaKey || repeat || focus.matches(WRITES)) return;
    if (key === " " && focus.matches(PRESSED)) return;
    const command = KEYS[key.length === 1 ? key.toLowerCase() : key];
    if (!command) return;
    event.preventDefault();
    act(command);
  });
}

const TYPE = "room-key";

/**
 * A screen that the leader's window has opened sends it what is pressed there. The
 * screen itself has no right to steer: its address is no secret.
 * @param {Command} command
 */
export function toLeader(command) {
  if (!hasLeader()) return;
  globalThis.opener.postMessage({ type: TYPE, command }, location.origin);
}

export function hasLeader() {
  return Boolean(globalThis.opener) && !globalThis.opener.closed;
}

/** @param {(command: Command) => void} act */
export function hearScreens(act) {
  addEventListener("message", ({ origin, data }) => {
    if (origin === location.origin && data?.type === TYPE) act(data.command);
  });
}

export function toggleFullscreen() {
  const done = document.fullscreenElement
    ? document.exitFullscreen()
    : document.documentElement.requestFullscreen?.();
  done?.catch(() => {}); // a browser may say no
}
