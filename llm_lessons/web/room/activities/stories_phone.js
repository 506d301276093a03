// One prompt, a story each, on a phone: the class model writes on with coins that no
// other phone has, before one's eyes.

import { control, element, setOff, setText } from "../../lib/dom.js";
import { fjordAt } from "./fjord.js";
import { phoneStage, showIf } from "./stage.js";
import "./stories_phone.css" with { type: "text" };

/** @import { LanguageModel } from "../../engine/model.js" */
/** @import { Told } from "./parting.js" */
/** @import { Moment, Place } from "../moment.js" */
/** @import { PlayedMoment } from "./stage.js" */
/**
 * @typedef {{ prompt: string, gloss?: string, tokens?: number, temperature?: number }
 *   } StoriesShown
 * @typedef {{ pieces: string[], seed: number }} Story
 * @typedef {{ answered: number, stories: Told[] }} StoriesTally
 * @typedef {PlayedMoment<StoriesShown, unknown, Story, StoriesTally>} StoriesMoment
 */

const [STORY_TOKENS, STORY_HEAT] = [24, 1];
const STORY_PACE = 140; // milliseconds between two pieces, to be read along

/** A seed that no other phone has: one of 2 ** 32. */
function ownSeed() {
  return crypto.getRandomValues(new Uint32Array(1))[0];
}

/**
 * The pieces of a story as they are drawn, no faster than they can be read. Yields
 * until the next one is due.
 * @param {LanguageModel} lm @param {StoriesShown} shown @param {number} seed
 * @param {(piece: string) => void} wrote
 * @returns {Generator<void, void>}
 */
export function* storyWritten(lm, shown, seed, wrote, pace = STORY_PACE) {
  const { prompt, tokens = STORY_TOKENS, temperature = STORY_HEAT } = shown;
  const settings = { maxTokens: tokens, temperature, seed };
  let due = 0;
  for (const piece of lm.stream(prompt.trimEnd(), settings)) {
    while (performance.now() < due) yield;
    wrote(piece);
    due = performance.now() + pace;
    yield;
  }
}

/** @param {Place} place */
export function storiesOnPhone(place) {
  const [begun, goesOn] = [element("span", { class: "ll-quiet" }), element("span")];
  const page = element("p", { class: "ll-own-story", lang: "en" }, begun, goesOn);
  const write = control("button", { type: "button", class: "ll-great" });
  setText(write, place.tell("stories_write"));
  const note = element("p", { class: "ll-quiet" });
  const meaning = element("p", { class: "ll-quiet ll-gloss" });
  const node = phoneStage("stories", page, meaning, write, note);
  const fjord = fjordAt(place, draw);
  /** @type {StoriesMoment | null} */
  let now = null;
  let step = "";
  /** @type {string[] | null} */
  let pieces = null;
  let isWriting = false;

  function onWrite() {
    if (!now || pieces || now.phase !== "open" || fjord.state() !== "here") return;
    const [{ shown }, seed] = [now.step, ownSeed()];
    /** @type {string[]} */
    const written = [];
    [pieces, isWriting] = [written, true];
    function* story(/** @type {LanguageModel} */ lm) {
      yield* storyWritten(lm, shown, seed, (piece) => {
        written.push(piece);
        draw();
      });
      isWriting = false;
      place.answer({ pieces: written, seed });
      place.say(written.join(""));
      draw();
    }
    fjord.ask(story);
    draw();
  }
  write.addEventListener("click", onWrite);

  function draw() {
    if (!now) return;
    const isOpen = now.phase === "open";
    setText(begun, now.step.shown.prompt.trimEnd());
    setText(goesOn, (pieces ?? []).join(""));
    setText(meaning, now.step.shown.gloss ?? "");
    showIf(write, isOpen && !pieces);
    setOff(write, fjord.state() !== "here");
    setText(note, noteOf(isOpen));
  }

  /** @param {boolean} isOpen */
  function noteOf(isOpen) {
    if (isWriting) return place.tell("stories_writing");
    if (pieces) return place.tell("stories_sent");
    if (fjord.state() === "missing") return place.tell("fjord_missing");
    if (!isOpen) return place.tell("stories_look");
    return fjord.state() === "here" ? place.tell("stories_why") : "";
  }

  /** @param {Moment} told */
  function show(told) {
    const moment = /** @type {StoriesMoment} */ (told);
    now = moment;
    if (step !== moment.step.id) {
      [step, pieces, isWriting] = [moment.step.id, null, false];
    }
    fjord.again();
    pieces ??= moment.yours?.pieces ?? null;
    draw();
  }
  return { node, show, stop: fjord.stop };
}
