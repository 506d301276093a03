// What the kernel does for `Continuations`: many texts behind one prompt, each with
// coins of its own. Beside `widgets/continuations.py`.

import { drawOf } from "../lib/draw_sliders.js";
import { worker } from "../lib/worker.js";
import { answerQuestions } from "./questions.js";
import { draft } from "./texts.js";
import { sentenceOf } from "./words.js";

/** @import { LanguageModel } from "../engine/model.js" */
/** @import { Model } from "../lib/widget_model.js" */
/** @import { Text, Traits } from "../widgets/continuations.js" */

const DRAFT_TOKENS = 20;
const KEPT_DRAWS = 4; // that stand side by side

/** @param {Model<Traits>} model @param {LanguageModel} lm */
export function answerContinuations(model, lm) {
  const [reader, work] = [lm.reader(), worker()];

  function* draw() {
    const [asked, prompt] = [model.get("_asked"), model.get("prompt")];
    const how = drawOf(model);
    const before = model.get("draws").slice(0, KEPT_DRAWS - 1);
    const [count, maxTokens] = [model.get("_count"), DRAFT_TOKENS];
    model.set("_message", "");
    try {
      const ids = lm.encode(prompt);
      // Read once; each text is written behind it anew.
      const read = { logits: yield* reader.read(ids), cache: reader.cache };
      /** @type {Text[]} */
      const texts = [];
      for (let seed = asked * count; texts.length < count; seed += 1) {
        const settings = { ...how, maxTokens, seed };
        texts.push(yield* draft(lm, ids, settings, read));
        model.set("draws", [{ prompt, ...how, texts: [...texts] }, ...before]);
      }
    } catch (refusal) {
      model.set("_message", sentenceOf(refusal));
    }
    model.set("_answered", asked);
  }

  const start = () => work.start(draw());
  answerQuestions(model, lm);
  model.on("change:_asked", start);
  if (model.get("_asked") !== model.get("_answered")) start();
}
