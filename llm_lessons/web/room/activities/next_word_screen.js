// What comes next, on the screen: the room's words, then the model's chances beside
// them, and the temperature at which the model would have voted as the room did.

import { element, setText } from "../../lib/dom.js";
import { fjordAt } from "./fjord.js";
import { gathered, judging } from "./next_words.js";
import {
  answeredSoFar,
  begunText,
  inDigits,
  screenStage,
  showIf,
  wholePercent,
} from "./stage.js";
import { HOTTEST } from "./room_temperature.js";
import { temperatureLine } from "./temperature_line.js";
import { twinBars } from "./twin_bars.js";

/** @import { Judged } from "./next_words.js" */
/** @import { WordMoment } from "./next_word_phone.js" */
/** @import { RoomTemperature } from "./room_temperature.js" */
/** @import { Moment, Place } from "../moment.js" */
/** @import { Twin } from "./twin_bars.js" */

const WORD_ROWS = { shown: 8, reveal: 6 }; // words with bars of their own

/** @param {Place} place */
export function nextWordOnScreen(place) {
  const begun = begunText();
  const counted = answeredSoFar();
  const bars = twinBars(place.tell("next_word_caption"));
  const said = element("p");
  const line = temperatureLine(place);
  const node = screenStage(
    "next-word",
    begun.node,
    counted.node,
    bars.node,
    said,
    line.node,
  );
  const fjord = fjordAt(place, draw);
  /** @type {WordMoment | null} */
  let now = null;
  /** @type {Judged | null} */
  let judged = null;
  let asked = "";

  function draw() {
    if (!now) return;
    const isOpen = now.phase === "open";
    showIf(counted.node, isOpen);
    showIf(bars.node, !isOpen);
    begun.node.classList.toggle("ll-large", isOpen);
    said.classList.toggle("ll-quiet", isOpen);
    const isRevealed = now.phase === "reveal";
    showIf(line.node, isRevealed && judged?.heat != null);
    counted.update(
      now.tally?.answered ?? 0,
      place.tell("answered_of", { n: inDigits(now.present ?? 0) }),
    );
    if (!isOpen) drawWords(isRevealed);
    setText(said, isOpen ? place.tell("next_word_ask") : wordsOf(isRevealed));
    if (isRevealed && judged?.heat) line.update(judged.heat);
  }

  /** @param {boolean} isRevealed */
  function drawWords(isRevealed) {
    const words = gathered(now?.tally?.words ?? []);
    const all = words.reduce((sum, [, count]) => sum + count, 0);
    const most = isRevealed ? WORD_ROWS.reveal : WORD_ROWS.shown;
    const named = words.length <= most ? words : words.slice(0, most - 1);
    const others = words.slice(named.length);
    const rest = others.reduce((sum, [, count]) => sum + count, 0);
    const chances = isRevealed ? judged?.chances : undefined;
    /** @param {string} name @param {number} count @param {number | null} odd */
    const row = (name, count, odd, isRest = false) => {
      /** @type {Twin} */
      const twin = {
        name,
        isRest,
        odd,
        oddText: odd === null ? "" : wholePercent(odd),
        share: count / all,
        shareText: inDigits(count),
        parts: count,
      };
      return twin;
    };
    const twins = named.map(([word, count]) =>
      row(word, count, chances?.get(word) ?? null)
    );
    if (others.length) {
      const odd = chances
        ? others.reduce((sum, [word]) => sum + (chances.get(word) ?? 0), 0)
        : null;
      const name = place.tell("next_word_others", { n: inDigits(others.length) });
      twins.push(row(name, rest, odd, true));
    }
    const fjordHead = chances ? place.tell("fjord") : "";
    bars.update(
      [fjordHead, all ? place.tell("room_head", { n: inDigits(all) }) : ""],
      twins,
    );
  }

  /** @param {boolean} isRevealed */
  function wordsOf(isRevealed) {
    const words = now?.tally?.words ?? [];
    if (!words.length) return place.tell("nobody_answered");
    if (!isRevealed) {
      return place.tell("next_word_shown", { n: gathered(words).length });
    }
    if (fjord.state() === "missing") return place.tell("fjord_missing");
    if (!judged) return "";
    return judged.heat ? heatInWords(judged.heat) : "";
  }

  /** @param {RoomTemperature} heat */
  function heatInWords({ best, low, high, beyond }) {
    if (beyond === "hotter") return place.tell("room_hotter", { n: inDigits(HOTTEST) });
    if (beyond === "colder") return place.tell("room_colder");
    const [name, n, m] = [best, low, high].map((one) => inDigits(one, 1));
    return place.tell("room_temperature", { name, n, m });
  }

  /** @param {Moment} told */
  function show(told) {
    const moment = /** @type {WordMoment} */ (told);
    now = moment;
    const { prompt } = moment.step.shown;
    begun.set(moment.step.shown);
    const words = gathered(moment.tally?.words ?? []);
    // The model works while the room looks at its own words.
    const key = JSON.stringify([prompt, words]);
    if (moment.phase !== "open" && words.length && asked !== key) {
      [asked, judged] = [key, null];
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
