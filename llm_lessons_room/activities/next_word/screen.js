// What comes next, on the screen: all words of the room, then the model's own among
// them with its chances, and the temperature at which it would have voted as the room.

import { element, setText } from "../../../llm_lessons/web/lib/dom.js";
import { registerScreen } from "../../web/kinds.js";
import { useFjord } from "../../web/parts/fjord.js";
import { mergeWords, scoreWords } from "./next_words.js";
import { heatLine } from "../../web/parts/heat_line.js";
import { answeredCount } from "../../web/parts/answered_count.js";
import { inDigits, promptText, screenStage, showIf } from "../../web/parts/stage.js";
import { HOTTEST } from "./room_temperature.js";
import { wallOf, wordWall } from "./word_wall.js";

/** @import { WordScores } from "./next_words.js" */
/** @import { WordMoment } from "./phone.js" */
/** @import { RoomTemperature } from "./room_temperature.js" */
/** @import { Context } from "../../web/moment.js" */

/** @type {WordScores} */
const NO_SCORES = { chances: new Map(), top: [], heat: null };

/** @param {Context} context */
export function nextWordOnScreen(context) {
  const { tell } = context;
  const promptLine = promptText();
  const counted = answeredCount(tell);
  const wall = wordWall(tell("next_word_caption"), tell("fjord"));
  const status = element("p");
  const line = heatLine(
    tell("room_marker"),
    tell("fjord_at", { n: 1 }),
  );
  const parts = [promptLine.node, counted.node, wall.node, status, line.node];
  const node = screenStage("next-word", ...parts);
  const fjord = useFjord(context, draw);
  /** @type {WordMoment | null} */
  let now = null;
  /** @type {WordScores | null} */
  let scores = null;
  let asked = "";

  function draw() {
    if (!now) return;
    const isOpen = now.phase === "open";
    showIf(wall.node, !isOpen);
    promptLine.node.classList.toggle("ll-large", isOpen);
    status.classList.toggle("ll-quiet", isOpen);
    const isRevealed = now.phase === "reveal";
    showIf(line.node, isRevealed && scores?.heat != null);
    counted.show(now);
    if (!isOpen) drawWords(isRevealed);
    setText(status, isOpen ? tell("next_word_ask") : wordsOf(isRevealed));
    const heat = isRevealed ? scores?.heat : null;
    if (heat) line.update({ ...heat, middle: heat.best });
  }

  /** @param {boolean} isRevealed */
  function drawWords(isRevealed) {
    const { chances, top } = (isRevealed && scores) || NO_SCORES;
    wall.update(wallOf(mergeWords(now?.tally?.words ?? []), chances, top));
  }

  /** @param {boolean} isRevealed */
  function wordsOf(isRevealed) {
    const { words = [], hidden = 0 } = now?.tally ?? {};
    if (!words.length && hidden) {
      return tell("next_word_waiting", { n: hidden });
    }
    if (!words.length && !isRevealed) return tell("nobody_answered");
    if (!isRevealed) {
      return tell("next_word_shown", { n: mergeWords(words).length });
    }
    if (fjord.state() === "missing") return tell("fjord_missing");
    if (!scores) return "";
    return scores.heat ? heatInWords(scores.heat) : "";
  }

  /** @param {RoomTemperature} heat */
  function heatInWords({ best, low, high, beyond }) {
    const [name, n, m] = [best, low, high].map((temperature) =>
      inDigits(temperature, 1)
    );
    const own = beyond === "hotter"
      ? tell("room_hotter", { n: HOTTEST })
      : beyond === "colder"
      ? tell("room_colder")
      : tell("room_temperature", { name, n, m });
    return `${tell("room_heat_is")} ${own}`;
  }

  /** @param {WordMoment} moment */
  function show(moment) {
    now = moment;
    const { prompt } = moment.step.shown;
    promptLine.set(moment.step.shown);
    const words = mergeWords(moment.tally?.words ?? []);
    // The model works while the room looks at its own words.
    const key = JSON.stringify([prompt, words]);
    if (moment.phase !== "open" && asked !== key) {
      asked = key;
      fjord.ask((lm) =>
        scoreWords(lm, prompt, words, (found) => {
          scores = found;
          draw();
        })
      );
    }
    draw();
  }
  return { node, show, stop: fjord.stop };
}

registerScreen("next_word", nextWordOnScreen);
