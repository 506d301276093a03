// The turns of a talk: what was said, what was searched, and a button to take it out.

import { element, pushButton } from "../lib/dom.js";
import { NO_TEXT } from "../lib/signs.js";

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
export function turn({ start, said }, longest, takeOut, written) {
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
