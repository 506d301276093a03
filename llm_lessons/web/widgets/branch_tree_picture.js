// The picture of a tree: bands that lead from fork to fork, each as wide as it is
// likely, and the words upon them. What is new grows out of its fork; what is there
// moves to its new place.

import { glide } from "../lib/glide.js";
import { svg } from "../lib/svg.js";

/** @import { Forks, Item, Level, Placed } from "./branch_tree_forks.js" */
/**
 * A branch leaves its fork at (x0, y0), bends until (x1, y1), and ends at x2; `wide` is
 * how wide it is, all in pixels.
 * @typedef {{ x0: number, y0: number, x1: number, y1: number, x2: number,
 *   wide: number }} Shape
 */
/** @typedef {{ width: number, height: number, columns: number }} Size */
/**
 * @typedef {object} Shapes
 * @property {Map<string, Shape>} shapes by the keys of their branches
 * @property {string} trunk key of the one from which the others grow
 * @property {number} share chance of its path: the trunk is as wide as that
 * @property {number} height
 * @property {number} label pixels for the words on a branch
 */

const [TRUNK, BEND, TWIGS] = [28, 38, 22]; // pixels from left to right
export const LABEL = 18; // above each branch, for its words
const GAP = 3;
const HAIR = 0.75; // the least width
const [LEAST, MOST] = [28, 180]; // of the trunk

/**
 * As many forks as find room, the last ones of a path: so the first of them is the
 * trunk's, and the trunk is as wide as there is room, too.
 * @param {Level[]} levels @param {Size} size @returns {Shapes}
 */
export function shapesOf(levels, { width, height, columns }) {
  const shown = levels.slice(-columns);
  const { parent } = shown[0];
  const rows = shown.reduce((sum, { items }) => sum + items.length, 1 - shown.length);
  const room = height - rows * (LABEL + GAP) - GAP;
  const trunk = Math.min(MOST, Math.max(LEAST, room));
  /** @param {{ product: number }} item */
  const wide = ({ product }) => Math.max(HAIR, (trunk * product) / parent.product);
  const label = (width - TRUNK - TWIGS) / columns - BEND;

  /** @param {number} level @param {Item} item */
  const hasMore = (level, item) =>
    item === shown[level].taken && level + 1 < shown.length;
  /** @param {Item} item */
  const ownHeight = (item) => LABEL + wide(item) + GAP;
  /** @param {number} level @param {Item} item @returns {number} */
  const blockOf = (level, item) =>
    hasMore(level, item)
      ? Math.max(ownHeight(item), forkHeight(level + 1))
      : ownHeight(item);
  /** @param {number} level @returns {number} */
  const forkHeight = (level) =>
    shown[level].items.reduce((sum, item) => sum + blockOf(level, item), 0);

  /** @type {Map<string, Shape>} */
  const shapes = new Map();
  /**
   * @param {number} level @param {number} top of all its branches together
   * @param {Shape} from what they grow out of
   */
  function grow(level, top, from) {
    let [slice, below] = [from.y1 - from.wide / 2, top];
    for (const item of shown[level].items) {
      const [block, own] = [blockOf(level, item), wide(item)];
      const y1 = below + (block - ownHeight(item)) / 2 + LABEL + own / 2;
      const [x0, x1] = [from.x2, from.x2 + BEND];
      const shape = { x0, y0: slice + own / 2, x1, y1, x2: x1 + label, wide: own };
      shapes.set(item.key, shape);
      if (hasMore(level, item)) {
        grow(level + 1, below + (block - forkHeight(level + 1)) / 2, shape);
      }
      slice += own;
      below += block;
    }
  }
  const all = forkHeight(0);
  const whole = Math.max(height, all);
  const [start, middle] = [(whole - all) / 2, whole / 2];
  const root = { x0: 0, y0: middle, x1: 0, y1: middle, x2: TRUNK, wide: trunk };
  grow(0, start, root);
  shapes.set(parent.key, root);
  return { shapes, trunk: parent.key, share: parent.product, height: whole, label };
}

