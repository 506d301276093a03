// The toys of a page that the real model answers: those that the page has already, and
// those that come once it is open. Each is tied to its likeness in the worker.

import { mirror } from "../lib/traits.js";
import { followEachOther } from "./states.js";
import { kindOf } from "./models.js";

/** @import { Model } from "../lib/widget_model.js" */
/** @import { News, Wish } from "../real/desk.js" */
/** @import { Toy } from "../real/first_traits.js" */
/** @import { Shown } from "./models.js" */
/** @import { Traits } from "./states.js" */
/**
 * The toys that come, by their ids, and what draws one with these traits, or one of the
 * page's own once more. `stop`: it waits for nothing any more.
 * @typedef {object} ToCome
 * @property {Map<string, Toy>} toys
 * @property {(id: string, traits: Traits, place: HTMLElement) =>
 *   Promise<{ model: Model<Traits>, stop: () => void }>} draw
 */

/**
 * @param {HTMLElement} place below which toys come @param {Shown[]} own of the page
 * @param {ToCome} toCome @param {(wish: Wish) => void} send
 */
export function toysAt(place, own, { toys, draw }, send) {
  /** @type {Map<string, ReturnType<typeof mirror>>} */
  const mirrors = new Map();
  /** @type {Map<string, HTMLElement>} */
  const places = new Map();
  /** @type {Map<string, Model<Traits>>} */
  const drawn = new Map();
  /** @type {(() => void)[]} */
  const stops = [];

  /** @param {string} id @param {Model<Traits>} model @param {Traits} traits */
  function tie(id, model, traits) {
    /** @param {string} name @param {unknown} value */
    const sendOn = (name, value) => send({ kind: "set", id, name, value });
    mirrors.set(id, mirror(model, Object.keys(traits), sendOn));
  }
  /** @param {Shown} shown */
  function answerOwn({ id, model, traits: all, nowHeard }) {
    const { _esm, _css, ...traits } = all;
    tie(id, model, traits);
    send({ kind: "answer", id, of: kindOf(model), traits });
    nowHeard();
  }
  /** @param {string} id @param {Toy} toy */
  function ask(id, toy) {
    const one = document.createElement("div");
    places.set(id, one);
    place.append(one);
    send({ kind: "toy", id, toy });
  }
  /** @returns {boolean} whether there is nothing to wait for */
  function open() {
    for (const shown of own) answerOwn(shown);
    for (const [id, toy] of toys) ask(id, toy);
    return places.size === 0;
  }
  /**
   * @param {string} id @param {Traits} traits
   * @returns {Promise<boolean>} whether all have come now
   */
  async function come(id, traits) {
    const here = places.get(id);
    if (!here) return false;
    const { model, stop } = await draw(id, traits, here);
    if (!places.has(id)) {
      stop(); // closed meanwhile
      return false;
    }
    stops.push(stop);
    tie(id, model, traits);
    drawn.set(id, model);
    const isWhole = drawn.size === places.size;
    if (isWhole) followEachOther(drawn);
    return isWhole;
  }
  /** @param {News & { kind: "set" }} news */
  const hear = ({ id, name, value }) => mirrors.get(id)?.hear(name, value);
  /** The toys that came go, and the page's own ones stay as they are. */
  function end() {
    for (const one of mirrors.values()) one.stop();
    for (const { id, model } of own) if (mirrors.has(id)) model.set("_in_page", false);
    for (const one of places.values()) one.remove();
    places.clear();
    for (const stop of stops) stop();
  }
  return { open, come, hear, end };
}
