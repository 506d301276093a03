// What comes next, on a phone: a word of one's own, or one of some that are offered.

import {
  element,
  pushButton,
  setOff,
  setText,
} from "../../../llm_lessons/web/lib/dom.js";
import { registerPhone } from "../../web/kinds.js";
import { useFjord } from "../../web/parts/fjord.js";
import { scoreWords, suggestWords } from "./next_words.js";
import { phoneStage, promptText, showIf, wholePercent } from "../../web/parts/stage.js";
import { wordForm } from "../../web/parts/word_form.js";
import "./phone.css" with { type: "text" };

/** @import { Voted } from "./next_words.js" */
/** @import { Context } from "../../web/moment.js" */
/** @import { Prompt, PlayedMoment } from "../../web/parts/stage.js" */
/**
 * `hidden`: how many words the leader has hidden.
 * @typedef {{ answered: number, words?: Voted[], hidden?: number }} WordsTally
 * @typedef {PlayedMoment<Prompt, unknown, { word: string }, WordsTally>} WordMoment
 */

const WORDS_OFFERED = 6; // words

/** @param {Context} context */
export function nextWordOnPhone(context) {
  const { tell } = context;
  const promptLine = promptText();
  const [label, action] = [
    tell("next_word_label"),
    tell("next_word_send"),
  ];
  const form = wordForm(label, action, "none", answer);
  const more = pushButton(tell("next_word_offer"), offerWords);
  const offer = element("ul", { class: "ll-offered", hidden: "" });
  const status = element("p", { class: "ll-said" });
  const note = element("p", { class: "ll-quiet" });
  const node = phoneStage(
    "next-word",
    promptLine.node,
    status,
    form,
    more,
    offer,
    note,
  );
  const fjord = useFjord(context, draw);
  /** @type {WordMoment | null} */
  let now = null;
  let [step, own, scores] = ["", "", ""];
  /** @type {number | null} */
  let chance = null;
  let isOffered = false;

  /** @param {string} word */
  function answer(word) {
    if (now?.phase !== "open") return;
    own = word;
    context.answer({ word });
    draw();
    context.say(status.textContent ?? "");
  }

  function offerWords() {
    isOffered = true;
    draw();
    const prompt = now?.step.shown.prompt ?? "";
    fjord.ask((lm) => suggestWords(lm, prompt, WORDS_OFFERED, showOffer));
  }

  /** @param {string[]} words */
  function showOffer(words) {
    const items = words.map((word) =>
      element("li", {}, pushButton(word, () => answer(word), { lang: "en" }))
    );
    const hadFocus = document.activeElement === more;
    offer.replaceChildren(...items);
    draw();
    if (hadFocus) offer.querySelector("button")?.focus();
  }

  function draw() {
    const isOpen = now?.phase === "open";
    const hasOffer = offer.childElementCount > 0;
    showIf(form, isOpen);
    showIf(offer, isOpen && hasOffer);
    showIf(more, isOpen && !hasOffer && fjord.state() !== "missing");
    setOff(more, isOffered);
    setText(status, own ? tell("next_word_yours", { name: own }) : "");
    setText(note, noteOf(isOpen, hasOffer));
  }

  /** @param {boolean} isOpen @param {boolean} hasOffer */
  function noteOf(isOpen, hasOffer) {
    if (isOpen && isOffered && !hasOffer && fjord.state() === "coming") return "";
    if (isOpen) return tell(own ? "next_word_change" : "next_word_any");
    if (now?.phase === "reveal" && chance !== null) {
      return tell("next_word_chance", { n: wholePercent(chance) });
    }
    return own ? tell("next_word_look") : tell("next_word_none");
  }

  /** @param {WordMoment} moment */
  function show(moment) {
    now = moment;
    if (step !== moment.step.id) {
      [step, own, scores, chance, isOffered] = [moment.step.id, "", "", null, false];
      promptLine.set(moment.step.shown);
      offer.replaceChildren();
    }
    own = moment.yours?.word ?? ""; // a word may have been refused
    if (moment.phase === "reveal" && own && scores !== own) {
      scores = own;
      if (!offer.childElementCount) isOffered = false; // they won't come any more
      fjord.ask((lm) =>
        scoreWords(lm, moment.step.shown.prompt, [[own, 1]], ({ chances }) => {
          chance = chances.get(own) ?? null;
          draw();
        })
      );
    }
    draw();
  }
  return { node, show, stop: fjord.stop };
}

registerPhone("next_word", nextWordOnPhone);
