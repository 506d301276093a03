// What a learner made in a toy, kept while its notebook is open in this tab: a cell
// that runs again, or a new kernel, begins with it and not with nothing. And what is
// kept on a device until it is forgotten.

import { element } from "./dom.js";
import { later } from "./timers.js";

/** @import { AskTraits } from "./ask.js" */
/** @import { Model, View } from "./widget_model.js" */
/** @typedef {Record<string, unknown>} Values */

const QUIET_BEFORE_KEEPING = 100; // milliseconds without a change, then it is written

// Where it is kept: to name it alone fails in a browser that keeps nothing.
const inTab = () => sessionStorage;
const inBrowser = () => localStorage;

/** @param {string} place @returns {Values | null} */
function read(place, storage = inTab) {
  try {
    return JSON.parse(storage().getItem(place) ?? "null");
  } catch {
    return null; // a browser that keeps nothing
  }
}

/** @param {string} place @param {Values} values @returns {boolean} is it kept */
function write(place, values, storage = inTab) {
  try {
    storage().setItem(place, JSON.stringify(values));
    return true;
  } catch {
    return false; // there is no room, or nothing is kept: then a toy begins anew
  }
}

/**
 * What is kept in this browser, for all pages that lie at one address.
 * @param {string} place
 */
export const onDevice = (place) => ({
  read: () => read(place, inBrowser),
  /** @param {Values} values @returns {boolean} whether it is kept */
  write: (values) => write(place, values, inBrowser),
  forget() {
    try {
      inBrowser().removeItem(place);
    } catch {
      // nothing is kept here
    }
  },
});

/** @param {Model<Values>} model @param {string[]} names @returns {Values} */
const valuesOf = (model, names) =>
  Object.fromEntries(names.map((name) => [name, model.get(name)]));

/**
 * @param {Model<Values>} model @param {Values} wanted
 * @returns {boolean} whether something was missing
 */
function give(model, wanted) {
  const missing = Object.entries(wanted).filter(([name, value]) =>
    JSON.stringify(model.get(name)) !== JSON.stringify(value)
  );
  for (const [name, value] of missing) model.set(name, value);
  if (missing.length) model.save_changes();
  return missing.length > 0;
}

/**
 * Give the model what was made before. What hangs on a text, such as the flips of its
 * coin, waits until the toy's question about that text was answered, which is asked at
 * a place of the text's name. Where Python takes back what hangs on another choice, it
 * is given once more; but not after the learner's next press.
 * @param {Model<Values>} model @param {Values} made
 */
function restore(model, made) {
  const toy = /** @type {Model<Partial<AskTraits>>} */ (/** @type {unknown} */ (model));
  const isText = (/** @type {[string, unknown]} */ [, value]) =>
    typeof value === "string";
  const texts = Object.fromEntries(Object.entries(made).filter(isText));
  const waits = () =>
    Object.entries(texts).some(([place, text]) =>
      toy.get("_questions")?.[place] &&
      toy.get("_answers")?.[place]?.heard?.[1] !== text
    );
  if (!give(model, waits() ? texts : made)) return;
  let isOver = false;
  const end = () => {
    isOver = true;
  };
  for (const press of ["pointerdown", "keydown"]) {
    globalThis.addEventListener(press, end, { capture: true, once: true });
  }
  model.on("change", () => {
    if (!isOver && !waits() && give(model, made)) end();
  });
}

/** The places of toys that lost what a kernel held. @type {Set<string>} */
const begunAnew = new Set();

/**
 * A widget of anywidget's whose traits `_keeps` are kept at its `_place`. What can't be
 * brought back stands in `_loses`: where something was made of it, a line says so.
 * @template Traits
 * @param {{ render(view: View<Traits>): unknown }} widget
 */
export function kept({ render }) {
  return {
    /** @param {View<Traits>} view */
    initialize(view) {
      const model = /** @type {Model<Values>} */ (/** @type {unknown} */ (view.model));
      const place = String(model.get("_place") ?? "");
      if (!place) return;
      const keeps = /** @type {string[]} */ (model.get("_keeps"));
      const loses = /** @type {string[]} */ (model.get("_loses"));
      const { now: made, lost } = read(place) ?? {};
      const begun = JSON.stringify(valuesOf(model, loses));
      const isLost = typeof lost === "string" && lost !== begun;
      begunAnew[isLost ? "add" : "delete"](place);
      if (isLost) write(place, { now: made ?? valuesOf(model, keeps), lost: begun });
      if (made) restore(model, /** @type {Values} */ (made));
      const writing = later(QUIET_BEFORE_KEEPING, () =>
        write(place, {
          now: valuesOf(model, keeps),
          lost: JSON.stringify(valuesOf(model, loses)),
        }));
      for (const name of [...keeps, ...loses]) {
        model.on(`change:${name}`, writing.start);
      }
    },
    /** @param {View<Traits>} view */
    render(view) {
      const stop = render(view);
      const model = /** @type {Model<Values>} */ (/** @type {unknown} */ (view.model));
      if (begunAnew.has(String(model.get("_place")))) {
        const line = "This began anew when its cell ran again.";
        view.el.prepend(element("p", { class: "ll-widget ll-begun-anew" }, line));
      }
      return stop;
    },
  };
}
