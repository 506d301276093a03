// A widget's traits on both sides: the widget in the page, and who answers it in a
// worker. What one side sets, the other hears; as in a notebook with its kernel.

import { modelOf } from "../lib/traits.js";

/** @import { Traits } from "../lib/traits.js" */
/** @import { Model } from "../lib/widget_model.js" */
/** @typedef {(name: string, value: unknown) => void} Send */

/**
 * The worker's side: a model of these traits. `hear` sets what the page has set.
 * @param {Traits} traits @param {Send} send
 */
export function mirrored(traits, send) {
  const { model, tell } = modelOf(traits, send);
  /** @type {Send} */
  function hear(name, value) {
    traits[name] = value;
    tell(name);
  }
  return { model, hear };
}

/**
 * The page's side: from now on, these traits of a model are sent. `hear` sets what the
 * worker has set, and sends it not back.
 * @param {Model<Traits>} model @param {string[]} names @param {Send} send
 * @returns {{ hear: Send, stop: () => void }}
 */
export function mirror(model, names, send) {
  let [heard, isOver] = ["", false];
  for (const name of names) {
    model.on(`change:${name}`, () => {
      if (heard !== name && !isOver) send(name, model.get(name));
    });
  }
  /** @type {Send} */
  function hear(name, value) {
    heard = name;
    model.set(name, value);
    heard = "";
  }
  return { hear, stop: () => isOver = true };
}
