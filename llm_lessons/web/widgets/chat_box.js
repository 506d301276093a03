// The widget: the talk on the left, turn by turn, and what the model reads of it on the
// right.

import { noAnswer } from "../lib/answering.js";
import {
  control,
  counted,
  element,
  newId,
  pushButton,
  setOff,
  setText,
} from "../lib/dom.js";
import { field } from "../lib/fields.js";
import { kept } from "../lib/keeping.js";
import { originsBelow } from "../lib/origins.js";
import { NO_TEXT } from "../lib/signs.js";
import { switchFor } from "../lib/switches.js";
import { later, patience } from "../lib/timers.js";
import { setTrait } from "../lib/widget_model.js";
import "./chat_box.css" with { type: "text" };

/** @import { Asked, OriginTraits } from "../lib/origins.js" */
/** @import { View } from "../lib/widget_model.js" */
/**
 * `steps` are searches with what was found, `cut` says that an answer was too long.
 * @typedef {object} Message
 * @property {string} role
 * @property {string} content
 * @property {[string, string][]} [steps]
 * @property {boolean} [cut]
 */
/**
 * A user's message and what follows it.
 * @typedef {{ start: number, said: Message[] }} Turn
 */
/**
 * How an answer is written: its text, with marks in it.
 * @typedef {(message: Message) => Node[]} Written
 */

/** @param {Message[]} messages */
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

/** @param {[string, string]} step */
function step([name, found]) {
  return element(
    "div",
    { class: "ll-step" },
    element("p", {}, "The model wrote: ", element("code", {}, `search: ${name}`)),
    element("p", {}, "A program pasted: ", element("code", {}, `Result: ${found}`)),
  );
}

/** @param {Message[]} messages @param {Message} answer */
export function beforeAnswer(messages, answer) {
  const lines = messages.slice(0, messages.indexOf(answer)).map(({ role, content }) =>
    `${role === "user" ? "User" : "Fjord"}: ${content}\n`
  );
  const steps = (answer.steps ?? []).map(([name, found]) =>
    `search: ${name}\nResult: ${found}\nFjord: `
  );
  return [...lines, "Fjord: ", ...steps].join("");
}

/** @param {Message} message @param {number} longest @param {Written} written */
function bubble(message, longest, written) {
  const { role, content, steps, cut } = message;
  const name = role === "user" ? "You: " : "Model: ";
  const who = element("span", { class: "ll-unseen" }, name);
  /** @type {(Node | string)[]} */
  const words = role === "user" ? [content] : [...written(message)];
  if (!content) words.push(NO_TEXT);
  if (cut) words.push(" …");
  const why = cut
    ? [element("small", {}, `Cut here: an answer has ${longest} tokens at most.`)]
    : [];
  const said = element("p", { class: `ll-said ll-${role}` }, who, ...words, ...why);
  return [...(steps ?? []).map(step), said];
}

/**
 * @param {Turn} turn @param {number} longest
 * @param {(start: number, count: number) => void} takeOut @param {Written} written
 */
function turn({ start, said }, longest, takeOut, written) {
  const name = { "aria-label": `Take out: ${said[0].content}` };
  const button = pushButton("Take out", () => takeOut(start, said.length), name);
  const [first, ...rest] = said.flatMap((one) => bubble(one, longest, written));
  return element(
    "li",
    {},
    element("div", { class: "ll-asked" }, button, first),
    ...rest,
  );
}

/**
 * @typedef {{ messages: Message[], search: boolean, read: string, raw: string,
 *   _can_search: boolean, _longest: number, _heard: Message[], _message: string,
 *   _seed: number, _found: Record<string, string> | null }} OwnTraits
 */
/** @typedef {OwnTraits & OriginTraits} Traits */

/** What is drawn anew when it changes. @type {(keyof Traits)[]} */
const TRAITS = [
  "messages",
  "search",
  "read",
  "raw",
  "_heard",
  "_message",
  "_found",
  "_in_page",
];
const BUSY = "The model is still writing …"; // the one of the page, which may be slow
// Running the cell again is no remedy: a new box has another talk.
const KEEP = "copy what you need of this talk; the cell, run again, begins a new one";

/**
 * What to say next: a line to type in, and a button.
 * @param {(content: string) => boolean} say
 */
