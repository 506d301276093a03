// What the model would say if it stopped after a layer: a bar beside each row, or, for
// many layers, a line that follows one token up to its place at the end.

import { percent } from "../lib/odds.js";
import { setAttributes, svg } from "../lib/svg.js";
import { along } from "./machine_places.js";

/** @import { Places } from "./machine_places.js" */
/**
 * @typedef {object} Guessed
 * @property {string[]} names of the guesses, a step each
 * @property {ArrayLike<number>} chances
 * @property {ArrayLike<number>} ranks of the answer that is followed
 * @property {string} answer its name
 * @property {number} size tokens of the vocabulary
 * @property {number | null} step that is pointed at
 */

const ROOM_OF_NAME = 12; // letters of a guess that have room
const ROOM_OF_TITLE = 200; // pixels
const WIDE = 8; // pixels of a letter, at most

/** @param {string} name */
function short(name) {
  return name.length > ROOM_OF_NAME ? `${name.slice(0, ROOM_OF_NAME - 1)}…` : name;
}

/** @param {number} layers */
function barRows(layers) {
  const title = svg("text", { class: "ll-title" }, "if it stopped here");
  const rows = Array.from({ length: layers + 1 }, () => {
    const [name, number] = ["ll-guess", "ll-chance"].map((name) =>
      svg("text", { class: name })
    );
    const [track, bar] = ["ll-track", "ll-likely"].map((name) =>
      svg("rect", { class: name, height: 6, rx: 2 })
    );
    const node = svg("g", {}, track, bar, name, number);
    return { node, name, number, track, bar };
  });
  /** @param {Places} places @param {Guessed} guessed */
  function update({ y, guess, guessWidth }, { names, chances, answer, step }) {
    setAttributes(title, { x: guess + guessWidth, y: 11 });
    rows.forEach(({ node, name, number, track, bar }, i) => {
      node.classList.toggle("ll-found", names[i] === answer);
      node.classList.toggle("ll-dim", step !== null && step !== i);
      setAttributes(name, { x: guess, y: y(i) + 1 });
      setAttributes(number, { x: guess + guessWidth, y: y(i) + 1 });
      setAttributes(track, { x: guess, y: y(i) + 5, width: guessWidth });
      setAttributes(bar, { x: guess, y: y(i) + 5 });
      bar.style.width = `${Math.max(1.5, guessWidth * chances[i])}px`;
      name.textContent = short(names[i]);
      number.textContent = percent(chances[i]);
    });
  }
  return { node: svg("g", {}, title, ...rows.map((row) => row.node)), update };
}

/** The guess of the step that is pointed at, beside its dot. */
function pointedLabel() {
  const [text, ground] = [svg("text", { class: "ll-here" }), svg("rect", { rx: 3 })];
  ground.setAttribute("class", "ll-ground");
  const node = svg("g", {}, ground, text);
  /**
   * @param {number} x @param {number} y @param {boolean} isLeft of the dot
   * @param {string} words
   */
  function update(x, y, isLeft, words) {
    text.textContent = words;
    const [at, wide] = [x + (isLeft ? -10 : 10), WIDE * words.length + 8];
    setAttributes(text, { x: at, y: y + 4, "text-anchor": isLeft ? "end" : "start" });
    const edge = isLeft ? at - wide + 4 : at - 4;
    setAttributes(ground, { x: edge, y: y - 9, width: wide, height: 18 });
  }
  return { node, update };
}

/** @param {number} layers */
function line(layers) {
  const curve = svg("path", { class: "ll-way-up" });
  const dots = Array.from({ length: layers + 1 }, () => svg("circle"));
  const title = svg("text", { class: "ll-title" });
  const [grid, here] = [svg("g"), pointedLabel()];
  const node = svg("g", {}, grid, curve, ...dots, title, here.node);

  /** @param {Places} places @param {Guessed} guessed */
  function update({ y, top, guess, guessWidth }, guessed) {
    const { names, chances, ranks, answer, size, step } = guessed;
    const x = (/** @type {number} */ rank) =>
      guess + 4 + (guessWidth - 16) * along(rank, size);
    const way = dots.map((_, i) => `${x(ranks[i])} ${y(i)}`);
    setAttributes(curve, { d: `M${way.join("L")}` });
    dots.forEach((dot, i) => {
      setAttributes(dot, { cx: x(ranks[i]), cy: y(i), r: i === step ? 5 : 2.2 });
      dot.setAttribute("class", names[i] === answer ? "ll-dot ll-found" : "ll-dot");
    });
    setAttributes(title, { x: guess + guessWidth, y: 11 });
    const where = guessWidth < ROOM_OF_TITLE ? "" : " in the list, if it stopped here";
    title.textContent = `place of ${short(answer)}${where}`;
    const marks = [];
    for (let rank = 1; rank < size; rank *= 100) {
      const at = x(rank);
      marks.push(
        svg("path", { class: "ll-track", d: `M${at} ${top - 6}V${y(0) + 4}` }),
      );
      const text = { class: "ll-mark", x: at, y: top - 10 };
      marks.push(svg("text", text, rank === 1 ? "1st" : rank.toLocaleString("en")));
    }
    grid.replaceChildren(...marks);
    here.node.classList.toggle("ll-hidden", step === null);
    if (step === null) return;
    const at = x(ranks[step]);
    const words = `${short(names[step])} ${percent(chances[step])}`;
    here.update(at, y(step), at > guess + guessWidth / 2, words);
  }
  return { node, update };
}

/** @param {number} layers @param {boolean} isCompact */
export function guesses(layers, isCompact) {
  return isCompact ? line(layers) : barRows(layers);
}
