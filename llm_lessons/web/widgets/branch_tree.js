// The widget: a tree of forks. Those that were read ahead open at once; for any other
// the kernel is asked.

import { control, counted, element } from "../lib/dom.js";
import { setTrait } from "../lib/widget_model.js";
import { percent } from "../lib/odds.js";
import { fillPiece, visiblePiece } from "../lib/pieces.js";
import { later, PATIENCE } from "../lib/timers.js";
import { treeKeys } from "../lib/tree.js";
import { howRare, keyOf, known, sureTokens } from "./branch_tree_forks.js";
import { pathLine } from "./branch_tree_path.js";
import "./branch_tree.css" with { type: "text" };

/** @import { Model, View } from "../lib/widget_model.js" */
/** @import { Marks, Pieces } from "../lib/pieces.js" */
/** @import { Branch, Fork, Forks, Path } from "./branch_tree_forks.js" */
/** @import { Gone } from "./branch_tree_path.js" */
/**
 * @typedef {object} OwnTraits
 * @property {Record<string, Fork>} _forks by the keys of their paths
 * @property {string[]} _open keys of what is open
 * @property {number[]} _stops tokens behind which nothing comes
 * @property {string} _asked key of the fork that the page needs
 * @property {number} _room tokens behind which the model can look
 */
/** @typedef {Gone & OwnTraits} Traits */
/**
 * @typedef {{ pieces: Pieces, marks: Marks, stops: number[], room: number,
 *   sure: number }} About
 */
/**
 * @typedef {object} Tree
 * @property {Map<Element, Item>} items
 * @property {(path: Path) => Fork | undefined} fork
 * @property {() => About} about
 */
/** @typedef {{ path: Path, product: number, level: number }} Parent */
/**
 * @typedef {{ key: string, path: Path, chance: number, product: number,
 *   canOpen: boolean }} Found
 */
/** @typedef {Found & { node: HTMLElement, level: number }} Item */

const EXCUSE = "No model is answering, and no one has read this path ahead. " +
  "(In JupyterLab, it may be busy: wait a little.)";

/** @param {number[]} tokens @param {About} about */
function pieceSpans(tokens, { pieces, marks }) {
  return tokens.map((token, i) => {
    const span = element("span", i > 0 ? { class: "ll-sure" } : {});
    fillPiece(span, pieces[token], marks[token]);
    return span;
  });
}

/** @param {HTMLElement} name @param {number} chance @param {number} product */
function rowOf(name, chance, product) {
  const bar = element("span", { class: "ll-bar" });
  bar.style.width = `max(2px, ${(100 * chance).toFixed(2)}%)`;
  return element(
    "div",
    { class: "ll-row", "aria-hidden": "true" },
    element("span", {}, element("span", { class: "ll-twisty" }), name),
    element("span", {}, percent(chance)),
    element("span", { class: "ll-track" }, bar),
    element("span", {}, howRare(product)),
  );
}

/**
 * @param {Tree} tree @param {Parent} parent @param {Found} item @param {string} spoken
 */
function treeItem(tree, parent, item, spoken) {
  const [chance, whole] = [percent(item.chance), howRare(item.product)];
  const node = control("li", {
    role: "treeitem",
    tabindex: "-1",
    "aria-label": `${spoken}, ${chance}, whole path ${whole}`,
    "aria-level": parent.level + 1,
    "aria-selected": "false",
  });
  if (item.canOpen) node.setAttribute("aria-expanded", "false");
  tree.items.set(node, { ...item, node, level: parent.level + 1 });
  return node;
}

/**
 * A token and those that surely follow it: their chance at this fork, and that of the
 * whole path.
 * @param {Tree} tree @param {Parent} parent @param {Branch} branch
 */
function tokenBranch(tree, parent, [token, first]) {
  const about = tree.about();
  const surely = sureTokens(tree, [...parent.path, token]);
  const tokens = [token, ...surely.map(([id]) => id)];
  const chance = surely.reduce((product, [, one]) => product * one, first);
  const path = [...parent.path, ...tokens];
  const canOpen = !about.stops.includes(token) && path.length <= about.room;
  const product = parent.product * chance;
  const key = keyOf([...parent.path, token]);
  const words = tokens.map((id) => visiblePiece(about.pieces[id], about.marks[id]));
  const item = { key, path, chance, product, canOpen };
  const node = treeItem(tree, parent, item, `“${words.join("")}”`);
  const name = { class: "ll-piece" };
  const spans = pieceSpans(tokens, about);
  node.append(rowOf(element("span", name, ...spans), chance, product));
  return node;
}

