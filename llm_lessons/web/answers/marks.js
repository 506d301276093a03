// Names for tokens that are no text of their own. Beside `widgets/marks.py`.

import { TEXT_ENDS } from "../lib/signs.js";

/** @import { Tokenizer } from "../engine/in_bytes.js" */

const BRACKETED = /^<(.+)>$/su;

/**
 * The name of a token that is no text, or null.
 * @param {Tokenizer} tokenizer @param {number} token
 */
export function markOf(tokenizer, token) {
  if (tokenizer.stops.includes(token)) return TEXT_ENDS;
  const piece = tokenizer.pieces[token];
  const name = BRACKETED.exec(piece)?.[1];
  const isText = name === undefined || tokenizer.decode([token]) === piece;
  return isText ? null : `⟨${name}⟩`;
}
