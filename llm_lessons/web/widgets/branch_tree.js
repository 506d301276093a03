// The widget: a tree of what could have been said. A branch grows on when it is taken;
// what was read ahead does so at once, and for anything else the kernel is asked.

import { noAnswer } from "../lib/answering.js";
import { ask } from "../lib/ask.js";
import {
  atWidth,
  control,
  counted,
  element,
  pushButton,
  setOff,
  setText,
} from "../lib/dom.js";
import { kept } from "../lib/keeping.js";
import { listenTo } from "../lib/kernel.js";
import { percent } from "../lib/odds.js";
import { withBreaks } from "../lib/signs.js";
import { textBox } from "../lib/text_box.js";
import { later, PATIENCE } from "../lib/timers.js";
import { treeKeys } from "../lib/tree.js";
import { setTrait, setTraits } from "../lib/widget_model.js";
import { howRare, keyOf, known, levelsAlong, treeItems } from "./branch_tree_forks.js";
import { LABEL, partsOf, shapesOf, treePicture } from "./branch_tree_picture.js";
import "./branch_tree.css" with { type: "text" };

/** @import { Answer, AskTraits } from "../lib/ask.js" */
/** @import { Model, View } from "../lib/widget_model.js" */
/** @import { FirstForks, Forks, Level, Names, Path } from "./branch_tree_forks.js" */
/** @import { Placed, Read } from "./branch_tree_forks.js" */
/** @import { Shapes } from "./branch_tree_picture.js" */
/**
 * `_opened`: the forks that were not read ahead, by their keys.
 * @typedef {{ prompt: string, path: Path, _opened: Record<string, Read>,
 *   _grown: boolean, _stops: number[], _sure: number, _in_page?: boolean }} OwnTraits
 */
/** @typedef {OwnTraits & AskTraits} Traits */
/**
 * A tree, and the text from which it grows: an older one until another is read.
 * @typedef {Forks & { text: () => string, isOld: () => boolean,
 *   names: () => Names }} Tree
 */

/**
 * What was read ahead and what was opened since, which goes where another text is read.
 * @param {Model<Traits>} model @param {() => Answer<FirstForks>} first
 * @returns {Tree}
 */
function treeOf(model, first) {
  // A tree begins with its first forks, and keeps them where a text is refused.
  const read = () => /** @type {FirstForks} */ (first().value);
  const all = () => [read(), ...Object.values(model.get("_opened"))];
  return {
    text: () => first().shown?.[1],
    isOld: () => first().isOld,
    fork: (path) =>
      read().forks[keyOf(path)] ?? model.get("_opened")[keyOf(path)]?.fork,
    about: () => ({
      stops: model.get("_stops"),
      room: read().room,
      sure: model.get("_sure"),
    }),
    names: () => ({
      pieces: Object.assign({}, ...all().map(({ pieces }) => pieces)),
      marks: Object.assign({}, ...all().map(({ marks }) => marks)),
    }),
  };
}

const START = "Choose a branch: it grows on, and its text stands here.";

/**
 * The chance of a path: the flips that were open, multiplied, and how many were as good
 * as sure.
 * @param {number[]} chances @param {number} least from which on a flip is sure
 */
function productInWords(chances, least) {
  const open = chances.filter((chance) => chance < least);
  const sure = chances.length - open.length;
  const factors = open.map(percent);
  if (sure > 0) {
    factors.push(`${counted(sure, "flip")} of at least ${100 * least}\u00a0%`);
  }
  const product = howRare(chances.reduce((a, b) => a * b, 1));
  const sum = chances.length > 1 ? `${factors.join(" × ")} = ${product}` : product;
  return `Chance of this path, ${counted(chances.length, "flip")}: ${sum}`;
}

/**
 * The path that was gone, as a text and as a product. `say` puts a message in the
 * product's place, until it is empty again.
 * @param {Model<Traits>} model @param {Tree} tree
 */
