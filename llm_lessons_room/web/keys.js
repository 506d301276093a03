// The keys of a leader, a presenter's remote among them, and where they go.

/**
 * @typedef {"next" | "back" | "black" | "hide" | "more_time" | "fullscreen" | "join"}
 *   Command
 */
/**
 * @typedef {{ key: string, altKey: boolean, ctrlKey: boolean, metaKey: boolean,
 *   repeat: boolean }} Key
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
 * What a key asks for; null for nothing. A key that is held down asks once, one that is
 * typed into a box, or presses a button, asks for nothing here.
 * @param {Key} event
 * @param {{ matches(selector: string): boolean } | null} [target] what has the focus
 * @returns {Command | null}
 */
export function commandOf({ key, altKey, ctrlKey, metaKey, repeat }, target = null) {
  if (altKey || ctrlKey || metaKey || repeat || target?.matches(WRITES)) return null;
  if (key === " " && target?.matches(PRESSED)) return null;
  return KEYS[key.length === 1 ? key.toLowerCase() : key] ?? null;
}

/** @param {(command: Command) => void} act */
export function listenToKeys(act) {
  document.addEventListener("keydown", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const command = commandOf(event, target);
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
