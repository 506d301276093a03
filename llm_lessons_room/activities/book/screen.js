// Book closed, book open, on the screen: how many were right without and with the note,
// beside what the class model gives the right town without and with it.

import { chanceOf, firstSentence } from "../../../llm_lessons/web/answers/texts.js";
import { element, setText } from "../../../llm_lessons/web/lib/dom.js";
import { registerScreen } from "../../web/kinds.js";
import { useFjord } from "../../web/parts/fjord.js";
import { questionOnScreen } from "../../web/parts/question_screen.js";
import { rightOf, shareWithin } from "../../web/parts/right_share.js";
import { screenStage, wholePercent } from "../../web/parts/stage.js";
import { twinBars } from "../../web/parts/twin_bars.js";
import "./screen.css" with { type: "text" };

/** @import { LanguageModel } from "../../../llm_lessons/web/engine/model.js" */
/** @import { Context } from "../../web/moment.js" */
/** @import { Question, QuestionHidden } from "../../web/parts/question_phone.js" */
/** @import { QuestionMoment } from "../../web/parts/question_phone.js" */
/**
 * `prompts`: what the class model is asked without and with the note. `town` would be
 * right.
 * @typedef {{ closed: string, open: string }} BookPrompts
 * @typedef {QuestionHidden & { town: string, prompts: BookPrompts }} BookHidden
 * @typedef {QuestionMoment<BookHidden>} BookMoment
 */
/**
 * What the model says, and its chance for what is right: without the note and with it.
 * @typedef {{ sentence: string, chance: number }[]} BookAnswers
 */

/**
 * Yields between tokens.
 * @param {LanguageModel} lm @param {BookPrompts} prompts @param {string} right a town
 * @param {(answers: BookAnswers) => void} onResult
 * @returns {Generator<void, void>}
 */
export function* askBook(lm, { closed, open }, right, onResult) {
  const reader = lm.reader();
  /** @type {BookAnswers} */
  const answers = [];
  for (const prompt of [closed, open]) {
    const { text } = yield* firstSentence(reader, prompt);
    const chance = yield* chanceOf(reader, prompt, ` ${right}.`);
    answers.push({ sentence: text, chance });
  }
  onResult(answers);
}

/** @param {Context} context */
export function bookOnScreen(context) {
  const { tell } = context;
  const bars = twinBars(tell("book_caption"));
  const sentence = element("p");
  const solution = screenStage("book", bars.node, sentence);
  const question = questionOnScreen(context, bookHint, solution);
  const fjord = useFjord(context, draw);
  /** @type {BookMoment | null} */
  let now = null;
  /** @type {BookAnswers | null} */
  let answers = null;
  let asked = "";

  function draw() {
    const { revealed, tally } = now ?? {};
    if (!revealed || !tally?.before) return;
    const [without, withNote] = tally.halves ?? [];
    const rows = [
      { key: "book_row_closed", right: rightOf(tally.before), fjord: answers?.[0] },
      { key: "book_row_without", right: without, fjord: answers?.[0] },
      { key: "book_row_with", right: withNote, fjord: answers?.[1] },
    ];
    const twins = rows.map(({ key, right, fjord: own }) => {
      const { right: n, asked: m } = right;
      return {
        name: tell(key),
        odd: own?.chance ?? null,
        oddText: own ? wholePercent(own.chance) : "",
        share: m ? n / m : null,
        shareText: m ? tell("n_of_m", { n, m }) : "–",
        parts: n,
        within: m ? shareWithin(right) : undefined,
      };
    });
    bars.update([answers ? tell("fjord") : "", tell("room")], twins, 1);
    setText(sentence, answersInWords());
  }

  function answersInWords() {
    if (fjord.state() === "missing") return tell("fjord_missing");
    if (!answers) return "";
    const [closed, open] = answers;
    return tell("book_fjord", { name: closed.sentence, n: open.sentence });
  }

  /** @param {BookMoment} moment */
  function show(moment) {
    now = moment;
    question.show(moment);
    const { prompts, town } = moment.revealed ?? {};
    if (prompts && town && asked !== prompts.open) {
      [asked, answers] = [prompts.open, null];
      fjord.ask((lm) =>
        askBook(lm, prompts, town, (onResult) => {
          answers = onResult;
          draw();
        })
      );
    }
    draw();
  }
  return { node: question.node, show, stop: fjord.stop };
}

/** @param {QuestionMoment} moment */
function bookHint({ phase, round }) {
  if (phase === "shown") return "book_votes";
  return round < 2 ? "book_screen_closed" : "book_screen_open";
}

registerScreen("book", bookOnScreen);
