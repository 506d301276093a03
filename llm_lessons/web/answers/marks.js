// Names for tokens that are no text of their own. Beside `widgets/marks.py`.

/** @import { SentencePieceTokenizer } from "../engine/tokenizer.js" */

const BRACKETED = /^<(.+)>$/s;

/**
 * @param {SentencePieceTokenizer} tokenizer @param {Iterable<number>} tokens their ids
 * @returns {Record<string, string>} token id -> name, of those that have one
 */
export function marks(tokenizer, tokens) {
  /** @type {Record<string, string>} */
  const found = {};
  for (const token of tokens) {
    const piece = tokenizer.pieces[token];
    const bracketed = BRACKETED.exec(piece);
    if (tokenizer.stops.includes(token)) found[token] = "⟨end of text⟩";
    else if (bracketed && tokenizer.decode([token]) !== piece) {
      found[token] = `⟨${bracketed[1]}⟩`;
    }
  }
  return found;
}