/**
 * All other tokens together; nothing can be opened behind them.
 * @param {Tree} tree @param {Parent} parent
 * @param {number} others @param {number} chance
 */
function otherBranch(tree, parent, others, chance) {
  const all = counted(others, "other token");
  const product = parent.product * chance;
  const item = { key: "", path: parent.path, chance, product, canOpen: false };
  const node = treeItem(tree, parent, item, all);
  const small = element("small", {}, all);
  node.append(rowOf(element("span", {}, "everything else ", small), chance, product));
  node.classList.add("ll-rest");
  return node;
}

/**
 * The branches of a fork, as a list.
 * @param {Tree} tree @param {Parent} parent @param {Record<string, string>} attributes
 */
function forkList(tree, parent, attributes) {
  const { likeliest, others, rest } = known(tree.fork, parent.path);
  const nodes = likeliest.map((branch) => tokenBranch(tree, parent, branch));
  if (others > 0) nodes.push(otherBranch(tree, parent, others, rest));
  nodes.forEach((node, i) => {
    node.setAttribute("aria-setsize", String(nodes.length));
    node.setAttribute("aria-posinset", String(i + 1));
  });
  return element("ul", attributes, ...nodes);
}

/**
 * Opening and closing. What is open is kept in a trait; what the page lacks is asked.
 * @param {Model<Traits>} model @param {Tree} tree
 * @param {(message: string) => void} say
 */
function opener(model, tree, say) {
  /** @type {Item | undefined} */
  let asked;
  const excuse = later(PATIENCE, () => say(EXCUSE));
  /** @param {Item} item */
  const isOpen = (item) => item.node.getAttribute("aria-expanded") === "true";

  /** @param {string} key @param {boolean} isNowOpen */
  function remember(key, isNowOpen) {
    const others = model.get("_open").filter((one) => one !== key);
    setTrait(model, "_open", isNowOpen ? [...others, key] : others);
  }
  /**
   * Show what is behind a branch, and behind that what was open when it was closed.
   * @param {Item} item
   */
  function show(item) {
    const list = forkList(tree, item, { role: "group" });
    item.node.append(list);
    item.node.setAttribute("aria-expanded", "true");
    showOpen(list);
  }
  /** @param {HTMLElement} list */
  function showOpen(list) {
    for (const node of list.children) {
      const item = tree.items.get(node);
      if (item && model.get("_open").includes(item.key) && tree.fork(item.path)) {
        show(item);
      }
    }
  }
  /** @param {Item} item */
  function open(item) {
    if (!item.canOpen || isOpen(item)) return;
    if (tree.fork(item.path)) {
      show(item);
      remember(item.key, true);
      return;
    }
    asked = item;
    say("The model is reading this path …");
    excuse.start();
    setTrait(model, "_asked", keyOf(item.path));
  }
  /** @param {Item} item */
  function close(item) {
    if (!isOpen(item)) return;
    for (const node of item.node.querySelectorAll("[role=treeitem]")) {
      tree.items.delete(node);
    }
    item.node.lastChild?.remove();
    item.node.setAttribute("aria-expanded", "false");
    remember(item.key, false);
  }
  model.on("change:_forks", () => {
    if (!asked || !tree.fork(asked.path)) return;
    excuse.stop();
    say("");
    if (asked.node.isConnected) open(asked);
    asked = undefined;
  });
  return { isOpen, open, close, showOpen, stop: excuse.stop };
}

/** @param {View<Traits>} view */
function render({ model, el }) {
  /** @type {Tree} */
  const tree = {
    items: new Map(),
    fork: (path) => model.get("_forks")[keyOf(path)],
    about: () => ({
      pieces: model.get("_pieces"),
      marks: model.get("_marks"),
      stops: model.get("_stops"),
      room: model.get("_room"),
      sure: model.get("_sure"),
    }),
  };
  const line = pathLine(model, tree.fork);
  const heads = ["Next token", "Chance", "", "Whole path"];
  const spans = heads.map((text) => element("span", {}, text));
  const unspoken = { class: "ll-row ll-head", "aria-hidden": "true" };
  const head = element("div", unspoken, ...spans);
  const label = { role: "tree", "aria-label": "What could come next" };
  const root = forkList(tree, { path: [], product: 1, level: 0 }, label);
  const box = element("div", { class: "ll-box" }, head, root);
  el.append(element("div", { class: "ll-widget ll-branch-tree" }, line.node, box));

  const doors = opener(model, tree, line.update);
  doors.showOpen(root);
  treeKeys(root, tree.items, doors, ({ path }) => {
    setTrait(model, "path", path);
    line.update("");
  });
  model.on("change:path", () => line.update(""));
  line.update("");
  return doors.stop;
}

export default { render };
