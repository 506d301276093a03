// The toys that a page adds once the real model is there: with which traits each of
// them begins. Beside the classes of `widgets/`, whose traits have the same names.

import { namesOf } from "../answers/words.js";
import { OWN_ODDS } from "../engine/settings.js";

/** @import { LanguageModel } from "../engine/model.js" */
/** @import { Traits } from "../lib/traits.js" */
/**
 * What `pages/real_part.py` says of a toy: the name of its Python class, and the text
 * that it begins with. `follows`: see `followEachOther`.
 * @typedef {{ kind: string, text: string,
 *   follows?: { widget: string, traits: string[] } }} Toy
 */

const LONGEST_ANSWER = 80; // tokens, as in `widgets/chat_box.py`
const BARS_OF_A_RUN = 5; // as in `widgets/two_runs.py`
const DRAFTS = 8; // texts at a press; a large model takes its time

/**
 * By the names of the Python classes.
 * @type {Record<string, (toy: Toy, lm: LanguageModel) => Traits>}
 */
const FIRST_TRAITS = {
  NextToken: ({ text: prompt }, lm) => ({
    ...{ prompt, ...OWN_ODDS, drawn: null, flips: [] },
    _pieces: lm.tokenizer.pieces,
    _marks: namesOf(lm, lm.tokenizer.pieces.keys()).marks,
    _questions: { prompt: ["scores", prompt] },
  }),
  Continuations: ({ text: prompt }) => ({
    ...{ prompt, ...OWN_ODDS, draws: [], _message: "" },
    ...{ _count: DRAFTS, _asked: 0, _answered: 0, _has_origins: false },
  }),
  TwoRuns: ({ text: prompt }, lm) => ({
    ...{ prompt, flips: 0, same_coins: false, _first: 0, _seed: 0, _pair: 0 },
    ...{ _size: lm.tokenizer.vocabSize, _bars: BARS_OF_A_RUN, _has_origins: false },
    _questions: { prompt: ["runs", prompt, 0] },
  }),
  TokenStrip: ({ text }, { name, tokenizer }) => ({
    ...{ text, _heard: "", _message: "", _live: name },
    _rows: [{ name, size: tokenizer.vocabSize, tokens: [] }],
  }),
  ChatBox: () => ({
    ...{ messages: [], search: false, read: "", raw: "", _can_search: false },
    ...{ _longest: LONGEST_ANSWER, _heard: [], _message: "", _seed: 0, _found: {} },
    _has_origins: false,
  }),
};

/** @param {Toy} toy @param {LanguageModel} lm @returns {Traits} */
export function firstTraits(toy, lm) {
  const { kind, follows = {} } = toy;
  return {
    ...{ temperature: 1, _follows: follows, _in_page: true },
    ...{ _questions: {}, _answers: {} },
    ...FIRST_TRAITS[kind](toy, lm),
    _lm_name: lm.name,
    _anywidget_id: kind,
  };
}
