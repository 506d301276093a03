// Models that scripts of a page bring along, each opened when it is first asked for.

/** @import { LanguageModel } from "./model.js" */

/**
 * How to open each, by its name. A page from a disk loads no modules, only scripts,
 * which share nothing but the page's own names: so this is one of them.
 * @typedef {{ llmLessonsModels?: Record<string, () => LanguageModel> }} OfThePage
 */
const ofThePage = /** @type {OfThePage} */ (globalThis);

/**
 * @param {string} name @param {() => LanguageModel} open
 */
export function offer(name, open) {
  /** @type {LanguageModel | null} */
  let model = null;
  ofThePage.llmLessonsModels ??= {};
  ofThePage.llmLessonsModels[name] = () => model ??= open();
}

/**
 * The model of this name, or null where no script has brought it along. To open it the
 * first time takes some tenths of a second.
 * @param {string} name
 */
export function offered(name) {
  return ofThePage.llmLessonsModels?.[name]?.() ?? null;
}
