// The scores of a turned knob, looked up among those that the page has.

import { numbersOf } from "../lib/widget_model.js";

/** @import { Model } from "../lib/widget_model.js" */
/** Matrix, row and column, from 0. @typedef {[string, number, number]} Weight */
/**
 * What the page has to know of a weight beside its scores.
 * @typedef {{ weight: Weight, stops: number[], python: string }} Known
 */
/**
 * Scores come as packed rows; the two kinds of them are told in knob.py.
 * @typedef {{ _pieces: string[], _fineness: number,
 *   _listed: (Known & { title: string })[], _stock: DataView, _answer: DataView,
 *   _answered: [] | Weight }} Shelved
 */

/**
 * Rows of packed scores: for each token, how far it lies below the best of its row.
 * @param {DataView} bytes @param {number} size tokens of a row
 */
export function packedRows(bytes, size) {
  const all = numbersOf(Uint16Array, bytes);
  const count = all.length / size;
  return Array.from(
    { length: count },
    (_, i) => all.subarray(i * size, (i + 1) * size),
  );
}

/**
 * What does not fit into two bytes has no chance at all.
 * @param {Uint16Array} below @param {number} fineness
 */
export function chancesOf(below, fineness) {
  const weights = Float64Array.from(
    below,
    (gap) => gap === 65535 ? 0 : Math.exp(-gap / fineness),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

/**
 * The tokens that deserve a bar of their own: those that are ever likely among these
 * odds. They keep their places, by their odds in the first row, while a knob turns.
 * @param {Float64Array[]} rows @param {number} bars
 */
export function leaders(rows, bars) {
  const highest = rows[0].slice();
  for (const row of rows) {
    for (let id = 0; id < row.length; id += 1) {
      if (row[id] > highest[id]) highest[id] = row[id];
    }
  }
  const ids = Array.from(highest.keys());
  ids.sort((a, b) => highest[b] - highest[a] || a - b);
  return ids.slice(0, bars).sort((a, b) => rows[0][b] - rows[0][a] || a - b);
}

/**
 * How much probability lies on other tokens than before.
 * @param {Float64Array} before @param {Float64Array} after
 */
export function moved(before, after) {
  return before.reduce((sum, chance, id) => sum + Math.abs(after[id] - chance), 0) / 2;
}

/** @param {Weight} one @param {Weight} other */
export const sameWeight = (one, other) => String(one) === String(other);

/**
 * All odds that the page has. `stopsOf(weight)` are those of every stop of the slider,
 * undefined where they are not worked out yet, or undefined as a whole;
 * `oddsOf(setting)` those of one setting, or undefined.
 * @param {Model<Shelved>} model
 */
export function shelf(model) {
  const [size, fineness] = [model.get("_pieces").length, model.get("_fineness")];
  /** @param {"_stock" | "_answer"} name */
  const unpack = (name) => packedRows(model.get(name), size);
  const listed = model.get("_listed");
  // The trained row, and of all others the difference to it.
  const [base, ...differences] = unpack("_stock");
  const stock = differences.map((row) =>
    chancesOf(row.map((difference, id) => base[id] + difference), fineness)
  );
  const positions = stock.length / listed.length;
  const middle = (positions - 1) / 2;
  const trained = stock[middle]; // any weight's, as it was trained
  /** @type {DataView | undefined} */
  let bytes;
  /** @type {(Float64Array | undefined)[]} */
  let answer = [];
  let answered = ""; // the weight of it

  /** @param {Weight} weight */
  function stopsOf(weight) {
    const place = listed.findIndex((one) => sameWeight(one.weight, weight));
    if (place >= 0) return stock.slice(place * positions, (place + 1) * positions);
    if (String(model.get("_answered")) !== String(weight)) return undefined;
    if (answered !== String(weight)) {
      [answered, bytes, answer] = [String(weight), undefined, []];
    }
    if (bytes !== model.get("_answer")) {
      bytes = model.get("_answer");
      // The best of a row has a 0; a row without one is not worked out yet. They come
      // while the slider moves: what is there already is not unpacked again.
      answer = unpack("_answer").map((row, stop) =>
        answer[stop] ?? (row.includes(0) ? chancesOf(row, fineness) : undefined)
      );
    }
    return answer;
  }

  /** @param {{ weight: Weight, position: number }} setting */
  function oddsOf({ weight, position }) {
    return stopsOf(weight)?.[position] ?? (position === middle ? trained : undefined);
  }
  return { stopsOf, oddsOf, trained, positions };
}
