// What the kernel does for a `TokenStrip`: cuts a text, with the one vocabulary that a
// page has. Beside `widgets/token_strip.py`.

import { markOf } from "./words.js";

/** @import { LanguageModel } from "../engine/model.js" */
/** @import { Token } from "../lib/joining.js" */
/** @import { Model } from "../lib/widget_model.js" */
/** @import { Row, Traits } from "../widgets/token_strip.js" */

const LONGEST_CUT = 2000; // characters; more chips than that help nobody

/** @param {Model<Traits>} model @param {LanguageModel} lm */
export function answerTokenStrip(model, lm) {
  const { tokenizer } = lm;
  const [stored, storedRows] = [model.get("_heard"), model.get("_rows")];
  if (!storedRows.some(({ name }) => name === model.get("_live"))) return;

  /** @param {string} text */
  function tokensOf(text) {
    return tokenizer.encode(text).map((
      id,
    ) => /** @type {Token} */ ([tokenizer.pieces[id], id, markOf(tokenizer, id)]));
  }
  /** @param {Row} row @param {string} text @param {string} begin of the text */
  function cut(row, text, begin) {
    if (row.missing !== undefined) return row;
    if (row.name === model.get("_live")) return { ...row, tokens: tokensOf(begin) };
    return text === stored ? row : { ...row, of: stored };
  }
  function cutAll() {
    const text = model.get("text");
    const characters = [...text];
    const begin = characters.slice(0, LONGEST_CUT).join("");
    const [size, most] = [characters.length, LONGEST_CUT].map((n) =>
      n.toLocaleString("en")
    );
    const message = `The text has ${size} characters; the first ${most} of them are ` +
      "cut below.";
    model.set("_rows", storedRows.map((row) => cut(row, text, begin)));
    model.set("_heard", text);
    model.set("_message", begin.length < text.length ? message : "");
  }
  model.on("change:text", cutAll);
  if (model.get("text") !== stored) cutAll();
}
