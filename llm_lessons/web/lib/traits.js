// Traits where there is no kernel, and who listens to them: the widget in the page, and
// perhaps who answers it in a worker. What one side sets, the other hears; as in a
// notebook with its kernel.

/** @import { Model } from "./widget_model.js" */
/** By their names. @typedef {Record<string, unknown>} Traits */
/** @typedef {(name: string, value: unknown) => void} Send */

/**
 * A model of these traits, which are changed. `tell` calls who listens to one.
 * @param {Traits} traits @param {Send} onSet hears what is set, before who listens
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
