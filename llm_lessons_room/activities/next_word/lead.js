// What the leader gets of the next word: words that wait, and what goes home.

import { giveLeaders } from "../../web/kinds.js";
import { inOrder } from "../../web/results.js";

/** @import { Tell } from "../../web/words.js" */

const WORDS_SHOWN = 8; // of those that the leader has shown
const LONGEST_WORD = 16; // letters

/** @param {{ words: [string, number][] }} tally @param {Tell} tell */
function wordsInPicture({ words }, tell) {
  const told = words.slice(0, WORDS_SHOWN).map(([word]) => {
    const letters = [...word];
    const isLong = letters.length > LONGEST_WORD;
    return isLong ? `${letters.slice(0, LONGEST_WORD).join("")}…` : word;
  });
  return told.length ? tell("results_words", { name: told.join(", ") }) : "";
}

giveLeaders("next_word", {
  lines: ({ tally }) => inOrder(Object.fromEntries(tally.words)),
  told: wordsInPicture,
  isWords: true,
});
