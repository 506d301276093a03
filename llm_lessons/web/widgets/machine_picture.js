// The picture itself: where everything stands in it, streams that run upwards, layers
// as rows, looks as arcs, and what the model would say if it stopped after a layer.

import { percent } from "../lib/odds.js";
import { setAttributes, svg } from "../lib/svg.js";

const MANY_LAYERS = 12; // from here on rows are narrow, and guesses become a line
const LETTER = 7.9; // pixels that a letter of a token's name takes
const NARROW = 480; // pixels

/** @typedef {ReturnType<typeof placesOf>} Places */
/**
 * @param {number} width pixels that there are
 * @param {{ layers: number, heads: number, names: string[] }} sizes
 */
export function placesOf(width, { layers, heads, names }) {
  const isCompact = layers > MANY_LAYERS;
  const isNarrow = width < NARROW;
  // Many layers have to fit on one screen; a phone is moved up and down anyway.
  const row = isCompact ? (isNarrow ? 10 : 8) : 36;
  const [cell, gap] = isCompact ? [9, 1] : [22, 4];
  const high = Math.min(cell, row - gap); // of a cell; as wide as there is room for
  const label = isCompact || isNarrow ? 20 : 56;
  const left = label + heads * (cell + gap) + 12;
  const wanted = isCompact ? (isNarrow ? 120 : 230) : (isNarrow ? 104 : 168);
  const room = width - left - wanted - 16;
  const pitch = Math.min(Math.max(room / names.length, 17), 64);
  const right = left + pitch * names.length; // where the columns end
  const longest = Math.max(...names.map((name) => name.length));
  const isTurned = LETTER * longest + 8 > pitch;
  const top = isCompact ? 34 : 30;
  const bottom = top + row * layers;
  const whole = Math.max(width, right + 16 + wanted);
  return {
    isCompact,
    isNarrow,
    isTurned,
    row,
    cell,
    high,
    gap,
    label,
    pitch,
    right,
    top,
    bottom,
    whole,
    guess: right + 16,
    guessWidth: Math.min(whole - right - 16, 280),
    names: isTurned ? Math.min(LETTER * longest + 10, 96) : 26, // their height
    height: bottom + (isCompact ? 8 : 14),
    /** @param {number} column */
    x: (column) => left + pitch * (column + 0.5),
    /** The height after so many layers. @param {number} step */
    y: (step) => bottom - row * step,
    /** @param {number} head */
    cellX: (head) => label + head * (cell + gap),
    /** @param {number} layer */
    cellY: (layer) => bottom - row * (layer + 0.5) - high / 2,
  };
}

/**
 * A look: from the column that looks, in the middle of the layer, back to the stream of
 * the token that is looked at, before the layer.
 * @param {Places} places @param {number} layer @param {number} from @param {number} to
 */
function arc({ x, y, row }, layer, from, to) {
  const [low, high] = [y(layer), y(layer + 0.55)];
  if (from === to) return `M${x(to)} ${low}V${high}`;
  const bend = Math.min((x(from) - x(to)) / 2, 0.8 * row);
  const [a, b] = [x(to), x(to) + bend];
  return `M${a} ${low}C${a} ${high + 0.1 * row} ${
    a + 0.4 * bend
  } ${high} ${b} ${high}` +
    `H${x(from)}`;
}

/**
 * How far to the right a place among all tokens stands: 0 is the last, 1 the first.
 * @param {number} rank from 1 @param {number} size of the vocabulary
 */
export function along(rank, size) {
  return 1 - Math.log(rank) / Math.log(size);
}

/**
 * What is drawn of a layer.
 * @typedef {object} Row
 * @property {Float64Array} look how much the column looks at each token up to itself
 * @property {"" | "dim" | "off"} mood dim where something else is pointed at; off where
 *   it is the look of a silenced head
 */

const LEAST = 0.01; // a look below it is not drawn

/** @param {{ layers: number, tokens: number }} sizes */
export function picture({ layers, tokens }) {
  const range = (/** @type {number} */ n) => Array.from({ length: n }, (_, i) => i);
  const streams = range(tokens).map(() => svg("path", { class: "ll-stream" }));
  const arcs = range(layers).map(() => {
    const paths = range(tokens).map(() => svg("path", { class: "ll-look" }));
    return { node: svg("g", { class: "ll-looks" }, ...paths), paths };
  });
  const steps = range(layers + 1).map(() =>
    range(tokens).map(() => svg("rect", { class: "ll-step" }))
  );
  const riser = svg("path", { class: "ll-riser" });
  const node = svg(
    "g",
    {},
    ...streams,
    riser,
    ...arcs.map((one) => one.node),
    ...steps.flat(),
  );
  /** @type {Places | undefined} */
  let drawnFor;
  let drawnColumn = -1;

  /** @param {Places} places @param {number} column */
  function layOut(places, column) {
    const { x, y, height, isCompact } = places;
    const side = isCompact ? 3 : 8;
    streams.forEach((path, i) => {
      setAttributes(path, { d: `M${x(i)} ${height}V${y(layers)}` });
      path.classList.toggle("ll-beyond", i > column);
      path.classList.toggle("ll-own", i === column);
    });
    steps.forEach((all, step) =>
      all.forEach((rect, i) => {
        const wide = i === column ? 1.5 * side : side;
        const corner = { x: x(i) - wide / 2, y: y(step) - wide / 2 };
        setAttributes(rect, { ...corner, width: wide, height: wide, rx: 2 });
        rect.classList.toggle("ll-beyond", i > column);
        rect.classList.toggle("ll-first", step === 0);
      })
    );
    const top = y(layers);
    setAttributes(riser, { d: `M${x(column)} ${top}V3m-5 6l5 -6l5 6` });
    arcs.forEach(({ paths }, layer) =>
      paths.forEach((path, to) => {
        setAttributes(path, { d: to > column ? "" : arc(places, layer, column, to) });
      })
    );
  }

  /** @param {Places} places @param {number} column @param {Row[]} rows */
  function update(places, column, rows) {
    if (places !== drawnFor || column !== drawnColumn) layOut(places, column);
    [drawnFor, drawnColumn] = [places, column];
    const most = places.isCompact ? 0.6 * places.row : 14;
    rows.forEach(({ look, mood }, layer) => {
      const { node, paths } = arcs[layer];
      setAttributes(node, { class: `ll-looks ${mood && `ll-${mood}`}` });
      paths.forEach((path, to) => {
        const weight = to > column ? 0 : look[to];
        const width = weight < LEAST ? 0 : 0.4 + most * weight;
        path.style.strokeWidth = `${width.toFixed(2)}px`;
      });
    });
  }
  return { node, update };
}

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
