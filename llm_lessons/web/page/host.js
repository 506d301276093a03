// Widgets in a page without a kernel: what anywidget's modules need of a model, made
// from the state that a notebook saves. Setting a trait works. Who answers is the model
// that a script has brought along, if one has.

import { tellPage } from "../lib/answering.js";
import { followEachOther } from "./follow.js";
import { modelsOfPage } from "./models.js";

/** @import { Model, View } from "../lib/widget_model.js" */
/** @import { Shown } from "./models.js" */
/** @typedef {Record<string, unknown>} Traits */
/**
 * A value of several widgets, which stands in a list.
 * @typedef {{ shared: number }} Shared
 */
/** Bytes of a trait, in base64. @typedef {{ path: [string], data: string }} Packed */
/** @typedef {{ state: Traits, buffers?: Packed[] }} Saved */
/** @typedef {{ render(view: View<Traits>): unknown }} Widget */

tellPage();
const coming = modelsOfPage();

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
 * A model, and what was set in it until somebody listens who answers.
 * @param {Saved} saved
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
  return { model, nowHeard };
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

/** @type {Shown[]} */
const shown = [];
/** @type {Map<string, Model<Traits>>} */
const byId = new Map();
const VIEWS = 'script[type="application/vnd.jupyter.widget-view+json"]';
for (const view of document.querySelectorAll(VIEWS)) {
  const saved = models[JSON.parse(view.textContent).model_id];
  if (!saved) continue;
  const [place, own] = [document.createElement("div"), modelOf(saved)];
  view.after(place);
  const widget = await widgetOf(saved.state);
  await widget.render({ model: own.model, el: place });
  shown.push({ ...own, place });
  byId.set(JSON.parse(view.textContent).model_id, own.model);
}
followEachOther(byId);
document.body.dataset.ready = "true";
await coming.answer(shown);
document.body.dataset.answered = "true";
