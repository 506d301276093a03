// Book closed, book open, on the screen: how many were right without and with the note,
// beside what the class model gives the right town without and with it.

import { chanceOf, firstSentence } from "../../../llm_lessons/web/answers/texts.js";
import { element, setText } from "../../../llm_lessons/web/lib/dom.js";
import { showOnScreens } from "../../web/kinds.js";
import { fjordAt } from "../../web/parts/fjord.js";
import { shareWithin } from "../../web/parts/right_share.js";
import { answeredSoFar } from "../../web/parts/so_far.js";
import {
  inDigits,
  rowsOnDemand,
  screenStage,
  showIf,
  wholePercent,
} from "../../web/parts/stage.js";
import { twinBars } from "../../web/parts/twin_bars.js";
import "./screen.css" with { type: "text" };

/** @import { LanguageModel } from "../../../llm_lessons/web/engine/model.js" */
/** @import { Place } from "../../web/moment.js" */
/** @import { BookMoment, BookPrompts } from "./phone.js" */
/**
 * What the model says, and its chance for what is right: without the note and with it.
 * @typedef {{ said: string, chance: number }[]} BookAnswers
 */

/**
 * Yields between tokens.
 * @param {LanguageModel} lm @param {BookPrompts} prompts @param {string} right a town
 * @param {(answers: BookAnswers) => void} found
 * @returns {Generator<void, void>}
 */
export function* bookAsked(lm, { closed, open }, right, found) {
  const reader = lm.reader();
  /** @type {BookAnswers} */
  const answers = [];
  for (const prompt of [closed, open]) {
    const { text } = yield* firstSentence(reader, prompt);
    const chance = yield* chanceOf(reader, prompt, ` ${right}.`);
    answers.push({ said: text, chance });
  }
  found(answers);
}

/** @param {Place} place */
export function bookOnScreen(place) {
  const question = element("h2", { class: "ll-book-asked" });
  const choices = element("ul", { class: "ll-book-towns" });
  const counted = answeredSoFar(place.tell);
  const bars = twinBars(place.tell("book_caption"));
  const said = element("p");
  const parts = [question, choices, counted.node, bars.node, said];
  const node = screenStage("book", ...parts);
  const townsOnDemand = rowsOnDemand(() => element("li"));
  const fjord = fjordAt(place, draw);
  /** @type {BookMoment | null} */
  let now = null;
  /** @type {BookAnswers | null} */
  let answers = null;
  let asked = "";

  function draw() {
    if (!now) return;
    const { shown } = now.step;
    const [isOpen, isShown] = [now.phase === "open", now.phase === "shown"];
    setText(question, shown.question);
    townsOnDemand(choices, shown.choices.length).forEach((one, i) =>
      setText(one, shown.choices[i])
    );
    showIf(choices, isOpen);
    counted.show(now);
    showIf(bars.node, !isOpen);
    if (isShown) drawVotes();
    else if (!isOpen) drawShares();
    setText(said, isOpen || isShown ? openWords(isOpen) : answersInWords());
  }

  /** @param {boolean} isOpen */
  function openWords(isOpen) {
    if (!isOpen) return place.tell("book_votes");
    const isClosed = (now?.round ?? 1) < 2;
    return place.tell(isClosed ? "book_screen_closed" : "book_screen_open");
  }

  function drawVotes() {
    const counts = now?.tally?.counts ?? [];
    const all = counts.reduce((sum, one) => sum + one, 0);
    const twins = (now?.step.shown.choices ?? []).map((name, i) => {
      const count = counts[i] ?? 0;
      const share = all ? count / all : null;
      const room = { share, shareText: inDigits(count), parts: count };
      return { name, odd: null, oddText: "", ...room };
    });
    bars.update(["", place.tell("room_head", { n: all })], twins);
  }

  function drawShares() {
    const tally = now?.tally;
    const rows = [
      { key: "book_row_closed", right: tally?.closed, fjord: answers?.[0] },
      { key: "book_row_without", right: tally?.without, fjord: answers?.[0] },
      { key: "book_row_with", right: tally?.with, fjord: answers?.[1] },
    ];
    const twins = rows.map(({ key, right = { right: 0, asked: 0 }, fjord: own }) => {
      const { right: n, asked: m } = right;
      return {
        name: place.tell(key),
        odd: own?.chance ?? null,
        oddText: own ? wholePercent(own.chance) : "",
        share: m ? n / m : null,
        shareText: m ? place.tell("n_of_m", { n, m }) : "–",
        parts: n,
        within: m ? shareWithin(right) : undefined,
      };
    });
    bars.update([answers ? place.tell("fjord") : "", place.tell("room")], twins, 1);
  }

  function answersInWords() {
    if (!now?.revealed?.prompts) return "";
    if (fjord.state() === "missing") return place.tell("fjord_missing");
    if (!answers) return "";
    const [closed, open] = answers;
    return place.tell("book_fjord", { name: closed.said, n: open.said });
  }

  /** @param {BookMoment} moment */
  function show(moment) {
    now = moment;
    const prompts = moment.phase === "reveal" ? moment.revealed?.prompts : undefined;
    if (prompts && asked !== prompts.open) {
      [asked, answers] = [prompts.open, null];
      fjord.ask((lm) =>
        bookAsked(lm, prompts, moment.revealed?.town ?? "", (found) => {
          answers = found;
          draw();
        })
      );
    }
    draw();
  }
  return { node, show, stop: fjord.stop };
}

showOnScreens("book", bookOnScreen);
