// What a widget's module needs of a model, in a page without a kernel: traits that can
// be set and listened to.

import { modelOf } from "../lib/traits.js";

/** @import { Traits } from "./states.js" */

/**
 * A model, and what was set in it until somebody listens who answers.
 * @param {Traits} traits which are changed
 */
export function modelWith(traits) {
  /** @type {Set<string> | null} */
  let unheard = new Set();
  const { model, tell } = modelOf(traits, (name) => unheard?.add(name));
  function nowHeard() {
    const names = unheard ?? [];
    unheard = null;
    for (const name of names) tell(name);
  }
  return { model, traits, nowHeard };
}
