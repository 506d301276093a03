// The widget: a text goes in at the bottom, its tokens rise through the layers, and on
// top stand the odds for the next token. Heads can be pointed at and silenced. Its
// drawing is made anew for another text or width; all else moves in it.

import { atWidth, element } from "../lib/dom.js";
import { kept } from "../lib/keeping.js";
import { setAttributes, svg } from "../lib/svg.js";
import { textBox } from "../lib/text_box.js";
import { eachFrame, setTrait } from "../lib/widget_model.js";
import { headCells, tokenCells } from "./machine_controls.js";
import { headAt, stateShelf, together } from "./machine_numbers.js";
import { guesses, picture, placesOf } from "./machine_picture.js";
import {
  excuse,
  guessesInWords,
  named,
  oddsOnTop,
  settingOf,
  words,
} from "./machine_told.js";
import "./machine.css" with { type: "text" };

/** @import { Model, View } from "../lib/widget_model.js" */
/** @import { Setting } from "./machine_controls.js" */
/** @import { Head, State } from "./machine_numbers.js" */
/** @import { Row } from "./machine_picture.js" */
/** @import { Traits } from "./machine_told.js" */
/**
 * What is pointed at: a head by its number, a token by its place, a step.
 * @typedef {{ kind: "head" | "token" | "step", index: number }} Pointed
 */
/**
 * @typedef {object} Scene
 * @property {State} state
 * @property {number} column
 * @property {Head[]} silenced
 * @property {Pointed | null} pointed
 * @property {string[]} guessed names of the guesses of this column
 * @property {string} answer name of the token that is followed
 */
/**
 * @typedef {object} Doing
 * @property {(pointed: Pointed | null) => void} point
 * @property {(head: Head) => void} silence
 * @property {(column: number) => void} choose
 */

/** @param {number} width @param {Setting} setting @param {Doing} doing */
function scene(width, setting, { point, silence, choose }) {
  const { layers, heads, size, names } = setting;
  const places = placesOf(width, { layers, heads, names });
  const pointAt =
    (/** @type {Pointed["kind"]} */ kind) => (/** @type {number | null} */ index) =>
      point(index === null ? null : { kind, index });
  const drawn = picture({ layers, tokens: names.length });
  const said = guesses(layers, places.isCompact);
  const drawing = svg("svg", { role: "img" }, drawn.node, said.node);
  // In its style, since pages have rules of their own for pictures.
  drawing.style.cssText = `height: ${places.height}px; width: ${places.whole}px`;
  const headGroup = headCells(setting, places, pointAt("head"), silence);
  const tokenGroup = tokenCells(setting, places, pointAt("token"), choose);
  const look = `ll-machine-drawing${places.isCompact ? " ll-compact" : ""}`;
  const parts = [headGroup.node, tokenGroup.node];
  const node = element("div", { class: look }, ...parts);
  node.prepend(drawing);
  node.style.width = `${places.whole}px`;
  node.style.height = `${places.height + places.names}px`;

  drawing.addEventListener("pointermove", ({ offsetX, offsetY }) => {
    if (offsetX < places.guess - 8) return point(null);
    const step = Math.round((places.bottom - offsetY) / places.row);
    point({ kind: "step", index: Math.min(Math.max(step, 0), layers) });
  });
  drawing.addEventListener("pointerleave", () => point(null));

  /** @type {Partial<Scene>} */
  let last = {};
  /** @type {Float64Array[]} */
  let looks = [];

  /** @param {Scene} now */
  function update({ state, column, silenced, pointed, guessed, answer }) {
    const off = new Set(silenced.map(String));
    const isNew = state !== last.state || column !== last.column ||
      silenced !== last.silenced;
    if (isNew) {
      looks = Array.from(
        { length: layers * heads },
        (_, index) => state.looks(...headAt(index, heads), column),
      );
      headGroup.tell(looks, off);
      const way = guessesInWords(guessed, state.chances(column), names[column]);
      setAttributes(drawing, { "aria-label": way });
      last = { state, column, silenced };
    }
    const at = (/** @type {Pointed["kind"]} */ kind) =>
      pointed?.kind === kind ? pointed.index : null;
    const [head, token] = [at("head"), at("token")];
    /** @param {number} layer @returns {Row} */
    function row(layer) {
      if (head !== null && headAt(head, heads)[0] === layer) {
        const isOff = off.has(String(headAt(head, heads)));
        return { look: looks[head], mood: isOff ? "off" : "" };
      }
      const mine = looks.slice(layer * heads, (layer + 1) * heads);
      const look = together(mine.filter((_, i) => !off.has(`${layer},${i}`)), column);
      if (token !== null) look.forEach((_, i) => i !== token && (look[i] = 0));
      return { look, mood: head === null ? "" : "dim" };
    }
    drawn.update(places, column, Array.from({ length: layers }, (_, i) => row(i)));
    const step = at("step") ?? (head === null ? null : headAt(head, heads)[0] + 1);
    const [chances, ranks] = [state.chances(column), state.ranks(column)];
    said.update(places, { names: guessed, chances, ranks, answer, size, step });
    headGroup.show(looks, head, token);
    tokenGroup.update(column, head === null ? null : looks[head]);
  }
  return { node, update };
}

