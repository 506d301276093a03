// The chat box on a phone: one tells a name, asks for it, takes it out of the text that
// the model reads, and asks again. What is sent is whether the name was said, no more.

import { writeOn } from "../../../llm_lessons/web/answers/texts.js";
import { encodeChat } from "../../../llm_lessons/web/engine/templates.js";
import {
  element,
  pushButton,
  setOff,
  setText,
} from "../../../llm_lessons/web/lib/dom.js";
import { registerPhone } from "../../web/kinds.js";
import { useFjord } from "../../web/parts/fjord.js";
import { phoneStage, showIf } from "../../web/parts/stage.js";
import { wordForm } from "../../web/parts/word_form.js";
import "./phone.css" with { type: "text" };

/** @import { LanguageModel } from "../../../llm_lessons/web/engine/model.js" */
/** @import { Message } from "../../../llm_lessons/web/engine/templates.js" */
/** @import { Context } from "../../web/moment.js" */
/** @import { PlayedMoment } from "../../web/parts/stage.js" */
/**
 * `told` has a {name} in it; `gloss` is `asked` in the language of the room.
 * @typedef {{ told: string, asked: string, gloss?: string }} ChatShown
 * @typedef {{ kept: boolean, gone: boolean }} Heard
 * @typedef {{ answered: number } & Record<keyof Heard, number>} ChatTally
 * @typedef {PlayedMoment<ChatShown, unknown, Heard, ChatTally>} ChatMoment
 */
/** What comes next: a name, the question, its way out, the question again, nothing.
 * @typedef {"tell" | "ask" | "out" | "again" | "over"} Stage */

const LONGEST = 40; // tokens of an answer
const LONGEST_NAME = 20; // letters
const CHAT_BUTTONS = /** @type {const} */ ({
  ask: "chat_ask",
  out: "chat_out",
  again: "chat_again",
});
const CHAT_NOTES = /** @type {const} */ ({
  tell: "chat_stays",
  ask: "",
  out: "chat_knows",
  again: "chat_is_out",
  over: "chat_over",
});

/**
 * The model's likeliest reply to a talk. Yields between tokens.
 * @param {LanguageModel} lm @param {Message[]} talk
 * @param {(reply: string) => void} onReply
 * @returns {Generator<void, void>}
 */
export function* replyTo(lm, talk, onReply) {
  const { ids, stops } = encodeChat(lm, talk);
  const text = yield* writeOn(lm.reader(), ids, { maxTokens: LONGEST, stops });
  onReply(text.trim());
}

/** A text as words in small letters, spaces around. @param {string} text */
const inWords = (text) => {
  return ` ${text.toLowerCase().split(/[^\p{L}\p{M}\p{N}]+/u).join(" ").trim()} `;
};

/** Whether a name stands in a reply. @param {string} reply @param {string} name */
export const says = (reply, name) => inWords(reply).includes(inWords(name));

/** @param {Context} context */
export function chatOnPhone(context) {
  const { tell } = context;
  const form = wordForm(tell("chat_name"), tell("chat_tell"), "words", tellName);
  const head = element("p", { class: "ll-quiet" }, tell("chat_reads"));
  const text = element("blockquote", { lang: "en" });
  const meaning = element("p", { class: "ll-quiet ll-gloss" });
  const go = pushButton("", onGo, { class: "ll-great" });
  const note = element("p", { class: "ll-said" });
  const node = phoneStage("chat", form, head, text, meaning, go, note);
  const fjord = useFjord(context, draw);
  /** @type {ChatMoment | null} */
  let now = null;
  let [step, name, isBusy] = ["", "", false];
  /** @type {Stage} */
  let stage = "tell";
  /** @type {Message[]} */
  let talk = [];
  let isKept = false;

  /** @param {string} typed */
  function tellName(typed) {
    name = typed.trim().slice(0, LONGEST_NAME);
    if (name) {
      say(now?.step.shown.told.replace("{name}", () => name) ?? "", () => "ask");
    }
  }

  function onGo() {
    const asked = now?.step.shown.asked ?? "";
    if (stage === "out") {
      [talk, stage] = [[], "again"];
      return draw();
    }
    if (stage === "ask") {
      say(asked, (reply) => {
        isKept = says(reply, name);
        return "out";
      });
    } else {
      say(asked, (reply) => {
        context.answer({ kept: isKept, gone: says(reply, name) });
        return "over";
      });
    }
  }

  /**
   * Says something, and takes the reply, which tells what comes next.
   * @param {string} content @param {(reply: string) => Stage} then
   */
  function say(content, then) {
    if (isBusy || now?.phase !== "open") return;
    const own = step;
    isBusy = true;
    talk = [...talk, { role: "user", content }];
    const asked = talk;
    fjord.ask((lm) =>
      replyTo(lm, asked, (reply) => {
        if (own !== step) return; // the leader has gone on
        [talk, isBusy] = [[...asked, { role: "assistant", content: reply }], false];
        stage = then(reply);
        context.say(reply);
        draw();
      })
    );
    draw();
  }

  function read() {
    const lines = talk.map(({ role, content }) =>
      `${role === "user" ? "User" : "Fjord"}: ${content}`
    );
    return lines.join("\n") + (isBusy ? "\nFjord: …" : "");
  }

  function draw() {
    if (!now) return;
    const isOpen = now.phase === "open";
    const isHere = fjord.state() === "here";
    const button = stage === "ask" || stage === "out" || stage === "again"
      ? CHAT_BUTTONS[stage]
      : null;
    showIf(form, isOpen && stage === "tell" && isHere && !isBusy);
    showIf(go, isOpen && button !== null);
    setText(go, button ? tell(button) : "");
    setOff(go, isBusy);
    showIf(head, stage !== "tell" || isBusy);
    showIf(text, stage !== "tell" || isBusy);
    setText(text, read());
    setText(meaning, stage === "ask" || stage === "again" ? glossOf(now) : "");
    setText(note, noteOf(isOpen));
  }

  /** @param {ChatMoment} moment */
  function glossOf({ step: { shown: { gloss = "" } } }) {
    return gloss;
  }

  /** @param {boolean} isOpen */
  function noteOf(isOpen) {
    if (fjord.state() === "missing") return tell("fjord_missing");
    if (!isOpen && stage !== "over") return tell("chat_look");
    if (isBusy) return "";
    if (stage === "out" && !isKept) return tell("chat_missed");
    const key = CHAT_NOTES[stage];
    return key ? tell(key) : "";
  }

  /** @param {ChatMoment} moment */
  function show(moment) {
    now = moment;
    if (step !== moment.step.id) {
      [step, name, isBusy, stage, talk] = [moment.step.id, "", false, "tell", []];
    }
    if (moment.yours && stage === "tell") stage = "over"; // after a reload
    fjord.retry();
    draw();
  }
  return { node, show, stop: fjord.stop };
}

registerPhone("chat", chatOnPhone);
