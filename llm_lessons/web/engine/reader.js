// A text that is read again and again, with little changed: by somebody who types.

import { extend, makeCache, readOn } from "./kv_cache.js";

/** @import { LanguageModel } from "./model.js" */

const PIECE = 8; // tokens, at most, between two moments in which the page may draw

/** Reads with a cache of its own, and reads on where two texts part. */
export class Reader {
  /** @type {number[]} */
  #ids = [];

  /** @param {LanguageModel} lm */
  constructor(lm) {
    this.lm = lm;
    this.cache = makeCache(lm.config, 0);
  }

  /**
   * The scores after a text, [V]; `cache` then holds the text. Yields between pieces.
   * @param {number[]} ids from the start token on, no more than the window holds
   * @returns {Generator<void, Float32Array>}
   */
  *read(ids) {
    const { params, config } = this.lm;
    let done = 0;
    // The last token is read in any case, for its scores.
    const most = Math.min(ids.length - 1, this.#ids.length);
    while (done < most && ids[done] === this.#ids[done]) done += 1;
    // The first pieces are small: a browser is slow with what it has not done before.
    for (let size = 1;; size = Math.min(2 * size, PIECE)) {
      const end = Math.min(done + size, ids.length);
      this.cache.length = done;
      this.#ids = ids.slice(0, end);
      const piece = ids.slice(done, end);
      if (end === ids.length) return extend(params, piece, this.cache, config);
      readOn(params, piece, this.cache, config);
      done = end;
      yield;
    }
  }

  /**
   * Scores after the first tokens of what was read, and some more. What was read
   * behind them is forgotten.
   * @param {number} before how many tokens of it @param {number[]} more one or more
   */
  behind(before, more) {
    const { params, config } = this.lm;
    this.cache.length = before;
    this.#ids = [...this.#ids.slice(0, before), ...more];
    return extend(params, more, this.cache, config);
  }
}
