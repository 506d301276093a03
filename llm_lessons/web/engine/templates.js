// Chat templates: how a conversation becomes one text that a model goes on with.
//
// Beside `text/templates.py`. There, each model brings a template along, in a language
// of its own; here stands the one that Fjord and its twin were shown.

import { Refusal, shown } from "./checks.js";

/** @import { LanguageModel } from "./model.js" */
/** @typedef {{ role: string, content: string }} Message */
/**
 * `end`: the text that ends an answer.
 * @typedef {{ render: (messages: Message[]) => string, end: string }} ChatTemplate
 */

const ROLES = ["system", "user", "assistant"];

/**
 * Refuse what is no conversation that a model could answer.
 * @param {Message[]} messages
 */
function checkMessages(messages) {
  if (!messages.length) {
    throw new Refusal(
      'chat takes a list of messages: [{"role": "user", "content": "Hello!"}].',
    );
  }
  for (const { role } of messages) {
    if (!ROLES.includes(role)) {
      throw new Refusal(
        `A role is "system", "user" or "assistant"; not ${shown(role)}.`,
      );
    }
  }
  if (messages[messages.length - 1].role !== "user") {
    throw new Refusal("The last message has to be the user's: the model answers it.");
  }
}

/**
 * Fjord never read a system message.
 * @type {ChatTemplate}
 */
export const FJORD = {
  render(messages) {
    checkMessages(messages);
    const lines = messages.map(({ role, content }) => {
      if (role === "system") {
        throw new Refusal(
          "This model's chat template does not take that: Fjord has read no system " +
            "messages; leave it out.",
        );
      }
      return `${role === "user" ? "User:" : "Fjord:"} ${content}\n`;
    });
    return `${lines.join("")}Fjord:`;
  },
  end: "\n",
};

/**
 * Token ids of a conversation, and the tokens that end the answer to it.
 * @param {ChatTemplate} template @param {Message[]} messages @param {LanguageModel} lm
 */
export function encodeChat({ render, end }, messages, lm) {
  const { prefix, stops } = lm.tokenizer;
  const ids = [...prefix, ...lm.tokenizer.encode(render(messages))];
  lm.checkLength(ids.length);
  return { ids, stops: [...stops, ...lm.tokenizer.encode(end)] };
}
