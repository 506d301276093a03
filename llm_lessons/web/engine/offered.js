// Models that scripts of a page bring along, each opened when it is first asked for.

/** @import { Model } from "../lib/widget_model.js" */
/** @import { LanguageModel } from "./model.js" */

/**
 * What listens to a widget's traits, and sets those that a kernel would set. Each knows
 * the traits of one kind of widget.
 * @typedef {(traits: Model<any>, lm: LanguageModel) => void} Answer
 */
/**
 * A model, and how it answers the kinds of widgets.
 * @typedef {object} Offer
 * @property {() => LanguageModel} lm opens it, if need be
 * @property {() => boolean} step a piece of the opening; whether it is open now
 * @property {(kind: string) => Answer | null} answerOf
 */
/**
 * All of them, by the models' names. A page from a disk loads no modules, only scripts,
 * which share nothing but the page's own names: so this is one of them.
 * @typedef {{ llmLessonsModels?: Record<string, Offer> }} OfThePage
 */
const ofThePage = /** @type {OfThePage} */ (globalThis);

/**
 * @param {string} name
 * @param {() => Iterator<void, LanguageModel>} open in pieces
 * @param {Offer["answerOf"]} answerOf
 */
export function offer(name, open, answerOf) {
  let pieces = open();
  /** @type {LanguageModel | null} */
  let model = null;
  function step() {
    if (model) return true;
    try {
      const { done, value } = pieces.next();
      if (done) model = value;
    } catch (trouble) {
      pieces = open(); // whoever asks again hears the same
      throw trouble;
    }
    return model !== null;
  }
  function lm() {
    while (!step());
    return /** @type {LanguageModel} */ (model);
  }
  ofThePage.llmLessonsModels ??= {};
  ofThePage.llmLessonsModels[name] = { lm, step, answerOf };
}

/**
 * Open the model of this name in pieces of some milliseconds; all in one go would take
 * tenths of a second, on a phone seconds.
 * @param {string} name
 * @returns {Generator<void, boolean>} whether a script has brought it along
 */
export function* opening(name) {
  const found = ofThePage.llmLessonsModels?.[name];
  while (found && !found.step()) yield;
  return found !== undefined;
}

/**
 * The model of this name, or null where no script has brought it along; opens it.
 * @param {string} name
 */
export function offered(name) {
  return ofThePage.llmLessonsModels?.[name]?.lm() ?? null;
}

/**
 * Let the model of this name answer a widget, if a script has brought it along and the
 * widget is one of those that a model answers.
 * @param {string} name @param {string} kind of widget, as Python calls it
 * @param {Model<any>} traits
 */
export function letAnswer(name, kind, traits) {
  const found = ofThePage.llmLessonsModels?.[name];
  const answer = found?.answerOf(kind);
  if (!found || !answer) return;
  answer(traits, found.lm());
  traits.set("_in_page", true);
}
