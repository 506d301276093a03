// Traits where there is no kernel, and who listens to them.

/** @import { Model } from "./widget_model.js" */
/** By their names. @typedef {Record<string, unknown>} Traits */

/**
 * A model of these traits, which are changed. `tell` calls who listens to one.
 * @param {Traits} traits @param {(name: string, value: unknown) => void} onSet hears
 *   what is set in the model, before who listens
 */
export function modelOf(traits, onSet) {
  /** @type {Record<string, (() => void)[]>} */
  const listeners = {};
  /** @param {string} name */
  const tell = (name) =>
    [`change:${name}`, "change"].forEach((event) =>
      listeners[event]?.forEach((call) => call())
    );
  /** @type {Model<Traits>} */
  const model = {
    get: (name) => traits[name],
    set(name, value) {
      if (traits[name] === value) return;
      traits[name] = value;
      onSet(name, value);
      tell(name);
    },
    on: (event, call) => (listeners[event] ??= []).push(call),
    save_changes() {},
  };
  return { model, tell };
}
