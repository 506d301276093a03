// What the kernel does for an `Effort`: it counts the tokens of a question, and answers
// it. Beside `widgets/effort.py` and `measuring/replies.py`.

import { Refusal } from "../engine/checks.js";
import { firstSentence } from "./replies.js";
import { worker } from "../lib/worker.js";

/** @import { LanguageModel } from "../engine/model.js" */
/** @import { Model } from "../lib/widget_model.js" */
/** @import { Reader } from "../engine/reader.js" */
/** @import { Found, Name, Traits } from "../widgets/effort.js" */

const ASKED = "\nAnswer at once:"; // behind each question, as `Problem` writes it

/** @param {Model<Traits>} model @param {LanguageModel} lm */
export function answerEffort(model, lm) {
  answerQuestion(model, lm, "easy");
  answerQuestion(model, lm, "hard");
}

/** @param {Model<Traits>} model @param {LanguageModel} lm @param {Name} name */
function answerQuestion(model, lm, name) {
  const [reader, work] = [lm.reader(), worker()];
  function* answer() {
    const found = yield* read(reader, model.get(name), model.get(`_${name}`));
    model.set(`_${name}`, found);
  }
  function onChange() {
    if (model.get(`_${name}`).of === model.get(name)) work.stop(); // back to it
    else work.start(answer());
  }
  model.on(`change:${name}`, onChange);
  onChange(); // what was asked before the model was there
}

/**
 * @param {Reader} reader @param {string} question
 * @param {Found} last which stays where the text is refused
 * @returns {Generator<void, Found>}
 */
function* read(reader, question, last) {
  try {
    const prompt = question + ASKED;
    const tokens = reader.lm.encode(prompt).length;
    const { text: answer, chance } = yield* firstSentence(reader, prompt);
    return { of: question, why: "", tokens, answer, chance };
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    return { ...last, of: question, why: refusal.message };
  }
}
