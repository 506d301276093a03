// A connection that comes back by itself: after a locked screen, a reload, a lost wifi.

/**
 * `bytes`: of one that is no text, and has no type.
 * @typedef {Record<string, unknown> & { type?: string, bytes?: ArrayBuffer }} Message
 */
/**
 * "connecting": for the first time. "on": the server has been heard. "lost": it will be
 * tried again.
 * @typedef {"connecting" | "on" | "lost"} Link
 */

const SOON = 300; // milliseconds before the first new try ...
const LATEST = 5000; // ... and before each one later
const EVERY = 10_000; // milliseconds between two pings
const UNANSWERED = 4000; // the same for an answer to a ping, or a new connection
const SHORT = 1500; // the same, when there is reason to doubt

/**
 * Milliseconds before another try. They differ from phone to phone, so that a room
 * which lost its wifi does not come back in one blow.
 * @param {number} failed tries so far @param {number} luck from 0 to 1
 */
export function pauseBefore(failed, luck) {
  return Math.min(LATEST, SOON * 2 ** failed) * (1 - luck / 3);
}

/** @param {string} path */
function addressOf(path) {
  const address = new URL(path, location.href);
  address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  return address.href;
}

/**
 * @param {string} path of the server's socket
 * @param {(message: Message) => void} hear what it says, pongs left out
 * @param {{ greet: () => Message, told: (link: Link) => void }} own `greet`: what is
 *   said first on every new connection; `told` is called when the state changes
 */
export function connect(path, hear, { greet, told }) {
  /** @type {WebSocket | null} */
  let socket = null;
  /** @type {Link | ""} */
  let link = "";
  let [failed, answersPings] = [0, false];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let again;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let doubt;

  /** @param {Link} now */
  function become(now) {
    if (now === link) return;
    link = now;
    told(now);
  }

  function open() {
    clearTimeout(again);
    const own = socket = new WebSocket(addressOf(path));
    own.binaryType = "arraybuffer";
    give(UNANSWERED);
    own.addEventListener("open", () => {
      if (own === socket) own.send(JSON.stringify(greet()));
      if (own === socket) own.send(JSON.stringify({ type: "ping" }));
    });
    own.addEventListener("message", ({ data }) => {
      if (own !== socket) return;
      heard(typeof data === "string" ? JSON.parse(data) : { bytes: data });
    });
    own.addEventListener("close", () => {
      if (own === socket) drop();
    });
  }

  /** @param {Message} message */
  function heard(message) {
    clearTimeout(doubt);
    if (message.type === "pong") answersPings = true;
    else hear(message);
    // A room that is full says so, and closes: that is no success.
    if (message.type === "refused") return;
    failed = 0;
    become("on");
  }

  /** Once a connection is dead, nothing comes of waiting for its close. */
  function drop() {
    clearTimeout(doubt);
    clearTimeout(again);
    const old = socket;
    socket = null;
    old?.close();
    become("lost");
    again = setTimeout(open, pauseBefore(failed++, Math.random()));
  }

  /** @param {number} milliseconds after which silence means that it is dead */
  function give(milliseconds) {
    clearTimeout(doubt);
    doubt = setTimeout(drop, milliseconds);
  }

  /**
   * @param {Message | Uint8Array<ArrayBuffer>} message
   * @returns {boolean} whether it is on its way
   */
  function send(message) {
    if (socket?.readyState !== WebSocket.OPEN || link !== "on") return false;
    socket.send(message instanceof Uint8Array ? message : JSON.stringify(message));
    return true;
  }

  /**
   * A browser may close a connection behind a locked screen, and tell it late or never.
   * @param {number} milliseconds
   */
  function ping(milliseconds) {
    if (socket && socket.readyState > WebSocket.OPEN) drop();
    else if (send({ type: "ping" }) && answersPings) give(milliseconds);
  }

  /** At once, whatever was planned: there is reason to think that it works now. */
  function check() {
    ping(SHORT);
    if (socket === null) open();
  }

  become("connecting");
  open();
  setInterval(() => ping(UNANSWERED), EVERY);
  for (const event of ["online", "offline", "pageshow"]) addEventListener(event, check);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") check();
  });
  return { send, check };
}
