// Widgets in a page without a kernel: what anywidget's modules need of a model, made
// from the state that a notebook saves. Setting a trait works. Who answers is the model
// that a script has brought along, if one has.

import { tellPage } from "../lib/answering.js";
import { isFolded, tendFolds } from "./folds.js";
import { followEachOther, modelWith, statesOf } from "./states.js";
import { modelsOfPage } from "./models.js";
import { tendRealPart } from "./real_part.js";
import { tendLinks } from "./share.js";
import { tendTitleKnob } from "./title_knob.js";
import { tellValues } from "./values.js";

/** @import { Model, View } from "../lib/widget_model.js" */
/** @import { Toy } from "../real/first_traits.js" */
/** @import { Shown } from "./models.js" */
/** @import { Saved, Traits } from "./states.js" */
/**
 * A value of several widgets, which stands in a list.
 * @typedef {{ shared: number }} Shared
 */
/** @typedef {{ render(view: View<Traits>): unknown }} Widget */

tellPage();
const coming = modelsOfPage();

/** @param {string} selector */
const textOf = (selector) => document.querySelector(selector)?.textContent ?? "";

const { models, values, bytesOf } = await statesOf(textOf("#states"));

/** @param {unknown} value */
function inFull(value) {
  const { shared } = /** @type {Partial<Shared>} */ (value ?? {});
  return typeof shared === "number" ? values[shared] : value;
}

/** @param {Saved} saved */
function traitsOf(saved) {
  /** @type {Traits} */
  const traits = {};
  for (const [name, value] of Object.entries(saved.state)) traits[name] = inFull(value);
  for (const [path, bytes] of bytesOf.get(saved) ?? []) {
    const [first, ...inner] = path;
    // what several widgets have stays as it is
    if (inner.length) traits[first] = structuredClone(traits[first]);
    let at = traits;
    for (const name of path.slice(0, -1)) at = /** @type {Traits} */ (at[name]);
    at[path[path.length - 1]] = bytes;
  }
  return traits;
}

/**
 * One module and one stylesheet for all widgets of a kind.
 * @type {Map<string, Widget>}
 */
const widgets = new Map();

/** @param {Traits} traits */
async function widgetOf({ _esm, _css }) {
  const [script, look] = [String(_esm), String(_css)];
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

const VIEWS = 'script[type="application/vnd.jupyter.widget-view+json"]';
/** @type {Shown[]} */
const all = [];
/** @type {Map<string, Model<Traits>>} */
const byId = new Map();
/** @type {Set<Shown>} */
const waiting = new Set();
for (const view of document.querySelectorAll(VIEWS)) {
  const { model_id } = JSON.parse(view.textContent);
  const saved = models[model_id];
  if (!saved) continue;
  const place = document.createElement("div");
  const shown = { ...modelWith(traitsOf(saved)), place, id: model_id };
  view.after(shown.place);
  all.push(shown);
  byId.set(model_id, shown.model);
  waiting.add(shown);
}
followEachOther(byId);

/** Draw the widgets that no closed fold hides; a hidden one has no size yet. */
async function draw() {
  for (const shown of [...waiting]) {
    if (isFolded(shown.place) || !waiting.delete(shown)) continue;
    const widget = await widgetOf(shown.traits);
    await widget.render({ model: shown.model, el: shown.place });
  }
}

/** Toys that the real model brings to life; until then only their scripts are here. */
const toys = new Map(
  Object.entries(models).flatMap(([id, { state }]) =>
    state._toy ? [[id, /** @type {Toy} */ (state._toy)]] : []
  ),
);
/** @param {string} id @param {Traits} traits @param {HTMLElement} el */
async function drawToy(id, traits, el) {
  const own = { ...traitsOf(models[id]), ...traits };
  const { model } = modelWith(own);
  const { render } = await widgetOf(own);
  const stop = /** @type {() => void} */ (render({ model, el }));
  return { model, stop };
}

document.addEventListener("toggle", draw, true);
tendFolds();
tellValues();
const goToToy = tendLinks(all);
tendTitleKnob(all);
tendRealPart(all, { toys, draw: drawToy });
await draw();
goToToy?.();
document.body.dataset.ready = "true";
// Those that are seen come first: they are answered first, and told if nobody will.
const [folded, seen] = [true, false].map((is) =>
  all.filter(({ place }) => isFolded(place) === is)
);
await coming.answer([...seen, ...folded]);
document.body.dataset.answered = "true";
