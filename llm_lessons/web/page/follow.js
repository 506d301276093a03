// Traits of a widget that are those of another one: in a notebook Python passes them
// on, in a page this does.

/** @import { Model } from "../lib/widget_model.js" */

/**
 * What a widget follows: another one, by its id, in these traits.
 * @typedef {{ widget?: string, traits?: string[] }} Followed
 */
/** @typedef {Model<Record<string, unknown>>} Traits */

/** @param {Map<string, Traits>} models all widgets of the page, by their ids */
export function followEachOther(models) {
  for (const model of models.values()) {
    /** @type {Followed} */
    const { widget = "", traits = [] } = model.get("_follows") ?? {};
    const other = models.get(widget);
    for (const name of traits) {
      other?.on(`change:${name}`, () => model.set(name, other.get(name)));
    }
  }
}