/** The outline of a branch, for an SVG path. @param {Shape} shape */
function outline({ x0, y0, x1, y1, x2, wide }) {
  const half = wide / 2;
  const bend = (x0 + x1) / 2;
  /** @param {...number} numbers */
  const at = (...numbers) => numbers.map((number) => number.toFixed(2)).join(" ");
  return `M${at(x0, y0 - half)}C${
    at(bend, y0 - half, bend, y1 - half, x1, y1 - half)
  }` +
    `H${at(x2)}V${at(y1 + half)}H${at(x1)}` +
    `C${at(bend, y1 + half, bend, y0 + half, x0, y0 + half)}Z`;
}

/**
 * Twigs at a branch's end: so many grow on, and this likely is each of them.
 * @param {Shape} shape @param {number[]} chances
 */
function twigs({ y1, x2, wide }, chances) {
  const spread = Math.min(wide + 9, wide * 1.6 + 5);
  let [slice, place] = [y1 - wide / 2, y1 - spread / 2];
  const air = (spread - wide) / Math.max(1, chances.length - 1);
  return chances.map((chance) => {
    const own = wide * chance;
    const half = own / 2;
    const [y0, end] = [slice + half, place + half];
    slice += own;
    place += own + air;
    const shape = { x0: x2, y0, x1: x2 + TWIGS - 2, y1: end, x2: x2 + TWIGS - 2 };
    return outline({ ...shape, wide: Math.max(0.5, own) });
  }).join("");
}

/**
 * A shape on the way to another one, from 0 to 1; one that is new grows out of its
 * fork.
 * @param {Shape | undefined} from @param {Shape} to @param {number} share
 * @returns {Shape}
 */
function between(from, to, share) {
  const start = from ?? { ...to, x1: to.x0, y1: to.y0, x2: to.x0 };
  /** @param {keyof Shape} name */
  const at = (name) => start[name] + share * (to[name] - start[name]);
  const [x0, y0, x1, y1] = [at("x0"), at("y0"), at("x1"), at("y1")];
  return { x0, y0, x1, y1, x2: at("x2"), wide: at("wide") };
}

/**
 * A branch to be drawn: `look` is what it is, `row` its words, `twigs` the chances of
 * what could come behind it.
 * @typedef {{ key: string, look: "taken" | "open" | "rest", row?: HTMLElement,
 *   twigs: number[] }} Part
 */
/**
 * What the picture draws: the trunk, and the branches of the forks that are shown.
 * @param {Forks} tree @param {Level[]} levels @param {Placed[][]} placed
 * @param {Shapes} shapes @returns {Part[]}
 */
export function partsOf(tree, levels, placed, { shapes, trunk }) {
  /** @param {Item} item */
  const chances = ({ path, canOpen }) =>
    (canOpen && tree.fork(path)?.likeliest.map(([, chance]) => chance)) || [];
  const parts = levels.flatMap(({ taken }, depth) =>
    placed[depth].map((item) => {
      const isTaken = item.key === taken?.key;
      const look = isTaken ? "taken" : item.tokens.length > 0 ? "open" : "rest";
      const isOpen = isTaken && depth + 1 < levels.length;
      const own = isOpen ? [] : chances(item);
      return /** @type {Part} */ ({ key: item.key, look, row: item.row, twigs: own });
    })
  );
  const shown = parts.filter(({ key, row }) => {
    const isShown = shapes.has(key) && key !== trunk;
    if (row) row.hidden = !isShown;
    return isShown;
  });
  return [{ key: trunk, look: "taken", twigs: [] }, ...shown];
}

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
    const branch = drawn.get(key) ?? { twig: svg("path"), band: svg("path") };
    if (drawn.has(key)) return branch;
    node.append(branch.twig, branch.band);
    drawn.set(key, branch);
    return branch;
  }
  /** @param {Part} part @param {Shape} shape */
  function place({ key, look, row, twigs: chances }, shape) {
    const branch = drawnOf(key);
    branch.now = shape;
    branch.band.setAttribute("d", outline(shape));
    branch.band.setAttribute("class", `ll-band ll-${look}`);
    branch.twig.setAttribute("d", twigs(shape, chances));
    branch.twig.setAttribute("class", "ll-twigs");
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
