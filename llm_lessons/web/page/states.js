// What a page has of its widgets, as `pages/page.py` packs it, and what a widget's
// module needs of a model where there is no kernel: traits that can be set and heard.

import { modelOf } from "../lib/traits.js";

/** @import { Model } from "../lib/widget_model.js" */
/** @typedef {Record<string, unknown>} Traits */
/** Bytes within a trait: so many. @typedef {{ path: string[], size: number }} Sized */
/** @typedef {{ state: Traits, buffers: Sized[] }} Saved */
/**
 * The widgets by their ids; values that several of them have; and the bytes of each,
 * with their places in its traits.
 * @typedef {object} States
 * @property {Record<string, Saved>} models @property {unknown[]} values
 * @property {Map<Saved, [string[], DataView][]>} bytesOf
 */

/**
 * @param {string} text base64 of a packed piece: JSON, a zero byte, and all bytes
 * @returns {Promise<States>}
 */
export async function statesOf(text) {
  const packed = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const unpacking = new DecompressionStream("deflate");
  const unpacked = new Blob([packed]).stream().pipeThrough(unpacking);
  const whole = new Uint8Array(await new Response(unpacked).arrayBuffer());
  let at = whole.indexOf(0);
  const json = new TextDecoder().decode(whole.subarray(0, at));
  at += 1;
  const { models, values } = JSON.parse(json);
  const bytesOf = new Map();
  for (const saved of /** @type {Saved[]} */ (Object.values(models))) {
    const bytes = saved.buffers.map(({ path, size }) => {
      at += size;
      return [path, new DataView(whole.slice(at - size, at).buffer)];
    });
    bytesOf.set(saved, bytes);
  }
  return { models, values, bytesOf };
}

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

/**
 * What a widget follows: another one, by its id, in these traits.
 * @typedef {{ widget?: string, traits?: string[] }} Followed
 */

/** @param {Map<string, Model<Traits>>} models all widgets of the page, by their ids */
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
