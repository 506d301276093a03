// What comes next, on the screen: all words of the room, then the model's own among
// them with its chances, and the temperature at which it would have voted as the room.

import { element, setText } from "../../../llm_lessons/web/lib/dom.js";
import { showOnScreens } from "../../web/kinds.js";
import { fjordAt } from "../../web/parts/fjord.js";
import { gathered, judging } from "./next_words.js";
import { heatLine } from "../../web/parts/heat_line.js";
import { answeredSoFar } from "../../web/parts/so_far.js";
import { begunText, inDigits, screenStage, showIf } from "../../web/parts/stage.js";
import { HOTTEST } from "./room_temperature.js";
import { wallOf, wordWall } from "./word_wall.js";

/** @import { Judged } from "./next_words.js" */
/** @import { WordMoment } from "./phone.js" */
/** @import { RoomTemperature } from "./room_temperature.js" */
/** @import { Place } from "../../web/moment.js" */

/** @type {Judged} */
const NOT_JUDGED = { chances: new Map(), own: [], heat: null };

/** @param {Place} place */
export function nextWordOnScreen(place) {
  const begun = begunText();
  const counted = answeredSoFar(place.tell);
  const wall = wordWall(place.tell("next_word_caption"), place.tell("fjord"));
  const said = element("p");
  const line = heatLine(place.tell("room_marker"), place.tell("fjord_at", { n: 1 }));
  const parts = [begun.node, counted.node, wall.node, said, line.node];
  const node = screenStage("next-word", ...parts);
  const fjord = fjordAt(place, draw);
  /** @type {WordMoment | null} */
  let now = null;
  /** @type {Judged | null} */
  let judged = null;
  let asked = "";

  function draw() {
    if (!now) return;
    const isOpen = now.phase === "open";
    showIf(wall.node, !isOpen);
    begun.node.classList.toggle("ll-large", isOpen);
    said.classList.toggle("ll-quiet", isOpen);
    const isRevealed = now.phase === "reveal";
    showIf(line.node, isRevealed && judged?.heat != null);
    counted.show(now);
    if (!isOpen) drawWords(isRevealed);
    setText(said, isOpen ? place.tell("next_word_ask") : wordsOf(isRevealed));
    const heat = isRevealed ? judged?.heat : null;
    if (heat) line.update({ ...heat, middle: heat.best });
  }

  /** @param {boolean} isRevealed */
  function drawWords(isRevealed) {
    const { chances, own } = (isRevealed && judged) || NOT_JUDGED;
    wall.update(wallOf(gathered(now?.tally?.words ?? []), chances, own));
  }

  /** @param {boolean} isRevealed */
  function wordsOf(isRevealed) {
    const { words = [], hidden = 0 } = now?.tally ?? {};
    if (!words.length && hidden) {
      return place.tell("next_word_waiting", { n: hidden });
    }
    if (!words.length && !isRevealed) return place.tell("nobody_answered");
    if (!isRevealed) {
      return place.tell("next_word_shown", { n: gathered(words).length });
    }
    if (fjord.state() === "missing") return place.tell("fjord_missing");
    if (!judged) return "";
    return judged.heat ? heatInWords(judged.heat) : "";
  }

  /** @param {RoomTemperature} heat */
  function heatInWords({ best, low, high, beyond }) {
    const [name, n, m] = [best, low, high].map((one) => inDigits(one, 1));
    const own = beyond === "hotter"
      ? place.tell("room_hotter", { n: HOTTEST })
      : beyond === "colder"
      ? place.tell("room_colder")
      : place.tell("room_temperature", { name, n, m });
    return `${place.tell("room_heat_is")} ${own}`;
  }

  /** @param {WordMoment} moment */
  function show(moment) {
    now = moment;
    const { prompt } = moment.step.shown;
    begun.set(moment.step.shown);
    const words = gathered(moment.tally?.words ?? []);
    // The model works while the room looks at its own words.
    const key = JSON.stringify([prompt, words]);
    if (moment.phase !== "open" && asked !== key) {
      asked = key;
      fjord.ask((lm) =>
        judging(lm, prompt, words, (found) => {
          judged = found;
          draw();
        })
      );
    }
    draw();
  }
  return { node, show, stop: fjord.stop };
}

showOnScreens("next_word", nextWordOnScreen);
