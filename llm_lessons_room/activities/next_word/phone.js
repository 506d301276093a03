// What comes next, on a phone: a word of one's own, or one of some that are offered.

import {
  element,
  pushButton,
  setOff,
  setText,
} from "../../../llm_lessons/web/lib/dom.js";
import { showOnPhones } from "../../web/kinds.js";
import { fjordAt } from "../../web/parts/fjord.js";
import { judging, offeredWords } from "./next_words.js";
import { begunText, phoneStage, showIf, wholePercent } from "../../web/parts/stage.js";
import { wordForm } from "../../web/parts/word_form.js";
import "./phone.css" with { type: "text" };

/** @import { Voted } from "./next_words.js" */
/** @import { Place } from "../../web/moment.js" */
/** @import { Begun, PlayedMoment } from "../../web/parts/stage.js" */
/**
 * `hidden`: how many words the leader has hidden.
 * @typedef {{ answered: number, words?: Voted[], hidden?: number }} WordsTally
 * @typedef {PlayedMoment<Begun, unknown, { word: string }, WordsTally>} WordMoment
 */

const WORDS_OFFERED = 6; // words

/** @param {Place} place */
export function nextWordOnPhone(place) {
  const begun = begunText();
  const [label, action] = [place.tell("next_word_label"), place.tell("next_word_send")];
  const form = wordForm(label, action, "none", answer);
  const more = pushButton(place.tell("next_word_offer"), offerWords);
  const offer = element("ul", { class: "ll-offered", hidden: "" });
  const said = element("p", { class: "ll-said" });
  const note = element("p", { class: "ll-quiet" });
  const node = phoneStage("next-word", begun.node, said, form, more, offer, note);
  const fjord = fjordAt(place, draw);
  /** @type {WordMoment | null} */
  let now = null;
  let [step, own, judged] = ["", "", ""];
  /** @type {number | null} */
  let chance = null;
  let isOffered = false;

  /** @param {string} word */
  function answer(word) {
    if (now?.phase !== "open") return;
    own = word;
    place.answer({ word });
    draw();
    place.say(said.textContent ?? "");
  }

  function offerWords() {
    isOffered = true;
    draw();
    const prompt = now?.step.shown.prompt ?? "";
    fjord.ask((lm) => offeredWords(lm, prompt, WORDS_OFFERED, showOffer));
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
    setText(said, own ? place.tell("next_word_yours", { name: own }) : "");
    setText(note, noteOf(isOpen, hasOffer));
  }

  /** @param {boolean} isOpen @param {boolean} hasOffer */
  function noteOf(isOpen, hasOffer) {
    if (isOpen && isOffered && !hasOffer && fjord.state() === "coming") return "";
    if (isOpen) return place.tell(own ? "next_word_change" : "next_word_any");
    if (now?.phase === "reveal" && chance !== null) {
      return place.tell("next_word_chance", { n: wholePercent(chance) });
    }
    return own ? place.tell("next_word_look") : place.tell("next_word_none");
  }

  /** @param {WordMoment} moment */
  function show(moment) {
    now = moment;
    if (step !== moment.step.id) {
      [step, own, judged, chance, isOffered] = [moment.step.id, "", "", null, false];
      begun.set(moment.step.shown);
      offer.replaceChildren();
    }
    own = moment.yours?.word ?? ""; // a word may have been refused
    if (moment.phase === "reveal" && own && judged !== own) {
      judged = own;
      if (!offer.childElementCount) isOffered = false; // they won't come any more
      fjord.ask((lm) =>
        judging(lm, moment.step.shown.prompt, [[own, 1]], ({ chances }) => {
          chance = chances.get(own) ?? null;
          draw();
        })
      );
    }
    draw();
  }
  return { node, show, stop: fjord.stop };
}

showOnPhones("next_word", nextWordOnPhone);
