// What the kernel does for a `Race`: it writes on from a result that somebody changed.
// Beside `widgets/race.py` and `lessons/per_token_compute/written.py`.

import { worker } from "../lib/worker.js";
import { chanceOf, writeOn } from "./writing.js";

/** @import { LanguageModel } from "../engine/model.js" */
/** @import { Model } from "../lib/widget_model.js" */
/** @import { Asked, Problem, Side } from "../widgets/race_words.js" */
/** @import { Traits } from "../widgets/race.js" */

const STEP_RESULT = /= \$?(\d+)\./g; // at the end of a step
const FINAL_ANSWER = /Answer: ([^.\n]*)\./;
const LONGEST_STEPS = 192; // tokens
const CHUNK = 64; // tokens of a prompt are read at once by the notebook's program

/** @param {Model<Traits>} model @param {LanguageModel} lm */
export function answerRace(model, lm) {
  const [reader, work] = [lm.reader(), worker()];
  const sizes = Object.keys(model.get("_costs")).map(Number).sort((a, b) => a - b);

  /**
   * What each token takes that stands behind a prompt, as it was counted in Python.
   * @param {number} before tokens of the prompt @param {number} count
   */
  function costsOf(before, count) {
    const read = Math.ceil(before / CHUNK) * CHUNK;
    return Array.from({ length: count }, (_, token) => {
      const size = sizes.find((slots) => slots > read + token) ??
        sizes[sizes.length - 1];
      return model.get("_costs")[size];
    });
  }

  /**
   * @param {Problem} problem @param {string} begun the steps, up to the new result
   * @returns {Generator<void, Side>}
   */
  function* written({ question, answer: rightAnswer }, begun) {
    const prompt = `${question}\nStep by step:`;
    const way = { maxTokens: LONGEST_STEPS };
    const text = begun + (yield* writeOn(reader, lm.encode(prompt + begun), way));
    const before = lm.encode(prompt).length;
    const tokens = lm.encode(prompt + text).slice(before);
    const answer = FINAL_ANSWER.exec(text)?.[1] ?? "";
    const place = Math.max(text.lastIndexOf(` ${answer}.`), 0);
    const sure = answer
      ? yield* chanceOf(reader, prompt + text.slice(0, place), ` ${answer}.`)
      : 0;
    return {
      pieces: tokens.map((token) => lm.tokenizer.pieces[token]),
      costs: costsOf(before, tokens.length),
      answer,
      right: answer === rightAnswer,
      sure,
    };
  }

  /** @param {Asked} asked */
  function* goOn(asked) {
    const [kind, number, step, result] = asked;
    const problem = model.get("_kinds")[kind][1][number];
    const text = problem.sides[1].pieces.join("");
    const found = [...text.matchAll(STEP_RESULT)][step];
    if (!found) return; // there is no such step
    const start = found.index + found[0].length - `${found[1]}.`.length;
    const side = yield* written(problem, `${text.slice(0, start)}${result}.`);
    model.set("_altered", { asked, side });
  }

  function onAsked() {
    const asked = model.get("_asked");
    if (!asked.length) work.stop(); // back to the race
    else if (String(model.get("_altered").asked) !== String(asked)) {
      work.start(goOn(asked));
    }
  }
  model.on("change:_asked", onAsked);
  onAsked(); // what was asked before the model was there
}
