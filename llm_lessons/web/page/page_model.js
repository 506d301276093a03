// What a widget's module needs of a model, in a page without a kernel: traits that can
// be set and listened to.

/** @import { Model } from "../lib/widget_model.js" */
/** @import { Traits } from "./states.js" */

/**
 * A model, and what was set in it until somebody listens who answers.
 * @param {Traits} traits which are changed
 */
export function modelWith(traits) {
  /** @type {Record<string, (() => void)[]>} */
  const listeners = {};
  /** @type {Set<string> | null} */
  let unheard = new Set();
  /** @param {string} name */
  const tell = (name) => listeners[`change:${name}`]?.forEach((call) => call());
  /** @type {Model<Traits>} */
  const model = {
    get: (name) => traits[name],
    set(name, value) {
      if (traits[name] === value) return;
      traits[name] = value;
      unheard?.add(name);
      tell(name);
    },
    on: (event, call) => (listeners[event] ??= []).push(call),
    save_changes() {},
  };
  function nowHeard() {
    const names = unheard ?? [];
    unheard = null;
    for (const name of names) tell(name);
  }
  return { model, traits, nowHeard };
}
