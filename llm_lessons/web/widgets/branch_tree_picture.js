// The picture of a tree: bands that lead from fork to fork, and the words upon them.
// What is new grows out of its fork; what is there moves to its new place.

import { glide } from "../lib/glide.js";
import { svg } from "../lib/svg.js";
import { between, outline, twigs } from "./branch_tree_shape.js";

/** @import { Shape, Shapes } from "./branch_tree_shape.js" */
/**
 * A branch to be drawn: `look` is what it is, `row` its words, `twigs` the chances of
 * what could come behind it.
 * @typedef {{ key: string, look: "taken" | "open" | "rest", row?: HTMLElement,
 *   twigs: number[] }} Part
 */
/** @typedef {{ band: SVGPathElement, twig: SVGPathElement, now?: Shape }} Drawn */

/** @param {number} label pixels above a band for its words */
export function treePicture(label) {
  const node = svg("svg", { "aria-hidden": "true" });
  /** @type {Map<string, Drawn>} */
  const drawn = new Map();
  /** @type {Part[]} */
  let parts = [];
  /** @type {(share: number) => void} */
  let draw = () => {};
  const moving = glide(([share]) => draw(share));

  /** @param {string} key @returns {Drawn} */
  function drawnOf(key) {
    const found = drawn.get(key);
    if (found) return found;
    const made = { twig: svg("path"), band: svg("path") };
    node.append(made.twig, made.band);
    drawn.set(key, made);
    return made;
  }
  /** @param {Part} part @param {Shape} shape */
  function place({ key, look, row, twigs: chances }, shape) {
    const one = drawnOf(key);
    one.now = shape;
    one.band.setAttribute("d", outline(shape));
    one.band.setAttribute("class", `ll-band ll-${look}`);
    one.twig.setAttribute("d", twigs(shape, chances));
    one.twig.setAttribute("class", "ll-twigs");
    if (!row) return;
    const top = shape.y1 - shape.wide / 2 - label;
    row.style.transform = `translate(${shape.x1}px, ${top}px)`;
    row.style.height = `${label + shape.wide}px`;
  }
  /**
   * @param {Part[]} next all that is to be drawn @param {Shapes} goal
   * @param {boolean} smoothly
   */
  function update(next, { shapes, height }, smoothly) {
    parts = next;
    node.setAttribute("height", String(height));
    const keys = new Set(parts.map(({ key }) => key));
    for (const [key, { band, twig }] of drawn) {
      if (keys.has(key)) continue;
      band.remove();
      twig.remove();
      drawn.delete(key);
    }
    const from = new Map(parts.map(({ key }) => [key, drawn.get(key)?.now]));
    draw = (share) => {
      for (const part of parts) {
        const shape = shapes.get(part.key);
        if (shape) place(part, between(from.get(part.key), shape, share));
      }
    };
    moving.to([0], false);
    moving.to([1], smoothly);
  }
  return { node, update, stop: moving.stop };
}
