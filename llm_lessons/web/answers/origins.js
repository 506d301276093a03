// Where texts came from: known by a script that lies beside that of the model, and is
// loaded when somebody asks. Beside `origins` of `widgets/questions.py`.

import { Refusal } from "../engine/refusal.js";
import { originOf, readingOf } from "../engine/origins.js";
import { scriptsOfModels } from "../lib/answering.js";

/** @import { Reader } from "../engine/kv_cache.js" */
/** @import { PackedReading, Part } from "../engine/origins.js" */
/** @import { Asked, Origins } from "../lib/origins.js" */
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

/** @param {string} name of the model */
function readingFor(name) {
  const packed = packedFor(name);
  try {
    if (!packed) throw new Error("its script did not come");
    const reading = opened.get(name) ?? readingOf(packed);
    opened.set(name, reading);
    return { reading, errors: packed.errors };
  } catch {
    throw new Refusal(`Its file, ${FILE}, is missing beside this page, or damaged.`);
  }
}

/**
 * @param {Reader} reader @param {Asked[]} asked
 * @returns {Generator<unknown, Origins>}
 */
export function* origins({ lm: { name, tokenizer } }, asked) {
  if (!packedFor(name)) yield loaded(name);
  const { reading, errors } = readingFor(name);
  yield;
  /** @type {Part[][]} */
  const texts = [];
  for (const [before, text] of asked) {
    texts.push(originOf(tokenizer, reading, before, text));
    yield;
  }
  return { texts, pages: [], errors };
}
