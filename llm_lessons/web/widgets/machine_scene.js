// The drawing of one text: the picture, the guesses beside it, heads and tokens to
// press. It is made anew for another text or width; all else moves in it.

import { element } from "../lib/dom.js";
import { setAttributes, svg } from "../lib/svg.js";
import { headAt, headCells, tokenCells } from "./machine_controls.js";
import { guesses } from "./machine_guesses.js";
import { together } from "./machine_numbers.js";
import { picture } from "./machine_picture.js";
import { placesOf } from "./machine_places.js";
import { guessesInWords } from "./machine_words.js";

/** @import { Head, State } from "./machine_numbers.js" */
/** @import { Row } from "./machine_picture.js" */
/** @import { Setting } from "./machine_controls.js" */
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
export function scene(width, setting, { point, silence, choose }) {
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