const PAUSE_OF_TYPING = 300; // milliseconds, then the text is sent

/** What a press does. @param {Model<Traits>} model */
function presses(model) {
  return {
    silence(/** @type {Head} */ head) {
      const all = model.get("silenced");
      const others = all.filter((one) => String(one) !== String(head));
      const next = others.length === all.length ? [...others, head] : others;
      setTrait(model, "silenced", next.sort((a, b) => a[0] - b[0] || a[1] - b[1]));
    },
    choose(/** @type {number} */ column) {
      const isLast = column === model.get("_tokens").length - 1;
      setTrait(model, "column", isLast ? null : column);
    },
  };
}

/** @param {View<Traits>} view */
function render({ model, el }) {
  const frames = eachFrame(model, draw);
  const shelf = stateShelf(model);
  const box = textBox(model, {
    trait: "text",
    label: "Text so far",
    pause: PAUSE_OF_TYPING,
    answer: () => ({
      isHeard: model.get("_heard") === model.get("text"),
      why: model.get("_message"),
    }),
    excuse: () => excuse(model, shelf.isStocked()),
    redraw: frames.redraw,
  });
  const [told, odds] = [words(model, frames.redraw), oddsOnTop(model)];
  const stage = element("div", { class: "ll-machine-stage" });
  const own = { role: "group", "aria-label": "The machine" };
  const top = element("div", { class: "ll-machine-top" }, told.node, odds.node);
  const look = { class: "ll-widget ll-machine", ...own };
  el.append(element("div", look, top, stage, told.message, box.node));

  /** @type {Pointed | null} */
  let pointed = null;
  /** @type {ReturnType<typeof scene> | undefined} */
  let drawn;
  let [drawnFor, width] = ["", 0];
  const doing = {
    ...presses(model),
    point(/** @type {Pointed | null} */ next) {
      if (next?.kind === pointed?.kind && next?.index === pointed?.index) return;
      pointed = next;
      frames.redraw();
    },
  };

  function drawing() {
    const key = `${width}|${model.get("_tokens")}`;
    if (drawn && key === drawnFor) return drawn;
    [drawnFor, pointed] = [key, null];
    drawn = scene(width || 700, settingOf(model), doing);
    stage.replaceChildren(drawn.node);
    stage.scrollLeft = stage.scrollWidth; // where the last token is
    return drawn;
  }

  function draw() {
    box.update();
    const [silenced, trained] = [model.get("silenced"), shelf.trained()];
    const fresh = shelf.now(silenced);
    const state = fresh ?? trained;
    const last = model.get("_tokens").length - 1;
    const column = Math.min(model.get("column") ?? last, last);
    const now = { state, trained, column };
    const isStale = !fresh || model.get("text") !== model.get("_shown");
    stage.classList.toggle("ll-stale", isStale);
    const name = named(model);
    const answer = name(trained.guesses(column)[model.get("_sizes")[0]]);
    const guessed = Array.from(state.guesses(column), name);
    drawing().update({ state, column, silenced, pointed, guessed, answer });
    odds.update(now, isStale);
    told.update(now, pointed, { isKnown: fresh !== undefined, isStale }, shelf);
  }
  const stop = atWidth(stage, (now) => {
    width = now || width;
    frames.redraw();
  });
  draw();
  return () => [frames, box, told, { stop }].forEach((part) => part.stop());
}

export default kept({ render });
