// What the kernel does for an `OpenBook`: it answers below notes of the learner's own.
// Beside `widgets/open_book.py` and `measuring/replies.py`.

import { Refusal } from "../engine/checks.js";
import { pageOf } from "../widgets/open_book_page.js";
import { firstSentence } from "./replies.js";
import { worker } from "../lib/worker.js";

/** @import { LanguageModel } from "../engine/model.js" */
/** @import { Model } from "../lib/widget_model.js" */
/** @import { Traits } from "../widgets/open_book_page.js" */
/** @import { Reply } from "../widgets/open_book_verdicts.js" */

/** @type {(keyof Traits & string)[]} */
const ASKED_BY = ["person", "others", "conflict", "label", "note"];

/** @param {Model<Traits>} model @param {LanguageModel} lm */
export function answerOpenBook(model, lm) {
  const [reader, work] = [lm.reader(), worker()];

  /** @param {string} prompt */
  function* ask(prompt) {
    /** @type {Reply} */
    let found;
    try {
      const { text, chance } = yield* firstSentence(reader, prompt);
      found = [text, chance];
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      found = [refusal.message, null]; // one sentence for the learner
    }
    model.set("_replies", { ...model.get("_replies"), [prompt]: found });
  }

  function onChange() {
    const { prompt } = pageOf(model);
    if (!model.get("_replies")[prompt]) work.start(ask(prompt));
  }
  for (const name of ASKED_BY) model.on(`change:${name}`, onChange);
  onChange(); // what was asked before the model was there
}