function speaker(say) {
  const line = control("input", { type: "text", autocomplete: "off" });
  const button = pushButton("Say it", send);
  const named = field("Say something", line);
  const node = element("div", { class: "ll-speak" }, named, button);
  function send() {
    if (line.value.trim() && say(line.value.trim())) line.value = "";
  }
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
  const words = element("span");
  const bare = element(
    "p",
    { class: "ll-bare" },
    "The last words without the box, as the model goes on with them: ",
    words,
  );
  const node = element("div", {}, title, text, bare);
  /** @param {string} read @param {string} raw @param {boolean} isOld */
  function update(read, raw, isOld) {
    bare.hidden = !raw;
    setText(words, raw);
    if (text.textContent !== read) {
      const isFirst = !text.textContent; // a talk that is there is read from its top
      text.textContent = read;
      if (!isFirst) text.scrollTop = text.scrollHeight;
    }
    text.classList.toggle("ll-stale", isOld);
  }
  return { node, update };
}

/** @param {Record<string, string> | null} pages */
function aboutSearch(pages) {
  if (!pages) return "In so many pages, only the notebook can search.";
  const names = Object.keys(pages);
  const found = names.length > 3 ? counted(names.length, "page") : names.join(", ");
  const only = found ? `${found}, and nothing else` : "nothing";
  return `Here a search finds ${only}. In the notebook you write the pages.`;
}

/** @param {View<Traits>} view */
function render({ model, el }) {
  const log = element("ol");
  const about = { tabindex: "0", role: "log", "aria-label": "The talk" };
  const box = control("div", { class: "ll-log", ...about }, log);
  const status = element("p", { class: "ll-status", role: "status" });
  const [line, pane, wait] = [speaker(say), readPane(), patience(model, update)];
  const title = element("p", { class: "ll-title" }, "The chat box");
  const tool = switchFor("Search is on", (isOn) => setTrait(model, "search", isOn));
  const switches = model.get("_can_search") ? [tool.node] : [];
  const origins = originsBelow(model, asked, rewrite);
  const below = [line.node, status, origins.node];
  const talk = element("div", {}, title, ...switches, box, ...below);
  el.append(element("div", { class: "ll-widget ll-chat-box" }, talk, pane.node));
  const longest = model.get("_longest");
  /** @type {Message[] | undefined} */
  let shown;
  let isNew = true;

  const isHeard = () =>
    JSON.stringify(model.get("messages")) === JSON.stringify(model.get("_heard"));

  /** @param {Message} answer @returns {Asked} */
  const askedOf = (answer) => [
    beforeAnswer(model.get("messages"), answer),
    answer.content,
  ];
  /** The answers, once there is one to what was said. */
  function asked() {
    const messages = model.get("messages");
    if (messages.at(-1)?.role === "user") return [];
    return messages.filter(({ role }) => role !== "user").map(askedOf);
  }
  const heard = later(0, () => box.removeAttribute("aria-live"));
  function rewrite() {
    shown = undefined;
    box.setAttribute("aria-live", "off"); // the talk is not read out once more
    update();
    heard.start();
  }
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
    const why = model.get("_message");
    if (isHeard()) return why && `${why} “Take out” removes a turn.`;
    if (!wait.isOver(JSON.stringify(model.get("messages")))) return "";
    return model.get("_in_page") ? BUSY : noAnswer(model, "", { remedy: KEEP });
  }
  function update() {
    const messages = model.get("messages");
    if (messages !== shown) {
      const turns = turnsOf(messages);
      const written = (/** @type {Message} */ one) => origins.marked(...askedOf(one));
      log.replaceChildren(...turns.map((one) => turn(one, longest, takeOut, written)));
      if (!isNew) requestAnimationFrame(() => (box.scrollTop = box.scrollHeight));
      isNew = false;
    }
    shown = messages;
    if (isHeard()) wait.stop();
    line.update(messages.at(-1)?.role === "user");
    pane.update(model.get("read"), model.get("raw"), !isHeard());
    tool.update(
      model.get("search"),
      model.get("_in_page") ? aboutSearch(model.get("_found")) : "",
    );
    setText(status, statusText());
    origins.update();
  }
  for (const name of TRAITS) model.on(`change:${name}`, update);
  update();
  return () => [wait, origins].forEach((part) => part.stop());
}

export default kept({ render });
