// What the kernel does for a widget whose texts may be asked where they came from: here
// from a script that lies beside that of the model, and is loaded when somebody asks.
// Beside `widgets/base.py`.

import { originOf, readingOf } from "../engine/origins.js";
import { scriptsOfModels } from "../lib/answering.js";
import { worker } from "../lib/worker.js";

/** @import { LanguageModel } from "../engine/model.js" */
/** @import { PackedReading, Part } from "../engine/origins.js" */
/** @import { OriginTraits } from "../lib/origins.js" */
/** @import { Model } from "../lib/widget_model.js" */
/** @typedef {ReturnType<typeof readingOf>} Reading */
/** By the names of models. */
/** @typedef {{ llmLessonsReadings?: Record<string, PackedReading> }} ReadingsOfPage */

const FILE = "fjordby.js";
/** @type {Map<string, Reading>} */
const opened = new Map();

/** What scripts have brought along for the model of this name. @param {string} name */
const packedFor = (name) =>
  /** @type {ReadingsOfPage} */ (globalThis).llmLessonsReadings?.[name];

/**
 * Load the script that lies beside the model's; resolves whether or not it came.
 * @param {string} name
 */
function loaded(name) {
  const beside = scriptsOfModels().get(name);
  if (!beside) return Promise.resolve();
  const script = document.createElement("script");
  script.src = new URL(FILE, beside.src).href;
  return new Promise((done) => {
    for (const event of ["load", "error"]) {
      script.addEventListener(event, () => {
        script.remove();
        done(undefined);
      });
    }
    document.head.append(script);
  });
}

/** @param {Model<OriginTraits>} model @param {LanguageModel} lm */
export function answerOrigins(model, lm) {
  const work = worker();

  function* tell() {
    const asked = model.get("_origins_asked");
    const packed = packedFor(lm.name);
    try {
      if (!packed) throw new Error("its script did not come");
      const reading = opened.get(lm.name) ?? readingOf(packed);
      opened.set(lm.name, reading);
      yield;
      /** @type {Part[][]} */
      const texts = [];
      for (const [before, text] of asked) {
        texts.push(originOf(lm.tokenizer, reading, before, text));
        yield;
      }
      model.set("_origins", { asked, texts, pages: [], errors: packed.errors });
    } catch {
      const message = `Its file, ${FILE}, is missing beside this page, or damaged.`;
      model.set("_origins", { asked, texts: [], pages: [], message });
    }
  }
  async function answer() {
    if (!model.get("_origins_asked").length) return;
    if (!packedFor(lm.name)) await loaded(lm.name);
    work.start(tell());
  }
  model.on("change:_origins_asked", answer);
  answer();
}