function pathLine(model, tree) {
  const about = { tabindex: "0", role: "group", "aria-label": "Text of this path" };
  const text = control("div", { class: "ll-text", translate: "no", ...about });
  const sum = element("p", { class: "ll-status", role: "status" });
  let message = "";
  /** @type {[string, Path] | undefined} */
  let shown;

  function update() {
    const [path, least] = [model.get("path"), model.get("_sure")];
    const chances = path.map((token, i) => {
      const { likeliest } = known(tree.fork, path.slice(0, i));
      return new Map(likeliest).get(token) ?? 0;
    });
    setText(sum, message || (path.length ? productInWords(chances, least) : START));
    const given = tree.text();
    if (given === shown?.[0] && path === shown?.[1]) return;
    shown = [given, path];
    const { pieces, marks } = tree.names();
    const spans = path.map((token, i) => {
      const words = marks[token] ?? withBreaks(pieces[token]);
      return element("span", chances[i] < least ? { class: "ll-flip" } : {}, words);
    });
    const prompt = element("span", { class: "ll-given" }, given);
    text.replaceChildren(prompt, ...spans);
    text.scrollTop = text.scrollHeight;
  }
  /** @param {string} words */
  function say(words) {
    message = words;
    update();
  }
  return { node: element("div", { class: "ll-path" }, text, sum), update, say };
}

/** What is drawn anew when it changes. @type {(keyof Traits)[]} */
const TRAITS = ["path", "_grown", "_opened"];
const UNREAD = ", and no one has read this path ahead";
const STAYS = ", so this is still the tree of the text before";
const PAUSE_OF_TYPING = 300; // milliseconds, then the text is sent
const HEIGHT = 340; // pixels
/** Pixels from which on so many forks are shown side by side. */
const COLUMNS = [0, 430, 660];

/**
 * Whether a path has grown is told first when it has, and last when it has not: so the
 * fork in which it ends is never folded up in between, and its items keep the focus.
 * @param {Model<Traits>} model @param {Path} path @param {boolean} hasGrown
 */
function go(model, path, hasGrown) {
  if (hasGrown) setTraits(model, { _grown: true, path });
  else setTraits(model, { path, _grown: false });
}

/**
 * Growing on. The kernel is asked for a fork that the page lacks.
 * @param {Model<Traits>} model @param {Tree} tree
 * @param {(message: string) => void} say
 */
function growing(model, tree, say) {
  listenTo(model);
  const excuse = later(PATIENCE, () => {
    if (model.get("_in_page")) return;
    say(noAnswer(model, UNREAD));
    excuse.start(); // it may be another one later
  });
  /** The path whose fork the page lacks. @type {Path | null} */
  let lacking = null;
  /** @type {() => Answer<Read>} */
  const read = ask(model, "fork", () => lacking && [tree.text(), lacking]);
  /** @param {Placed} item */
  const isOpen = ({ node }) => node.getAttribute("aria-expanded") === "true";

  /** @param {{ path: Path, canOpen: boolean }} item */
  function open({ path, canOpen }) {
    if (!canOpen) return;
    if (tree.fork(path)) return setTrait(model, "_grown", true);
    say("The model is reading this path …");
    excuse.start();
    lacking = path;
    takeIn();
  }
  function takeIn() {
    const { value, isOld, isHeard } = read();
    if (!lacking || !value || isOld || !isHeard) return;
    const path = lacking;
    lacking = null;
    setTrait(model, "_opened", { ...model.get("_opened"), [keyOf(path)]: value });
    goOn(path);
  }
  function close() {
    setTrait(model, "_grown", false);
  }
  /** @param {Placed} item */
  function choose(item) {
    excuse.stop();
    say("");
    go(model, item.path, isOpen(item) || item.tokens.length === 0);
  }
  // What surely follows belongs to the branch: it is read on to the next choice.
  /** @param {Path} read */
  function goOn(read) {
    const path = model.get("path");
    if (keyOf(read) !== keyOf(path)) return;
    excuse.stop();
    say("");
    const { taken } = levelsAlong(tree, path, false).at(-1) ?? {};
    if (!taken) return;
    setTrait(model, "path", taken.path);
    open(taken);
  }
  /** Another tree has come: nobody waits for a fork of the old one. */
  function forget() {
    lacking = null;
    excuse.stop();
    say("");
  }
  return { isOpen, open, close, choose, takeIn, forget, stop: excuse.stop };
}

