// What the kernel does for a `MemoryExplorer`: asks the model about a person whose
// answers are not kept. Nobody searches for it. Beside `widgets/memory_explorer.py`.

import { firstSentence } from "./replies.js";
import { worker } from "../lib/worker.js";
import { chanceOf } from "./writing.js";

/** @import { LanguageModel } from "../engine/model.js" */
/** @import { Model } from "../lib/widget_model.js" */
/** @import { Answers, Fact, Traits } from "../widgets/memory_explorer.js" */

/** @type {(keyof Answers)[]} */
const WAYS_OF_ASKING = ["asked", "begun"];

/** @param {Model<Traits>} model @param {LanguageModel} lm */
export function answerMemoryExplorer(model, lm) {
  const [reader, work] = [lm.reader(), worker()];
  const places = new Map(model.get("_people").map(([name], i) => [name, i]));

  /** @param {keyof Answers} way @param {string} person */
  function* rowsOf(way, person) {
    const values = model.get("_values")[places.get(person) ?? -1] ?? [];
    /** @type {Fact[]} */
    const rows = [];
    for (const [i, value] of values.entries()) {
      const [prompt, asked] = model.get("_prompts")[way][i].map((text) =>
        text.replaceAll("{name}", () => person)
      );
      const { text, chance } = yield* firstSentence(reader, prompt);
      const right = yield* chanceOf(reader, prompt, ` ${value}.`);
      rows.push([asked, text, chance, value, right]);
    }
    return rows;
  }

  /** @param {string} person */
  function* ask(person) {
    // First what is in sight.
    const ways = model.get("ask") ? WAYS_OF_ASKING : [...WAYS_OF_ASKING].reverse();
    /** @type {Partial<Answers>} */
    const found = {};
    for (const way of ways) {
      found[way] = yield* rowsOf(way, person);
      model.set("_answer", { person, ...found });
    }
  }

  model.on("change:person", () => {
    const person = model.get("person");
    if (model.get("_kept_answers")[person]) work.stop();
    else work.start(ask(person));
  });
}
