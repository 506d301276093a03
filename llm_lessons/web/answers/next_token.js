// What the kernel does for a `NextToken`: scores for a text, and how words go on.
// Beside `widgets/next_token.py`.

import { sortScores } from "../lib/odds.js";
import { likelyEnding, toldEndings } from "./endings.js";
import { readTyped } from "./typed_text.js";
import { worker } from "../lib/worker.js";

/** @import { LanguageModel } from "../engine/model.js" */
/** @import { Model } from "../lib/widget_model.js" */
/** @import { Traits } from "../widgets/next_token_coin.js" */

const BARS = 12; // tokens that have a bar of their own, as bars.js draws them

/** @param {Model<Traits>} model @param {LanguageModel} lm */
export function answerNextToken(model, lm) {
  const [reader, work] = [lm.reader(), worker()];
  /** @type {Map<string, Record<string, string>>} */
  const known = new Map(); // endings by prompt

  /** @param {string} prompt */
  function* scores(prompt) {
    const logits = yield* reader.read(lm.encode(prompt));
    model.set("_logits", new DataView(logits.slice().buffer));
  }
  function read() {
    const prompt = model.get("prompt");
    work.start(readTyped(model, prompt, scores(prompt)));
  }

  /** @param {string} prompt @param {(logits: Float32Array) => number[]} asked tokens */
  function* tell(prompt, asked) {
    const ids = lm.encode(prompt);
    const logits = yield* reader.read(ids);
    const found = { ...known.get(prompt) };
    for (const token of asked(logits)) {
      found[token] ??= yield* likelyEnding(reader, ids.length, token);
    }
    known.set(prompt, found);
    model.set("_endings", { prompt, of: toldEndings(found) });
  }

  model.on("change:prompt", read);
  model.on("change:_wanted", () => {
    const prompt = model.get("_wanted");
    if (prompt !== null && prompt === model.get("_shown")) {
      work.start(tell(prompt, likeliest));
    }
  });
  model.on("change:drawn", () => {
    const [token, prompt] = [model.get("drawn"), model.get("_shown")];
    if (token === null || prompt === null || known.get(prompt)?.[token] !== undefined) {
      return;
    }
    work.start(tell(prompt, (logits) => [...likeliest(logits), token]));
  });
  // what was typed before the model was there
  if (model.get("prompt") !== model.get("_heard")) read();
}

/** @param {Float32Array} logits */
function likeliest(logits) {
  return [...sortScores(logits).ids.subarray(0, BARS)];
}
