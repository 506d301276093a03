// What comes next, on a phone: a word of one's own, or one of some that are offered.

import { control, element, newId, setOff, setText } from "../../lib/dom.js";
import { fjordAt } from "./fjord.js";
import { judging, offeredWords } from "./next_words.js";
import { begunText, phoneStage, showIf, wholePercent } from "./stage.js";
import "./next_word_phone.css" with { type: "text" };

/** @import { Voted } from "./next_words.js" */
/** @import { Moment, Place } from "../moment.js" */
/** @import { Begun, PlayedMoment } from "./stage.js" */
/**
 * `hidden`: how many words the leader has hidden.
 * @typedef {{ answered: number, words?: Voted[], hidden?: number }} WordsTally
 * @typedef {PlayedMoment<Begun, unknown, { word: string }, WordsTally>} WordMoment
 */

const LONGEST_WORD = 40; // letters
const WORDS_OFFERED = 6; // words

/** @param {Place} place */
export function nextWordOnPhone(place) {
  const begun = begunText();
  const id = newId();
  const field = control("input", {
    id,
    maxlength: LONGEST_WORD,
    autocomplete: "off",
    autocapitalize: "none",
    enterkeyhint: "send",
  });
  const label = element("label", { for: id }, place.tell("next_word_label"));
  const send = control("button", { class: "ll-great" }, place.tell("next_word_send"));
  const form = element("form", {}, label, field, send);
  const more = control("button", { type: "button" }, place.tell("next_word_offer"));
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

  /** @param {string} text */
  function answer(text) {
    const word = text.trim().replace(/\s+/g, " ").slice(0, LONGEST_WORD);
    if (!word || now?.phase !== "open") return;
    own = word;
    field.value = "";
    place.answer({ word });
    draw();
    place.say(said.textContent ?? "");
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    answer(field.value);
  });
  field.addEventListener("input", () => setOff(send, !field.value.trim()));

  more.addEventListener("click", () => {
    isOffered = true;
    draw();
    const prompt = now?.step.shown.prompt ?? "";
    fjord.ask((lm) => offeredWords(lm, prompt, WORDS_OFFERED, showOffer));
  });

  /** @param {string[]} words */
  function showOffer(words) {
    const items = words.map((word) => {
      const button = control("button", { type: "button", lang: "en" }, word);
      button.addEventListener("click", () => answer(word));
      return element("li", {}, button);
    });
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
    setOff(send, !field.value.trim());
    setOff(more, isOffered);
    setText(said, own ? place.tell("next_word_yours", { name: own }) : "");
    setText(note, noteOf(isOpen, hasOffer));
  }

  /** @param {boolean} isOpen @param {boolean} hasOffer */
  function noteOf(isOpen, hasOffer) {
    if (isOpen && isOffered && !hasOffer && fjord.state() === "coming") {
      return "";
    }
    if (isOpen) return place.tell(own ? "next_word_change" : "next_word_any");
    if (now?.phase === "reveal" && chance !== null) {
      return place.tell("next_word_chance", { n: wholePercent(chance) });
    }
    return own ? place.tell("next_word_look") : place.tell("next_word_none");
  }

  /** @param {Moment} told */
  function show(told) {
    const moment = /** @type {WordMoment} */ (told);
    now = moment;
    if (step !== moment.step.id) {
      [step, own, judged, chance, isOffered] = [moment.step.id, "", "", null, false];
      begun.set(moment.step.shown);
      offer.replaceChildren();
      field.value = "";
    }
    own = moment.yours?.word ?? own;
    if (moment.phase === "reveal" && own && judged !== own) {
      judged = own;
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
