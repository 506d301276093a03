// One prompt, a story each, on a phone: the class model writes on with coins that no
// other phone has, before one's eyes; and again, by itself, at other temperatures.
// Where a real model answers, the phone flips a coin, and shows its answer with that.

import { worker } from "../../../llm_lessons/web/lib/worker.js";
import { registerPhone } from "../../web/kinds.js";
import {
  element,
  pushButton,
  setOff,
  setText,
} from "../../../llm_lessons/web/lib/dom.js";
import { saveOwn } from "../../web/keepsake.js";
import { useFjord } from "../../web/parts/fjord.js";
import { phoneStage, showIf } from "../../web/parts/stage.js";
import {
  isFinished,
  isReal,
  isRepeated,
  longestWait,
  STORY_PACE,
  temperatureOf,
} from "./story_length.js";
import { realCoin } from "../../web/parts/next_token.js";
import "./phone.css" with { type: "text" };

/** @import { SeatStory } from "./divergence.js" */
/** @import { Moment, Context } from "../../web/moment.js" */
/** @import { PlayedMoment } from "../../web/parts/stage.js" */
/** @import { StoriesShown } from "./story_length.js" */
/**
 * @typedef {{ pieces: string[], seed: number }} Story
 * @typedef {{ answered: number, stories: SeatStory[] }} StoriesTally
 * @typedef {PlayedMoment<StoriesShown, unknown, Story, StoriesTally>} StoriesMoment
 */

const SEEDS = 2 ** 32; // of stories: no other phone has the same

/**
 * The pieces of a story, no faster than they can be read, to the end of a sentence.
 * Yields until the next one is due.
 * @param {Iterable<string>} story @param {Pick<StoriesShown, "least">} shown
 * @param {(piece: string) => void} wrote
 * @returns {Generator<void, void>}
 */
export function* paced(story, { least }, wrote, pace = STORY_PACE) {
  /** @type {string[]} */
  const pieces = [];
  let due = 0;
  for (const piece of story) {
    while (performance.now() < due) yield;
    wrote(piece);
    pieces.push(piece);
    if (isFinished(pieces, least)) return;
    due = performance.now() + pace;
    yield;
  }
}

/** @param {Context} context */
export function storiesOnPhone(context) {
  const { tell } = context;
  const [begun, goesOn] = [element("span", { class: "ll-quiet" }), element("span")];
  const page = element("p", { class: "ll-own-story", lang: "en" }, begun, goesOn);
  const way = element("progress", { "aria-hidden": "true" });
  const write = pushButton("", onWrite, { class: "ll-great" });
  const flipped = element("p", { class: "ll-said" });
  const note = element("p", { class: "ll-quiet" });
  const meaning = element("p", { class: "ll-quiet ll-gloss" });
  const node = phoneStage("stories", page, meaning, way, write, flipped, note);
  /** Only where it writes. @type {ReturnType<typeof useFjord> | null} */
  let fjord = null;
  const reading = worker();
  /** @type {StoriesMoment | null} */
  let now = null;
  let turn = ""; // step and round
  /** @type {string[] | null} */
  let pieces = null;
  let seed = 0;
  let isWriting = false;

  /** @param {StoriesShown} shown */
  function canWrite(shown) {
    return isReal(shown) ? Boolean(shown.real) : fjord?.state() === "here";
  }

  function onWrite() {
    if (!now || pieces || now.phase !== "open" || !canWrite(now.step.shown)) return;
    const [{ shown }, own] = [now.step, turn];
    const { real } = shown;
    const prompt = shown.prompt.trimEnd();
    const temperature = temperatureOf(shown, now.round);
    const coin = Math.floor((real?.texts.length ?? SEEDS) * realCoin());
    /** @type {string[]} */
    const written = [];
    [pieces, seed, isWriting] = [written, coin, true];
    /** @param {string} piece */
    function wrote(piece) {
      written.push(piece);
      if (own === turn) draw();
    }
    /** @param {Generator<void, void>} steps */
    function* toItsEnd(steps) {
      yield* steps;
      if (own !== turn) return; // the leader has gone on
      isWriting = false;
      context.answer({ pieces: written, seed: coin });
      const text = written.join("");
      if (!isRepeated(shown) && !real) saveOwn("story", prompt + text);
      context.say(text);
      draw();
    }
    const settings = { maxTokens: shown.tokens, temperature, seed: coin };
    if (real) reading.start(toItsEnd(paced(real.texts[coin], shown, wrote)));
    else {
      fjord?.ask((lm) => toItsEnd(paced(lm.stream(prompt, settings), shown, wrote)));
    }
    draw();
  }

  function draw() {
    if (!now) return;
    const { phase, step: { shown } } = now;
    const [isOpen, isReady] = [phase === "open", canWrite(shown)];
    if (isOpen && isReady && !pieces && isRepeated(shown)) return onWrite();
    setText(begun, shown.prompt.trimEnd());
    setText(goesOn, (pieces ?? []).join(""));
    setText(meaning, shown.gloss ?? "");
    setText(write, tell(isReal(shown) ? "real_flip" : "stories_write"));
    setText(flipped, isReal(shown) && pieces ? coinInWords() : "");
    showIf(write, isOpen && !pieces && !isRepeated(shown));
    setOff(write, !isReady);
    showIf(way, isWriting);
    way.max = shown.tokens;
    way.value = pieces?.length ?? 0;
    setText(note, isReal(shown) ? noteOfReal(now) : noteOf(now));
  }

  function coinInWords() {
    return tell("real_coin", { name: String(seed).padStart(2, "0") });
  }

  /** @param {StoriesMoment} moment */
  function noteOfReal({ phase, yours, step: { shown: { real, coming } } }) {
    if (!real) return tell(coming === false ? "real_missing" : "real_coming");
    if (isWriting) return "";
    if (pieces && yours) return tell("real_sent");
    return tell(pieces || phase !== "open" ? "stories_look" : "real_why");
  }

  /** @param {StoriesMoment} moment */
  function noteOf({ phase, round, yours, step: { shown } }) {
    if (isWriting) {
      const values = { n: temperatureOf(shown, round), m: longestWait(shown) };
      return tell("stories_writing", values);
    }
    if (pieces && yours) return tell("stories_sent");
    if (fjord?.state() === "missing") return tell("fjord_missing");
    if (pieces || phase !== "open") return tell("stories_look");
    return fjord?.state() === "here" ? tell("stories_why") : "";
  }

  /** @param {Moment} told */
  function show(told) {
    const moment = /** @type {StoriesMoment} */ (told);
    now = moment;
    const other = `${moment.step.id}/${moment.round}`;
    if (turn !== other) [turn, pieces, isWriting] = [other, null, false];
    if (!isReal(moment.step.shown)) fjord ??= useFjord(context, draw);
    fjord?.retry();
    if (!pieces && moment.yours) ({ pieces, seed } = moment.yours);
    draw();
  }
  function stop() {
    fjord?.stop();
    reading.stop();
  }
  return { node, show, stop };
}

registerPhone("stories", storiesOnPhone);
