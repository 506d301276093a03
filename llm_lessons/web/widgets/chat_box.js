// The widget: the talk on the left, what the model reads of it on the right.

import { control, element, newId, setOff, setText } from "../lib/dom.js";
import { field } from "../lib/fields.js";
import { setTrait } from "../lib/widget_model.js";
import { patience } from "../lib/timers.js";
import "./chat_box.css" with { type: "text" };

/** @import { View } from "../lib/widget_model.js" */
/** @typedef {{ role: string, content: string }} Message */
/**
 * A user's message and what follows it.
 * @typedef {{ start: number, said: Message[] }} Turn
 */
/**
 * @typedef {object} Traits
 * @property {Message[]} messages
 * @property {string} read all that the model reads
 * @property {Message[]} _heard the talk that was answered last
 * @property {string} _message why it was not
 */

/** @type {(keyof Traits)[]} */
const TRAITS = ["messages", "read", "_heard", "_message"];
const EXCUSE =
  "No model is answering. (In JupyterLab, it may be busy: wait, or run this cell " +
  "again.)";

/**
 * A user's message and what follows it, with the numbers of both.
 * @param {Message[]} messages
 */
export function turnsOf(messages) {
  /** @type {Turn[]} */
  const turns = [];
  messages.forEach((message, i) => {
    const last = turns.at(-1);
    if (last && message.role !== "user") last.said.push(message);
    else turns.push({ start: i, said: [message] });
  });
  return turns;
}

/** @param {Message} message */
function bubble({ role, content }) {
  const name = role === "user" ? "You: " : "Model: ";
  const who = element("span", { class: "ll-unseen" }, name);
  return element("p", { class: `ll-said ll-${role}` }, who, content || "⟨nothing⟩");
}

/** @param {Turn} turn @param {(start: number, count: number) => void} takeOut */
function turn({ start, said }, takeOut) {
  const name = `Take out: ${said[0].content}`;
  const button = control("button", { type: "button", "aria-label": name }, "Take out");
  button.addEventListener("click", () => takeOut(start, said.length));
  return element("li", {}, ...said.map(bubble), button);
}

/**
 * What to say next: a line to type in, and a button.
 * @param {(content: string) => boolean} say
 */
function speaker(say) {
  const line = control("input", { type: "text", autocomplete: "off" });
  const button = control("button", { type: "button" }, "Say it");
  const named = field("Say something", line);
  const node = element("div", { class: "ll-speak" }, named, button);
  function send() {
    if (line.value.trim() && say(line.value.trim())) line.value = "";
  }
  button.addEventListener("click", send);
  // Not a form: JupyterLab keeps Enter from sending one.
  line.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) send();
  });
  /** @param {boolean} isWaiting */
  const update = (isWaiting) => setOff(button, isWaiting);
  return { node, update };
}

function readPane() {
  const id = newId();
  const title = element("p", { id, class: "ll-title" }, "All that the model reads");
  const about = { tabindex: "0", role: "group", "aria-labelledby": id };
  const text = control("pre", about);
  const node = element("div", {}, title, text);
  /** @param {string} read @param {boolean} isOld */
  function update(read, isOld) {
    if (text.textContent !== read) {
      text.textContent = read;
      text.scrollTop = text.scrollHeight;
    }
    text.classList.toggle("ll-stale", isOld);
  }
  return { node, update };
}

/** @param {View<Traits>} view */
function render({ model, el }) {
  const log = element("ol");
  const about = { tabindex: "0", role: "log", "aria-label": "The talk" };
  const box = control("div", { class: "ll-log", ...about }, log);
  const status = element("p", { class: "ll-status", role: "status" });
  const [line, pane, wait] = [speaker(say), readPane(), patience(update)];
  const title = element("p", { class: "ll-title" }, "The chat box");
  const talk = element("div", {}, title, box, line.node, status);
  el.append(element("div", { class: "ll-widget ll-chat-box" }, talk, pane.node));
  /** @type {Message[] | undefined} */
  let shown;

  const isHeard = () =>
    JSON.stringify(model.get("messages")) === JSON.stringify(model.get("_heard"));

  /** @param {string} content */
  function say(content) {
    const messages = model.get("messages");
    if (messages.at(-1)?.role === "user") return false; // it is the model's turn
    setTrait(model, "messages", [...messages, { role: "user", content }]);
    return true;
  }
  /** @param {number} start @param {number} count */
  function takeOut(start, count) {
    const messages = model.get("messages");
    const after = messages.slice(start + count);
    setTrait(model, "messages", [...messages.slice(0, start), ...after]);
    box.focus();
  }
  function statusText() {
    if (isHeard()) return model.get("_message");
    return wait.isOver(JSON.stringify(model.get("messages"))) ? EXCUSE : "";
  }
  function update() {
    const messages = model.get("messages");
    if (messages !== shown) {
      const turns = turnsOf(messages);
      log.replaceChildren(...turns.map((one) => turn(one, takeOut)));
      requestAnimationFrame(() => (box.scrollTop = box.scrollHeight));
    }
    shown = messages;
    if (isHeard()) wait.stop();
    line.update(messages.at(-1)?.role === "user");
    pane.update(model.get("read"), !isHeard());
    setText(status, statusText());
  }
  for (const name of TRAITS) model.on(`change:${name}`, update);
  update();
  return () => wait.stop();
}

export default { render };
