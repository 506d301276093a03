// What the kernel does for a `Knob`: the scores at every stop of a weight that is in
// no list. Beside `widgets/knob.py` and `lessons/forward_pass/knobs.py`. The stop
// under the slider comes first, then those that are next to it: all of them take
// seconds on a telephone.

import { matrixOf } from "../engine/knobs.js";
import { softmax } from "../engine/sampling.js";
import { worker } from "../lib/worker.js";
import { endingsOf, highestOf, withoutEmpty } from "./words.js";

/** @import { Weight } from "../engine/knobs.js" */
/** @import { LanguageModel } from "../engine/model.js" */
/** @import { ModelConfig } from "../engine/parameters.js" */
/** @import { Model } from "../lib/widget_model.js" */
/** @import { Traits } from "../widgets/knob.js" */

const REACH = 20; // standard deviations of its matrix by which a weight is turned

/**
 * Evenly spread, the trained one in the middle.
 * @param {LanguageModel} lm @param {Weight} weight @param {number} positions
 */
function stopsOf(lm, weight, positions) {
  const numbers = matrixOf(lm.params, weight);
  const mean = numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
  const squares = numbers.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  const reach = Math.fround(REACH * Math.sqrt(squares / numbers.length));
  const [middle, half] = [lm.trained(weight), (positions - 1) / 2];
  return Array.from({ length: positions }, (_, stop) => {
    const way = Math.fround(reach * Math.fround((stop - half) / half));
    return Math.fround(middle + way);
  });
}

/**
 * How to write a weight below `params`, where heads have an axis of their own.
 * @param {ModelConfig} config @param {Weight} weight
 */
function inPython({ d_head }, { matrix, row, column }) {
  const field = matrix.split(".").at(-1) ?? "";
  const split = (/** @type {number} */ place) => [
    Math.floor(place / d_head),
    place % d_head,
  ];
  let place = [row, column];
  if (field.endsWith("norm")) place = [column];
  if (["query", "key", "value"].includes(field)) place = [row, ...split(column)];
  if (field === "output") place = [...split(row), column];
  return `${matrix}[${place.join(", ")}]`;
}

const KNOB_BARS = 12; // for single tokens
const NOT_KNOWN_YET = 65_535; // of a stop whose scores are not worked out yet

/** @param {Model<Traits>} model @param {LanguageModel} lm */
export function answerKnob(model, lm) {
  const [reader, work] = [lm.reader(), worker()];
  const fineness = model.get("_fineness");
  const positions = model.get("_listed")[0].stops.length;
  /** @type {Record<string, string>} */
  let endings = model.get("_endings"); // the empty ones too
  /** @type {(Uint16Array | null)[]} */
  let rows = []; // packed, a stop each
  let told = 0; // how many of them the page has

  function tellRows() {
    const size = lm.config.vocab_size;
    const all = new Uint16Array(positions * size).fill(NOT_KNOWN_YET);
    rows.forEach((row, i) => row && all.set(row, i * size));
    told = rows.filter(Boolean).length;
    model.set("_answer", new DataView(all.buffer));
  }

  /** The unknown stop that is nearest to the slider, or -1. */
  function wanted() {
    const position = model.get("position");
    const far = (/** @type {number} */ stop) => Math.abs(stop - position);
    return rows.reduce(
      (best, row, stop) => row || best >= 0 && far(best) <= far(stop) ? best : stop,
      -1,
    );
  }

  /** The stop under the slider, if the page does not have it. */
  function tellPosition() {
    if (rows[model.get("position")] && told < rows.filter(Boolean).length) tellRows();
  }

  function* answer() {
    const [matrix, row, column] = model.get("weight");
    const weight = { matrix, row, column };
    const stops = stopsOf(lm, weight, positions);
    rows = stops.map(() => null);
    model.set("_own", {
      weight: [matrix, row, column],
      stops,
      python: inPython(lm.config, weight),
    });
    tellRows();
    model.set("_answered", [matrix, row, column]);
    const turn = yield* lm.turning(model.get("prompt"), weight);
    const highest = new Float64Array(lm.config.vocab_size);
    for (let stop = wanted(); stop >= 0; stop = wanted()) {
      const logits = yield* turn(stops[stop]);
      softmax(logits).forEach((chance, id) => {
        highest[id] = Math.max(highest[id], chance);
      });
      rows[stop] = packedScores(logits, fineness);
      if (stop === model.get("position")) tellRows();
    }
    tellRows();
    yield* tellEndings(highestOf(highest, KNOB_BARS));
  }

  /** @param {number[]} tokens whose words may go on */
  function* tellEndings(tokens) {
    const ids = lm.encode(model.get("prompt"));
    yield* reader.read(ids);
    endings = yield* endingsOf(reader, ids.length, tokens, endings);
    model.set("_endings", withoutEmpty(endings));
  }

  function asked() {
    work.stop();
    const weight = String(model.get("weight"));
    const isListed = model.get("_listed").some((one) => String(one.weight) === weight);
    const isTold = String(model.get("_answered")) === weight && rows.every(Boolean);
    if (isListed || isTold) return;
    model.set("position", (positions - 1) / 2);
    work.start(answer());
  }
  model.on("change:weight", asked);
  model.on("change:position", tellPosition);
  asked(); // a weight that was chosen before the model was there
}

/**
 * Scores, two bytes each: how far each lies below the best.
 * @param {Float32Array} logits @param {number} fineness
 */
function packedScores(logits, fineness) {
  const best = logits.reduce((most, score) => Math.max(most, score), -Infinity);
  return Uint16Array.from(
    logits,
    (score) => Math.min(Math.round((best - score) * fineness), NOT_KNOWN_YET),
  );
}
