// A model to talk to in text: configuration, weights and tokenizer together.
//
// Beside `language_model/`: one fixed function from text to next-token scores, and
// the loop around it, in a page that has no kernel.

import { Refusal } from "./refusal.js";
import { silenced, trained, turning } from "./knobs.js";
import { decodeStep, prefill, Reader } from "./kv_cache.js";
import { unpack } from "./parameters.js";
import { coin, sample } from "./sampling.js";
import { FJORD } from "./templates.js";
import { SentencePieceTokenizer } from "./tokenizer.js";

/** @import { Tokenizer, Vocabulary } from "./tokenizer.js" */
/** @import { Head, Weight } from "./knobs.js" */
/** @import { KVCache } from "./kv_cache.js" */
/** @import { ModelConfig, Parameters } from "./parameters.js" */
/** @import { Draw } from "./settings.js" */
/** @import { ChatTemplate } from "./templates.js" */

/**
 * What a page brings along, made by `pages/model_script.py`. `weights`: numbers of
 * `float16` in base64.
 * @typedef {object} Packed
 * @property {string} name @property {ModelConfig} config
 * @property {Vocabulary} vocabulary @property {string} weights
 */
/**
 * How a text goes on; what is left out is as in Python: 40 tokens, the seed 0.
 * @typedef {Partial<Draw> & { maxTokens?: number, seed?: number }} Settings
 */
/**
 * One turn of the loop.
 * @typedef {object} Drawn
 * @property {number} token
 * @property {number} coin from 0 up to, not including, 1
 * @property {number} position how many tokens the model had read
 * @property {Float32Array} logits from which the token was drawn, [V]
 */

export class LanguageModel {
  /**
   * @param {string} name @param {ModelConfig} config
   * @param {Parameters} params @param {Tokenizer} tokenizer
   * @param {ChatTemplate | null} template how it writes down a conversation, if at all
   */
  constructor(name, config, params, tokenizer, template = null) {
    this.name = name;
    this.config = config;
    this.params = params;
    this.tokenizer = tokenizer;
    this.template = template;
  }

  /**
   * The same model with other weights; this one is left as it is.
   * @param {Parameters} params
   */
  withParams(params) {
    const { name, config, tokenizer, template } = this;
    return new LanguageModel(name, config, params, tokenizer, template);
  }

  /**
   * Token ids of a text, behind the start token. A text that is empty, or longer than
   * the model's window, is refused.
   * @param {string} text
   */
  encode(text) {
    if (!text) throw new Refusal("The prompt is empty: write at least one letter.");
    // A token is rarely as long as 64 letters: don't cut up a novel to refuse it.
    const most = 64 * this.config.max_seq_len;
    const { prefix, lead } = this.tokenizer;
    const whole = lead + text;
    const begin = [...whole.slice(0, 2 * most)].slice(0, most).join("");
    const ids = [...prefix, ...this.tokenizer.encode(begin)];
    this.checkLength(ids.length, begin.length < whole.length ? "over " : "");
    return ids;
  }

  /**
   * Refuse a text of so many tokens, or of even more, if it doesn't fit.
   * @param {number} length the prefix counted @param {string} [least]
   */
  checkLength(length, least = "") {
    const size = this.config.max_seq_len;
    if (!least && length <= size) return;
    const [found, most] = [length, size].map((tokens) =>
      (tokens - this.tokenizer.prefix.length).toLocaleString("en")
    );
    throw new Refusal(
      `The prompt is too long: ${least}${found} tokens, and this model reads at ` +
        `most ${most}. Shorten it.`,
    );
  }

  /**
   * What reads texts that are much alike. A page that has this model from a script asks
   * for it here: by the script's own code the products are fast, by the page's not.
   */
  reader() {
    return new Reader(this);
  }

  /**
   * Raw scores for the token after a text.
   * @param {string} text
   * @returns {Float32Array} [V]
   */
  logits(text) {
    const ids = this.encode(text);
    return prefill(this.params, ids, ids.length, this.config).logits;
  }

  /**
   * The model in which these heads add nothing to the stream; this one stays as it is.
   * @param {Head[]} heads
   */
  silenced(heads) {
    return this.withParams(silenced(this.params, heads, this.config));
  }

  /**
   * One knob, to be turned: for a value it gives the scores after the text, [V]. Made
   * for a slider: what does not depend on the weight is worked out once, and both yield
   * between pieces of the work.
   * @param {string} text @param {Weight} weight
   * @returns {Generator<void, (value: number) => Generator<void, Float32Array>>}
   */
  turning(text, weight) {
    return turning(this.params, this.encode(text), weight, this.config);
  }

  /** The weight's value in the model. @param {Weight} weight */
  trained(weight) {
    return trained(this.params, weight, this.config);
  }

  /**
   * Continue a prompt; the prompt and what comes back read as one text. Stops after
   * `maxTokens`, when the model draws a token that ends a text, or when its window is
   * full.
   * @param {string} prompt @param {Settings} [settings]
   */
  generate(prompt, settings) {
    return [...this.stream(prompt, settings)].join("");
  }

  /**
   * `generate`, handing over each piece of text as it is drawn.
   * @param {string} prompt @param {Settings} [settings]
   * @returns {Generator<string, void>}
   */
  *stream(prompt, settings) {
    const drawn = this.drawn(this.encode(prompt), settings);
    for (const piece of this.tokenizer.decodeStream(tokensOf(drawn))) {
      if (piece) yield piece;
    }
  }

  /**
   * The loop: scores, coin, append, again. A token is worked out when it is asked for.
   * The one that ends a text is no part of it; it is what the loop returns.
   * @param {number[]} ids of the text so far @param {Settings} [settings]
   * @param {{ logits: Float32Array, cache: KVCache }} [read] where the text has been
   *   read: the scores behind it, and a cache, which is written anew behind the text
   * @returns {Generator<Drawn, Drawn | undefined>}
   */
  *drawn(ids, settings = {}, read) {
    const { maxTokens = 40, seed = 0, ...draw } = settings;
    const room = Math.min(maxTokens, this.config.max_seq_len - ids.length);
    if (room < 1) return;
    const { params, config } = this;
    let { logits, cache } = read ?? prefill(params, ids, ids.length + room, config);
    cache.length = ids.length;
    for (let left = room; left > 0; left -= 1) {
      const position = cache.length;
      const fell = coin(seed, position);
      const token = sample(logits, fell, draw);
      const turn = { token, coin: fell, position, logits };
      if (this.tokenizer.stops.includes(token)) return turn;
      yield turn;
      if (left > 1) logits = decodeStep(params, token, cache, config);
    }
  }
}

/** @param {Iterable<Drawn>} drawn */
function* tokensOf(drawn) {
  for (const { token } of drawn) yield token;
}

/**
 * The model that a page brings along. Yields between pieces of the work.
 * @param {Packed} packed
 * @returns {Generator<void, LanguageModel>}
 */
export function* open({ name, config, vocabulary, weights }) {
  const tokenizer = new SentencePieceTokenizer(vocabulary);
  yield;
  const params = yield* unpack(weights, config);
  return new LanguageModel(name, config, params, tokenizer, FJORD);
}
