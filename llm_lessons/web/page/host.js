// Widgets in a page without a kernel: what anywidget's modules need of a model, made
// from the state that a notebook saves. Setting a trait works. Who answers is the model
// that a script has brought along, if one has.

import { letAnswer } from "../engine/offered.js";
import { followEachOther } from "./follow.js";

/** @import { Model, View } from "../lib/widget_model.js" */
/** @typedef {Record<string, unknown>} Traits */
/**
 * A value of several widgets, which stands in a list.
 * @typedef {{ shared: number }} Shared
 */
/** Bytes of a trait, in base64. @typedef {{ path: [string], data: string }} Packed */
/** @typedef {{ state: Traits, buffers?: Packed[] }} Saved */
/** @typedef {{ render(view: View<Traits>): unknown }} Widget */

/** @param {string} selector */
const textOf = (selector) => document.querySelector(selector)?.textContent ?? "";

/** @type {{ models: Record<string, Saved>, values: unknown[] }} */
const { models, values } = JSON.parse(textOf("#states"));

/** @param {unknown} value */
function whole(value) {
  const { shared } = /** @type {Partial<Shared>} */ (value ?? {});
  return typeof shared === "number" ? values[shared] : value;
}

/**
 * @param {Saved} saved
 * @returns {Model<Traits>}
 */
function modelOf({ state, buffers = [] }) {
  /** @type {Traits} */
  const traits = {};
  for (const [name, value] of Object.entries(state)) traits[name] = whole(value);
  for (const { path, data } of buffers) {
    const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
    traits[path[0]] = new DataView(bytes.buffer);
  }
  /** @type {Record<string, (() => void)[]>} */
  const listeners = {};
  return {
    get: (name) => traits[name],
    set(name, value) {
      if (traits[name] === value) return;
      traits[name] = value;
      for (const call of listeners[`change:${name}`] ?? []) call();
    },
    on: (event, call) => (listeners[event] ??= []).push(call),
    save_changes() {},
  };
}

/**
 * One module and one stylesheet for all widgets of a kind.
 * @type {Map<string, Widget>}
 */
const widgets = new Map();

/** @param {Traits} state */
async function widgetOf({ _esm, _css }) {
  const [script, look] = [String(whole(_esm)), String(whole(_css))];
  const known = widgets.get(script);
  if (known) return known;
  const style = document.createElement("style");
  style.textContent = look;
  document.head.append(style);
  const blob = new Blob([script], { type: "text/javascript" });
  const { default: widget } = await import(URL.createObjectURL(blob));
  widgets.set(script, widget);
  return widget;
}

/** @type {Model<Traits>[]} */
const shown = [];
/** @type {Map<string, Model<Traits>>} */
const byId = new Map();
const VIEWS = 'script[type="application/vnd.jupyter.widget-view+json"]';
for (const view of document.querySelectorAll(VIEWS)) {
  const saved = models[JSON.parse(view.textContent).model_id];
  if (!saved) continue;
  const [place, traits] = [document.createElement("div"), modelOf(saved)];
  view.after(place);
  const widget = await widgetOf(saved.state);
  await widget.render({ model: traits, el: place });
  shown.push(traits);
  byId.set(JSON.parse(view.textContent).model_id, traits);
}
followEachOther(byId);
document.body.dataset.ready = "true";
// To open a language model takes a moment; before that, the page is drawn.
setTimeout(() => {
  for (const traits of shown) {
    const kind = String(traits.get("_anywidget_id")).split(".").at(-1) ?? "";
    letAnswer(String(traits.get("_lm_name")), kind, traits);
  }
  document.body.dataset.answered = "true";
});
