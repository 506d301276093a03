// All that moves together while a model learns: words, samples, knobs and both curves.

import { counted, element, isCalm, setText } from "../lib/dom.js";
import { lineChart } from "../lib/line_chart.js";
import {
  byHeartWords,
  losses,
  operations,
  shownText,
  spoken,
  statusWords,
} from "./train_your_own_training.js";

/** @import { Curve, Point } from "../lib/line_chart.js" */
/** @import { State } from "./train_your_own_training.js" */
/** @import { Standing } from "./train_your_own_work.js" */

const MOST_POINTS = 300; // then every second one goes
const MOST_EVEN = 3; // times even odds: as high as the picture grows when it breaks
const FIRST_END = 100_000; // letters; where a curve comes to the end, twice as many

/** @param {Point[]} points */
function thinned(points) {
  if (points.length <= MOST_POINTS) return points;
  return points.filter((_, i) => i % 2 === 0 || i === points.length - 1);
}

/** How far the picture reaches. @param {number} read letters */
function endFor(read) {
  let end = FIRST_END;
  while (end < read) end *= 2;
  return end;
}

/**
 * @param {Point[]} own of the lines that it reads @param {Point[]} kept of those aside
 * @param {Standing | null} standing @param {number | null} loss @returns {Curve}
 */
function drawing(own, kept, standing, loss) {
  const even = Math.log2((standing?.letters ?? 30) + 1);
  const highest = Math.max(...[...own, ...kept].map(([, y]) => y));
  const yEnd = Math.max(4, 1.3 * even, Math.min(highest, MOST_EVEN * even));
  return {
    points: own,
    begins: kept.length ? undefined : ["Here its curves will begin.", even],
    other: kept.length ? ["lines that it reads", "lines kept aside", kept] : undefined,
    lines: [["guessing evenly", even]],
    xEnd: endFor(standing?.read ?? 0),
    yEnd,
    beyond: (most) => `▲ beyond the picture: up to ${most.toFixed(1)} bits`,
    xName: "thousand letters read",
    yName: "loss, bits a letter",
    xText: (value) => `${Math.round(value / 1000).toLocaleString("en")}`,
    label: standing
      ? `Two curves. ${losses(loss, standing.aside)}`
      : "The curves of the loss, still empty.",
  };
}

function lossCurves() {
  const chart = lineChart();
  /** @type {Point[]} */
  let own = [];
  /** @type {Point[]} */
  let kept = [];

  /** @param {Standing} standing */
  function add({ read, loss, aside }) {
    if (loss !== null && Number.isFinite(loss)) own = thinned([...own, [read, loss]]);
    if (Number.isFinite(aside)) kept = thinned([...kept, [read, aside]]);
  }
  /** @param {Standing | null} standing @param {number | null} loss */
  function draw(standing, loss) {
    chart.update(drawing(own, kept, standing, loss));
  }
  function clear() {
    [own, kept] = [[], []];
  }
  return { node: chart.node, add, draw, clear, stop: chart.stop };
}

const FULL = 2.5; // times the usual size of a number: then a colour is at its strongest

