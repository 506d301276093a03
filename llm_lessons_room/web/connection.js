// A connection that reconnects: after a locked screen, a reload, a lost wifi.

/**
 * `bytes`: of one that is no text, and has no type.
 * @typedef {Record<string, unknown> & { type?: string, bytes?: ArrayBuffer }} Message
 */
/**
 * "connecting": for the first time. "on": the server has been heard. "lost": it will be
 * tried again.
 * @typedef {"connecting" | "on" | "lost"} Link
 */

const FIRST_DELAY = 300; // milliseconds before the first new try ...
const MAX_DELAY = 5000; // ... and before each one later
const PING_EVERY = 10_000; // milliseconds between two pings
const TIMEOUT = 4000; // the same for an answer to a ping, or a new connection
const DOUBTFUL = 1500; // the same, when there is reason to doubt

/**
 * Milliseconds before another try. They differ from phone to phone, so that a room
 * which lost its wifi does not come back in one blow.
 * @param {number} failed tries so far @param {number} luck from 0 to 1
 */
export function retryDelay(failed, luck) {
  return Math.min(MAX_DELAY, FIRST_DELAY * 2 ** failed) * (1 - luck / 3);
}

/** @param {string} path */
function addressOf(path) {
  const address = new URL(path, location.href);
  address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  return address.href;
}

/**
 * @param {string} path of the server's socket
 * @param {(message: Message) => void} onMessage called for all but pongs
 * @param {{ hello: () => Message, onLink: (link: Link) => void }} calls `hello` is the
 *   first message of every connection; `onLink` is called when the state changes
 */
export function connect(path, onMessage, { hello, onLink }) {
  /** @type {WebSocket | null} */
  let socket = null;
  /** @type {Link | ""} */
  let link = "";
  let [failed, answersPings] = [0, false];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let retry;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timeout;

  /** @param {Link} now */
  function setLink(now) {
    if (now === link) return;
    link = now;
    onLink(now);
  }

  function open() {
    clearTimeout(retry);
    const opened = socket = new WebSocket(addressOf(path));
    opened.binaryType = "arraybuffer";
    expectWithin(TIMEOUT);
    opened.addEventListener("open", () => {
      if (opened === socket) opened.send(JSON.stringify(hello()));
      if (opened === socket) opened.send(JSON.stringify({ type: "ping" }));
    });
    opened.addEventListener("message", ({ data }) => {
      if (opened !== socket) return;
      receive(typeof data === "string" ? JSON.parse(data) : { bytes: data });
    });
    opened.addEventListener("close", () => {
      if (opened === socket) reconnect();
    });
  }

  /** @param {Message} message */
  function receive(message) {
    clearTimeout(timeout);
    if (message.type === "pong") answersPings = true;
    else onMessage(message);
    // A room that is full says so, and closes: that is no success.
    if (message.type === "refused") return;
    failed = 0;
    setLink("on");
  }

  /** Without waiting for the old connection to close. */
  function reconnect() {
    clearTimeout(timeout);
    clearTimeout(retry);
    const old = socket;
    socket = null;
    old?.close();
    setLink("lost");
    retry = setTimeout(open, retryDelay(failed++, Math.random()));
  }

  /** @param {number} milliseconds after which silence means that it is dead */
  function expectWithin(milliseconds) {
    clearTimeout(timeout);
    timeout = setTimeout(reconnect, milliseconds);
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
    if (socket && socket.readyState > WebSocket.OPEN) reconnect();
    else if (send({ type: "ping" }) && answersPings) expectWithin(milliseconds);
  }

  /** Ping, or connect now: there is reason to think that it works. */
  function check() {
    ping(DOUBTFUL);
    if (socket === null) open();
  }

  setLink("connecting");
  open();
  setInterval(() => ping(TIMEOUT), PING_EVERY);
  for (const event of ["online", "offline", "pageshow"]) addEventListener(event, check);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") check();
  });
  return { send, check };
}
