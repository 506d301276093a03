// What a notebook's kernel does, as far as its host tells: JupyterLab's widget manager
// has the connection to it; elsewhere there may be none to look at.

/** @import { Model } from "./widget_model.js" */
/**
 * A message that a kernel sends to all, of those that are looked at.
 * @typedef {object} Message
 * @property {{ msg_type: string }} header
 * @property {{ msg_type?: string }} parent_header what it was asked
 * @property {{ execution_state?: string, data?: Record<string, unknown> }} content
 */
/**
 * @typedef {object} Kernel
 * @property {string} status @property {string} connectionStatus
 * @property {{ connect(hear: Hear): void }} iopubMessage
 */
/** @typedef {(kernel: Kernel, message: Message) => void} Hear */
/**
 * "busy": it works, on `what`. "gone": it ended, or began anew without this widget.
 * "unknown": nobody tells.
 * @typedef {{ state: "busy" | "gone" | "unknown", what: string }} Work
 */

const BAR = 'class="ll-waiting"'; // of `waiting.py`, which names its work in plain text
const GONE = ["dead", "terminating", "restarting", "autorestarting", "starting"];

/**
 * The last request that each kernel told of, whether a cell runs, and what the bar
 * below it says.
 * @typedef {{ asked?: string, isInCell: boolean, bar: string }} Last
 */
/** @type {WeakMap<Kernel, Last>} */
const lastOf = new WeakMap();

/** @param {Message} message @param {Last} last */
function takeIn({ header, parent_header: { msg_type: asked }, content }, last) {
  if (header.msg_type === "status") {
    const isBusy = content.execution_state === "busy";
    // Widgets' messages may have a shell of their own, beside a cell that runs.
    if (!asked?.startsWith("comm_")) {
      last.isInCell = isBusy && asked === "execute_request";
      last.bar = "";
    }
    if (isBusy) last.asked = asked;
  }
  const shown = content.data?.["text/html"];
  if (typeof shown !== "string") return;
  if (shown.includes(BAR)) last.bar = String(content.data?.["text/plain"]);
  else if (shown === "") last.bar = ""; // its work is done
}

/**
 * From now on, what the kernel says is heard; so ask early.
 * @param {Model<any>} model
 */
export function listenTo(model) {
  const kernel = model.widget_manager?.kernel;
  if (!kernel || lastOf.has(kernel)) return;
  const last = { isInCell: false, bar: "" };
  lastOf.set(kernel, last);
  kernel.iopubMessage?.connect((_, message) => takeIn(message, last));
}

/** @param {Last | undefined} last */
function busyWith(last) {
  if (last?.bar) return last.bar;
  if (last?.isInCell) return "the kernel is busy with another cell";
  const what = last?.asked === "comm_msg" ? " with what was asked" : "";
  return `the kernel is busy${what}`;
}

/** @param {Model<any>} model @returns {Work} */
export function workOf(model) {
  listenTo(model);
  const kernel = model.widget_manager?.kernel;
  const last = kernel ? lastOf.get(kernel) : undefined;
  if (kernel === null || (kernel && GONE.includes(kernel.status))) {
    return { state: "gone", what: "" };
  }
  // Without a line to the kernel, what was heard last need not be true any more.
  if (kernel?.connectionStatus !== "connected") return { state: "unknown", what: "" };
  if (kernel.status === "busy" || last?.isInCell) {
    return { state: "busy", what: busyWith(last) };
  }
  // One that tells when it is busy, and is not, has forgotten the widget: it was
  // restarted.
  const isTold = kernel.status === "idle" && last?.asked !== undefined;
  return { state: isTold ? "gone" : "unknown", what: "" };
}
