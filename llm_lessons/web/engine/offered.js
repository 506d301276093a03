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
 * @property {() => LanguageModel} lm
 * @property {(kind: string) => Answer | null} answerOf
 */
/**
 * All of them, by the models' names. A page from a disk loads no modules, only scripts,
 * which share nothing but the page's own names: so this is one of them.
 * @typedef {{ llmLessonsModels?: Record<string, Offer> }} OfThePage
 */
const ofThePage = /** @type {OfThePage} */ (globalThis);

/**
 * @param {string} name @param {() => LanguageModel} open
 * @param {Offer["answerOf"]} answerOf
 */
export function offer(name, open, answerOf) {
  /** @type {LanguageModel | null} */
  let model = null;
  ofThePage.llmLessonsModels ??= {};
  ofThePage.llmLessonsModels[name] = { lm: () => model ??= open(), answerOf };
}

/**
 * The model of this name, or null where no script has brought it along. To open it the
 * first time takes some tenths of a second.
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