/** Two steps back, and what the widths mean. @param {(path: Path) => void} goTo */
function controls(goTo) {
  /** @type {Level[]} */
  let taken = [];
  const back = pushButton("Back", () => goTo(taken[0].parent.path));
  const start = pushButton("Start again", () => goTo([]));
  const scale = element("p", { class: "ll-scale" });

  /** @param {Level[]} levels @param {Shapes} shapes */
  function update(levels, { share }) {
    taken = levels.filter((level) => level.taken).slice(-1);
    for (const button of [back, start]) setOff(button, taken.length === 0);
    const trunk = share === 1 ? "100\u00a0%" : howRare(share);
    const words = "Each branch is as wide as its path is likely; the trunk is";
    setText(scale, `${words} ${trunk}.`);
  }
  return { node: element("div", { class: "ll-buttons" }, back, start, scale), update };
}

/** @param {View<Traits>} view */
function render({ model, el }) {
  /** @type {() => Answer<FirstForks>} */
  const first = ask(model, "forks", () => [model.get("prompt")], "prompt");
  const tree = treeOf(model, first);
  const text = textBox(model, {
    trait: "prompt",
    label: "Text so far",
    pause: PAUSE_OF_TYPING,
    answer: first,
    excuse: () => noAnswer(model, STAYS),
    redraw: readText,
  });
  const line = pathLine(model, tree);
  const label = { role: "tree", "aria-label": "What could come next" };
  const root = element("ul", label);
  const picture = treePicture(LABEL);
  const canvas = element("div", { class: "ll-canvas" }, picture.node, root);
  const box = element("div", { class: "ll-box" }, canvas);
  box.style.height = `${HEIGHT}px`;
  const steps = controls((path) => go(model, path, true));
  const all = [text.node, line.node, steps.node, box];
  el.append(element("div", { class: "ll-widget ll-branch-tree" }, ...all));
  const items = treeItems(root, tree.names);
  const doors = growing(model, tree, line.say);
  const keys = treeKeys(root, items.itemOf, doors, doors.choose);
  let [width, shown] = [0, tree.text()];

  // Until a text is read, the branches are those of another one.
  function readText() {
    const { isWaiting } = text.update();
    for (const node of [line.node, box]) {
      node.classList.toggle("ll-stale", tree.isOld());
    }
    box.inert = isWaiting;
  }
  function hear() {
    if (tree.text() === shown) {
      readText();
      return doors.takeIn();
    }
    shown = tree.text();
    items.update([]);
    setTraits(model, { path: [], _grown: false, _opened: {} });
    doors.forget();
    draw(true);
  }
  /** @param {boolean} smoothly */
  function draw(smoothly) {
    readText();
    const path = model.get("path");
    const levels = levelsAlong(tree, path, model.get("_grown"));
    const { placed, end } = items.update(levels);
    const most = COLUMNS.filter((least) => width >= least).length;
    const columns = Math.min(most, Math.max(2, levels.length));
    const shapes = shapesOf(levels, { width, height: HEIGHT, columns });
    canvas.style.setProperty("--ll-label", `${shapes.label}px`);
    steps.update(levels, shapes);
    line.update();
    const chosen = root.querySelector("[aria-selected=true]");
    const here = chosen && items.itemOf(chosen);
    if (!here || keyOf(here.path) !== keyOf(path)) {
      keys.mark((end ?? placed[0][0]).node, end !== undefined);
    }
    if (width) picture.update(partsOf(tree, levels, placed, shapes), shapes, smoothly);
  }
  model.on("change:_answers", hear);
  // At once, not with the next frame: the next key may come before it.
  for (const name of TRAITS) model.on(`change:${name}`, () => draw(true));
  model.on("change:prompt", readText);
  const stop = atWidth(canvas, (now) => {
    width = now;
    draw(false);
  });
  draw(false);
  return () => [text, doors, picture, { stop }].forEach((part) => part.stop());
}

export default kept({ render });
