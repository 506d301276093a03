// What a widget's module has of its Python side: traits by their names.

/** @import { Kernel } from "./kernel.js" */
/**
 * `get`, `set` and the like are anywidget's. `widget_manager` is its host's:
 * JupyterLab's has a kernel, or null where it has ended; others may not tell. `traits`
 * is never there: by it the checker tells models of different traits apart.
 * @template Traits
 * @typedef {{
 *   get<Name extends keyof Traits>(name: Name): Traits[Name],
 *   set<Name extends keyof Traits>(name: Name, value: Traits[Name]): void,
 *   on(event: "change" | `change:${keyof Traits & string}`, call: () => void): void,
 *   save_changes(): void,
 *   widget_manager?: { kernel?: Kernel | null },
 *   traits?: Traits,
 * }} Model
 */
/**
 * What anywidget calls `render` with: the model, and the place to draw into.
 * @template Traits
 * @typedef {{ model: Model<Traits>, el: HTMLElement }} View
 */

/**
 * @template Traits @template {keyof Traits} Name
 * @param {Model<Traits>} model @param {Name} name @param {Traits[Name]} value
 */
export function setTrait(model, name, value) {
  if (model.get(name) === value) return;
  model.set(name, value);
  model.save_changes();
}

/**
 * Several traits at once, in one message to Python.
 * @template Traits
 * @param {Model<Traits>} model @param {Partial<Traits>} values
 */
export function setTraits(model, values) {
  for (const name of /** @type {(keyof Traits)[]} */ (Object.keys(values))) {
    model.set(name, /** @type {Traits[typeof name]} */ (values[name]));
  }
  model.save_changes();
}

/**
 * Numbers that came as bytes, which may begin anywhere within their buffer.
 * @template Numbers
 * @param {new (buffer: ArrayBuffer) => Numbers} Kind @param {DataView} bytes
 */
export function numbersOf(Kind, { buffer, byteOffset, byteLength }) {
  const own = buffer.slice(byteOffset, byteOffset + byteLength);
  return new Kind(/** @type {ArrayBuffer} */ (own));
}

/**
 * Draw when a trait changes, or when asked to: once a frame at the most.
 * @param {Model<any>} model @param {() => void} draw
 */
export function eachFrame(model, draw) {
  let frame = 0;
  function redraw() {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      draw();
    });
  }
  model.on("change", redraw);
  return { redraw, stop: () => cancelAnimationFrame(frame) };
}