/** The numbers of a colour that a browser has worked out. @param {string} colour */
function channels(colour) {
  return (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
}

/**
 * Red, green, blue and strength of every square. A row of a matrix becomes a column, so
 * that the picture lies wide.
 * @param {Float32Array} knobs [columns, width] @param {number} width
 * @param {number[]} above the colour above zero @param {number[]} below
 */
function squares(knobs, width, above, below) {
  const columns = Math.floor(knobs.length / width);
  const colours = new Uint8ClampedArray(4 * columns * width);
  for (let column = 0; column < columns; column += 1) {
    const numbers = knobs.subarray(column * width, (column + 1) * width);
    const sum = numbers.reduce((all, one) => all + one * one, 0);
    const usual = Math.sqrt(sum / width) || 1;
    for (let i = 0; i < width; i += 1) {
      const strength = Math.abs(numbers[i]) / (FULL * usual);
      const colour = numbers[i] < 0 ? below : above;
      colours.set([...colour, 255 * Math.min(1, strength)], 4 * (i * columns + column));
    }
  }
  return { columns, colours };
}

/** A canvas below its title, with what its colours mean. */
function knobPicture() {
  const label = "The first knobs: a column of squares for each letter, then others. " +
    "They change while it trains.";
  const canvas = element("canvas", { role: "img", "aria-label": label });
  const above = element("span", { class: "ll-own-above" }, "■ above zero");
  const below = element("span", { class: "ll-own-below" }, "■ below zero");
  const caption = element("figcaption", {}, "Its first knobs: ", above, " ", below);
  const node = element("figure", { class: "ll-own-knobs" }, caption, canvas);

  /** @param {Float32Array} knobs @param {number} width */
  function update(knobs, width) {
    const [up, down] = [above, below].map((one) =>
      channels(getComputedStyle(one).color)
    );
    const { columns, colours } = squares(knobs, width, up, down);
    const painter = canvas.getContext("2d");
    if (canvas.width !== columns) canvas.width = columns;
    if (canvas.height !== width) canvas.height = width;
    painter?.putImageData(new ImageData(colours, columns, width), 0, 0);
  }
  return { node, update };
}

const PLACES = 10;

function samplePlaces() {
  const places = Array.from({ length: PLACES }, () => {
    const [text, mark] = [element("bdi"), element("small")];
    return { text, mark, node: element("li", {}, text, " ", mark) };
  });
  const list = element("ol", {}, ...places.map((place) => place.node));
  const count = element("p", { class: "ll-own-heart" });
  const title = element("p", { class: "ll-name" }, "What it writes by itself");
  const yet = element(
    "li",
    { class: "ll-own-yet" },
    "Here it will write: noise at first.",
  );
  list.append(yet);
  const node = element("div", { class: "ll-own-samples" }, title, list, count);
  let next = 0;

  function clear() {
    next = 0;
    yet.hidden = false;
    for (const { text, mark, node: place } of places) {
      for (const one of [text, mark]) setText(one, "");
      place.hidden = true;
    }
    setText(count, "");
  }
  /** @param {Standing} standing @param {Standing["texts"]} texts */
  function update(standing, texts) {
    yet.hidden = yet.hidden || texts.length > 0;
    for (const [written, isKnown] of texts.slice(-PLACES)) {
      const { text, mark, node: place } = places[next % PLACES];
      setText(text, shownText(written));
      setText(mark, isKnown ? "✓ in the list" : "");
      place.hidden = false;
      next += 1;
    }
    setText(count, byHeartWords(standing));
  }
  clear();
  return { node, update, clear };
}

const SPOKEN_EACH = 10_000; // milliseconds of training
const SPOKEN_TEXTS = 3;
const CALM = 1000; // milliseconds between two changes, for who asked for less motion

/** What a screen reader hears: at the start, every ten seconds, and at the end. */
function speech() {
  const node = element("p", { class: "ll-unseen", role: "status" });
  /** @type {string[]} */
  let latest = [];
  let told = 0;

  function clear() {
    [latest, told] = [[], 0];
  }
  /** @param {number} lines */
  function begin(lines) {
    setText(node, `The training has begun, with ${counted(lines, "line")}.`);
  }
  /** @param {State} state */
  function say({ phase, standing, loss }) {
    setText(node, spoken(phase, standing, loss, latest));
  }
  /** @param {State} state @param {Standing} standing */
  function add(state, { texts, spent }) {
    latest = [...latest, ...texts.map(([text]) => text)].slice(-SPOKEN_TEXTS);
    const tens = Math.floor(spent / SPOKEN_EACH);
    if (tens > told) say(state);
    told = tens;
  }
  return { node, clear, begin, say, add };
}

/** All that shows how the training stands. */
export function pictures() {
  const status = element("p", { class: "ll-status" });
  const count = element("p", { class: "ll-own-count" });
  const [samples, knobs, curves] = [samplePlaces(), knobPicture(), lossCurves()];
  const voice = speech();
  let drawn = -Infinity;
  /** @type {Standing["texts"]} */
  let waiting = [];

  function clear() {
    for (const part of [samples, curves, voice]) part.clear();
    [waiting, drawn] = [[], -Infinity];
  }
  /** @param {State} state */
  function add(state) {
    if (!state.standing) return;
    curves.add(state.standing);
    waiting.push(...state.standing.texts);
    voice.add(state, state.standing);
  }
  /** @param {State} state @param {boolean} isLast it changes no more for now */
  function draw({ phase, standing, loss }, isLast) {
    const now = performance.now();
    if (!isLast && isCalm() && now - drawn < CALM) return;
    drawn = now;
    setText(status, statusWords(phase, standing, loss));
    setText(count, standing ? operations(standing) : "");
    curves.draw(standing, loss);
    knobs.node.hidden = standing === null;
    if (!standing) return;
    samples.update(standing, waiting);
    knobs.update(standing.knobs, standing.width);
    waiting = [];
  }
  const { node: heard, begin, say } = voice;
  const nodes = { status, heard, count, samples, knobs, curves };
  return { nodes, clear, begin, say, add, draw, stop: curves.stop };
}
