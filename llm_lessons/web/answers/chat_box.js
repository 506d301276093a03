// What the kernel does for a `ChatBox`: it answers, searches, and shows what is read.
// Beside `widgets/chat_box.py` and `lessons/build_it/tool_loop.py`.

import { Refusal } from "../engine/refusal.js";
import { chatPrompt, encodeChat } from "../engine/templates.js";
import { worker } from "../lib/worker.js";
import { answerQuestions } from "./questions.js";
import { writeOn } from "./texts.js";
import { sentenceOf } from "./words.js";

/** @import { LanguageModel } from "../engine/model.js" */
/** @import { Model } from "../lib/widget_model.js" */
/** @import { Message, Traits } from "../widgets/chat_box.js" */

const TALK_TEMPERATURE = 0.5;
const LONGEST_RAW = 24; // tokens of what comes without the box
const LONGEST_LINE = 44; // tokens of a line that may be a search
const SEARCHES = 2; // most searches for one answer
const SEARCH_IS_ON = "Search is on.";
const [CALL, FOUND, MODEL_SAYS] = ["search: ", "Result:", "Fjord:"];
const NOTHING_FOUND = "nothing found.";
const TOO_MANY = "Only the notebook searches in so many pages. Switch it off here.";

/**
 * The messages as the template takes them: searches stand before an answer.
 * @param {Message[]} messages
 */
function asRead(messages) {
  return messages.map(({ role, content, steps = [] }) => {
    const searches = steps.map(([name, found]) =>
      `${CALL}${name}\n${FOUND} ${found}\n${MODEL_SAYS} `
    );
    return { role, content: searches.join("") + content };
  });
}

/** @param {string} text */
const wordsOf = (text) => text.split(/\s+/).filter((word) => word);

/** @param {Model<Traits>} model @param {LanguageModel} lm */
export function answerChatBox(model, lm) {
  const [reader, bare, work] = [lm.reader(), lm.reader(), worker()];
  const known = { asked: "", raw: "" };
  /** @type {Message[] | undefined} */
  let own; // the talk that was set here, not by the learner

  /** @param {Message[]} messages @param {boolean} search */
  function promptOf(messages, search) {
    return (search ? `${SEARCH_IS_ON}\n` : "") + chatPrompt(lm, asRead(messages));
  }

  /** @param {Message[]} messages */
  function textOf(messages) {
    if (!messages.length) return "";
    const prompt = promptOf(messages.slice(0, -1), model.get("search"));
    const space = prompt.endsWith("\n") ? "" : " ";
    return prompt + space + asRead(messages.slice(-1))[0].content;
  }

  /**
   * The user's last words as raw text, and how the model goes on with them.
   * @param {Message[]} messages
   */
  function* without(messages) {
    const asked = messages.filter(({ role }) => role === "user").at(-1)?.content;
    if (asked === undefined) return "";
    if (asked !== known.asked) {
      const way = { maxTokens: LONGEST_RAW };
      known.raw = asked + (yield* writeOn(bare, lm.encode(asked), way));
      known.asked = asked;
    }
    return known.raw;
  }

  /** @param {Message[]} messages @returns {Generator<void, Message>} */
  function* answered(messages) {
    if (model.get("search")) return yield* lookedUp(messages);
    const seed = model.get("_seed") + 1; // another coin for every answer
    model.set("_seed", seed);
    const maxTokens = model.get("_longest");
    const { ids, stops } = encodeChat(lm, asRead(messages));
    const way = { maxTokens, temperature: TALK_TEMPERATURE, seed, stops };
    const content = (yield* writeOn(reader, ids, way)).trim();
    // As many tokens as it may have, or one less: a space.
    const isFull = lm.tokenizer.encode(content).length >= maxTokens - 1;
    return { role: "assistant", content, ...(isFull ? { cut: true } : {}) };
  }

  /** @param {Message[]} messages @returns {Generator<void, Message>} */
  function* lookedUp(messages) {
    let whole = promptOf(messages, true);
    /** @type {[string, string][]} */
    const steps = [];
    const isEnough = (/** @type {string} */ text) => text.includes("\n");
    const way = { maxTokens: LONGEST_LINE, isEnough };
    while (steps.length <= SEARCHES) {
      const text = yield* writeOn(reader, lm.encode(whole), way);
      const line = text.split("\n")[0].trim();
      if (!line.startsWith(CALL)) {
        const isNamed = !steps.length && line.startsWith(MODEL_SAYS);
        const content = isNamed ? line.slice(MODEL_SAYS.length).trim() : line;
        return { role: "assistant", content, steps };
      }
      const name = line.slice(CALL.length);
      const found = search(name);
      steps.push([name, found]);
      whole += ` ${line}\n${FOUND} ${found}\n${MODEL_SAYS}`;
    }
    return { role: "assistant", content: "", steps };
  }

  /** @param {string} name */
  function search(name) {
    const pages = model.get("_found");
    if (!pages) throw new Refusal(TOO_MANY);
    return wordsOf(Object.hasOwn(pages, name) ? pages[name] : NOTHING_FOUND).join(" ");
  }

  function* goOn() {
    let messages = model.get("messages");
    let trouble = "";
    try {
      if (messages.at(-1)?.role === "user") {
        messages = own = [...messages, yield* answered(messages)];
        model.set("messages", messages);
      }
      const raw = yield* without(messages);
      model.set("read", textOf(messages));
      model.set("raw", raw);
    } catch (refusal) {
      trouble = sentenceOf(refusal);
    }
    model.set("_message", trouble);
    model.set("_heard", messages);
  }

  function onMessages() {
    if (model.get("messages") !== own) work.start(goOn());
  }
  answerQuestions(model, lm);
  model.on("change:messages", onMessages);
  model.on("change:search", () => {
    try {
      model.set("read", textOf(model.get("messages")));
    } catch (refusal) {
      sentenceOf(refusal); // no answer yet: what was read last stays
    }
  });
  const [said, heard] = [model.get("messages"), model.get("_heard")];
  // What was said before the model was there.
  if (JSON.stringify(said) !== JSON.stringify(heard)) onMessages();
}
