// One prompt, a story each, on a phone: the class model writes on with coins that no
// other phone has, before one's eyes; and again, by itself, at other temperatures.

import { control, element, setOff, setText } from "../../lib/dom.js";
import { keepOwn } from "../keepsake.js";
import { fjordAt } from "./fjord.js";
import { inDigits, phoneStage, showIf } from "./stage.js";
import {
  heatOf,
  isAgain,
  isToldOut,
  longestWait,
  mostTokens,
  STORY_PACE,
} from "./story_length.js";
import "./stories_phone.css" with { type: "text" };

/** @import { LanguageModel } from "../../engine/model.js" */
/** @import { Told } from "./parting.js" */
/** @import { Moment, Place } from "../moment.js" */
/** @import { PlayedMoment } from "./stage.js" */
/** @import { StoriesShown } from "./story_length.js" */
/**
 * @typedef {{ pieces: string[], seed: number }} Story
 * @typedef {{ answered: number, stories: Told[] }} StoriesTally
 * @typedef {PlayedMoment<StoriesShown, unknown, Story, StoriesTally>} StoriesMoment
 */

/** A seed that no other phone has: one of 2 ** 32. */
function ownSeed() {
  return crypto.getRandomValues(new Uint32Array(1))[0];
}

/**
 * The pieces of a story as they are drawn, no faster than they can be read, to the end
 * of a sentence. Yields until the next one is due.
 * @param {LanguageModel} lm @param {StoriesShown} shown
 * @param {{ temperature: number, seed: number }} drawn
 * @param {(piece: string) => void} wrote
 * @returns {Generator<void, void>}
 */
export function* storyWritten(lm, shown, drawn, wrote, pace = STORY_PACE) {
  const settings = { maxTokens: mostTokens(shown), ...drawn };
  /** @type {string[]} */
  const pieces = [];
  let due = 0;
  for (const piece of lm.stream(shown.prompt.trimEnd(), settings)) {
    while (performance.now() < due) yield;
    wrote(piece);
    pieces.push(piece);
    if (isToldOut(pieces, shown)) return;
    due = performance.now() + pace;
    yield;
  }
}

/** @param {Place} place */
export function storiesOnPhone(place) {
  const [begun, goesOn] = [element("span", { class: "ll-quiet" }), element("span")];
  const page = element("p", { class: "ll-own-story", lang: "en" }, begun, goesOn);
  const way = element("progress", { "aria-hidden": "true" });
  const write = control("button", { type: "button", class: "ll-great" });
  setText(write, place.tell("stories_write"));
  const note = element("p", { class: "ll-quiet" });
  const meaning = element("p", { class: "ll-quiet ll-gloss" });
  const node = phoneStage("stories", page, meaning, way, write, note);
  const fjord = fjordAt(place, draw);
  /** @type {StoriesMoment | null} */
  let now = null;
  let turn = ""; // step and round
  /** @type {string[] | null} */
  let pieces = null;
  let isWriting = false;

  function onWrite() {
    if (!now || pieces || now.phase !== "open" || fjord.state() !== "here") return;
    const [{ shown }, seed, own] = [now.step, ownSeed(), turn];
    const temperature = heatOf(shown, now.round);
    /** @type {string[]} */
    const written = [];
    [pieces, isWriting] = [written, true];
    function* story(/** @type {LanguageModel} */ lm) {
      yield* storyWritten(lm, shown, { temperature, seed }, (piece) => {
        written.push(piece);
        if (own === turn) draw();
      });
      if (own !== turn) return; // the leader has gone on
      isWriting = false;
      place.answer({ pieces: written, seed });
      const text = written.join("");
      if (!isAgain(shown)) keepOwn("story", shown.prompt.trimEnd() + text);
      place.say(text);
      draw();
    }
    fjord.ask(story);
    draw();
  }
  write.addEventListener("click", onWrite);

  function draw() {
    if (!now) return;
    const { phase, step: { shown } } = now;
    const [isOpen, isReady] = [phase === "open", fjord.state() === "here"];
    if (isOpen && isReady && !pieces && isAgain(shown)) return onWrite();
    setText(begun, shown.prompt.trimEnd());
    setText(goesOn, (pieces ?? []).join(""));
    setText(meaning, shown.gloss ?? "");
    showIf(write, isOpen && !pieces && !isAgain(shown));
    setOff(write, !isReady);
    showIf(way, isWriting);
    way.max = mostTokens(shown);
    way.value = pieces?.length ?? 0;
    setText(note, noteOf(now));
  }

  /** @param {StoriesMoment} moment */
  function noteOf({ phase, round, yours, step: { shown } }) {
    if (isWriting) {
      const n = inDigits(heatOf(shown, round), heatOf(shown, round) % 1 ? 1 : 0);
      return place.tell("stories_writing", { n, m: longestWait(shown) });
    }
    if (pieces && yours) return place.tell("stories_sent");
    if (fjord.state() === "missing") return place.tell("fjord_missing");
    if (pieces || phase !== "open") return place.tell("stories_look");
    return fjord.state() === "here" ? place.tell("stories_why") : "";
  }

  /** @param {Moment} told */
  function show(told) {
    const moment = /** @type {StoriesMoment} */ (told);
    now = moment;
    const other = `${moment.step.id}/${moment.round}`;
    if (turn !== other) [turn, pieces, isWriting] = [other, null, false];
    fjord.again();
    pieces ??= moment.yours?.pieces ?? null;
    draw();
  }
  return { node, show, stop: fjord.stop };
}
