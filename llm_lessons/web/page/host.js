// Widgets in a page without a kernel: what anywidget's modules need of a model, made
// from the state that a notebook saves. Setting a trait works. Who answers is the model
// that a script has brought along, if one has.

import { letAnswer } from "../engine/offered.js";

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
 * Traits that are those of another widget, whenever they change there: in a notebook
 * Python passes them on.
 * @param {Model<Traits>} model
 */
function follow(model) {
  /** @type {{ widget?: string, traits?: string[] }} */
  const { widget = "", traits = [] } = model.get("_follows") ?? {};
  const other = shown.get(widget);
  for (const name of traits) {
    other?.on(`change:${name}`, () => model.set(name, other.get(name)));
  }
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

/**
 * By their ids.
 * @type {Map<string, Model<Traits>>}
 */
const shown = new Map();
const VIEWS = 'script[type="application/vnd.jupyter.widget-view+json"]';
for (const view of document.querySelectorAll(VIEWS)) {
  const id = JSON.parse(view.textContent).model_id;
  const saved = models[id];
  if (!saved) continue;
  const traits = shown.get(id) ?? modelOf(saved);
  const place = document.createElement("div");
  view.after(place);
  const widget = await widgetOf(saved.state);
  await widget.render({ model: traits, el: place });
  shown.set(id, traits);
}
for (const traits of shown.values()) follow(traits);
document.body.dataset.ready = "true";
// To open a language model takes a moment; before that, the page is drawn.
setTimeout(() => {
  for (const traits of shown.values()) {
    const kind = String(traits.get("_anywidget_id")).split(".").at(-1) ?? "";
    letAnswer(String(traits.get("_lm_name")), kind, traits);
  }
  document.body.dataset.answered = "true";
});
