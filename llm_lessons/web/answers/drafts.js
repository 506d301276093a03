// A short text that ends at a word. Beside `lessons/temperature/drafts.py`.

/** @import { KVCache } from "../engine/kv_cache.js" */
/** @import { LanguageModel, Settings } from "../engine/model.js" */

const BROKEN_WORD = /\S*[\p{L}\p{N}_]\ufffd*$/u; // letters as Python's \w knows them

/**
 * What is drawn behind a text that has been read, up to the end of a word, and whether
 * it was cut off there; otherwise the model has ended it. Yields between tokens.
 * @param {LanguageModel} lm @param {number[]} ids of the text
 * @param {Settings & { maxTokens: number }} settings
 * @param {{ logits: Float32Array, cache: KVCache }} read as `lm.drawn` takes it
 * @returns {Generator<void, [string, boolean]>}
 */
export function* draft(lm, ids, settings, read) {
  const limit = Math.min(settings.maxTokens, lm.config.max_seq_len - ids.length);
  const row = [];
  for (const { token } of lm.drawn(ids, settings, read)) {
    row.push(token);
    yield;
  }
  const [text, isCut] = [lm.tokenizer.decode(row), row.length === limit];
  return [isCut ? toWholeWords(text) : text, isCut];
}

/**
 * A text that was cut off, without what may be only the beginning of a word. A text of
 * a single word is left as it is.
 * @param {string} text
 */
export function toWholeWords(text) {
  return text.replace(BROKEN_WORD, "").replace(/ +$/, "") || text;
}
