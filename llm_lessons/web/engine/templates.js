// Chat templates: how a conversation becomes one text that a model goes on with.
//
// Beside `text/templates.py`. There, each model brings a template along, in a language
// of its own; here stand those that Fjord and its twin, and SmolLM2, were shown.

import { Refusal } from "./refusal.js";

/** @import { LanguageModel } from "./model.js" */
/** @typedef {{ role: string, content: string }} Message */
/**
 * A part of the text, and whether it is the name of a token.
 * @typedef {[string, boolean]} Part
 */
/**
 * `parts`: a conversation written down. `end`: the text that ends an answer, where no
 * token does.
 * @typedef {{ parts: (messages: Message[]) => Part[], end: string }} ChatTemplate
 */

/** @type {ChatTemplate} */
export const FJORD = {
  parts(messages) {
    const lines = messages.map(({ role, content }) =>
      `${role === "user" ? "User:" : "Fjord:"} ${content}\n`
    );
    return [[`${lines.join("")}Fjord:`, false]];
  },
  end: "\n",
};

const [BEGIN, END] = ["<|im_start|>", "<|im_end|>"];
const SMOLLM2_SYSTEM = {
  role: "system",
  content: "You are a helpful AI assistant named SmolLM, trained by Hugging Face",
};
/** As SmolLM2's file has it. @type {ChatTemplate} */
export const SMOLLM2 = {
  parts(messages) {
    const turns = [SMOLLM2_SYSTEM, ...messages].flatMap((
      { role, content },
    ) => /** @type {Part[]} */ ([
      ...[[BEGIN, true], [`${role}\n${content}`, false], [END, true], ["\n", false]],
    ]));
    return [...turns, [BEGIN, true], ["assistant\n", false]];
  },
  end: "",
};
/**
 * How a model writes down a conversation; refuses what is none that it could answer.
 * @param {LanguageModel} lm @param {Message[]} messages
 */
function templateFor({ name, template }, messages) {
  if (!messages.length) {
    throw new Refusal(
      'chat takes a list of messages: [{"role": "user", "content": "Hello!"}].',
    );
  }
  if (messages[messages.length - 1].role !== "user") {
    throw new Refusal("The last message has to be the user's: the model answers it.");
  }
  if (template) return template;
  throw new Refusal(
    `${name} has no chat template that a page knows; let it continue a text instead.`,
  );
}

/**
 * The text that a model goes on with to answer a conversation.
 * @param {LanguageModel} lm @param {Message[]} messages
 */
export function chatPrompt(lm, messages) {
  return templateFor(lm, messages).parts(messages).map(([text]) => text).join("");
}

/**
 * Token ids of a conversation, and the tokens that end the answer to it. A message that
 * spells a token's name stays text.
 * @param {LanguageModel} lm @param {Message[]} messages
 */
export function encodeChat(lm, messages) {
  const { parts, end } = templateFor(lm, messages);
  const { prefix, stops, specialIds } = lm.tokenizer;
  const ids = parts(messages).flatMap(([text, isName]) =>
    isName ? specialIds.get(text) ?? [] : lm.tokenizer.encode(text)
  );
  lm.checkLength(prefix.length + ids.length);
  return { ids: [...prefix, ...ids], stops: [...stops, ...lm.tokenizer.encode(end)] };
}
