// What the machine's picture is made of: states as they were packed in machine.py.

import { numbersOf } from "../lib/widget_model.js";

/** @import { Model } from "../lib/widget_model.js" */
/** Layer and number of a head, from 0. @typedef {[number, number]} Head */
/**
 * @typedef {{ _sizes: [number, number, number], _tokens: number[], _stock: DataView,
 *   _stock_looks: DataView, _answer: DataView, _answer_looks: DataView,
 *   _answered: Head[] }} Packed
 */
/**
 * The machine with some heads silenced. Of each place in the text (a column) there are
 * bars and, for each step, a guess; step 0 is before the first layer.
 * @typedef {object} State
 * @property {(column: number) => Float32Array} ids of the bars
 * @property {(column: number) => Float32Array} before their chances as trained
 * @property {(column: number) => Float32Array} now their chances
 * @property {(column: number) => Float32Array} guesses an id for each step
 * @property {(column: number) => Float32Array} chances of the guesses
 * @property {(column: number) => Float32Array} own chances of the trained answer
 * @property {(column: number) => Float32Array} ranks of the trained answer, from 1
 * @property {(layer: number, head: number, column: number) => Float64Array} looks how
 *   much the column looks at each token up to itself
 */

const TABLES_OF_BARS = 3;
const TABLES_OF_STEPS = 4;
const WHOLE = 65_535; // of a look
const LEAST_LOOK = 0.05; // that is told

/** @param {number} index @param {number} heads of a layer @returns {Head} */
export const headAt = (index, heads) => [Math.floor(index / heads), index % heads];

/**
 * All states that are packed behind each other.
 * @param {DataView} bytes @param {DataView} lookBytes @param {number} bars of a column
 * @param {{ layers: number, heads: number, tokens: number }} sizes @returns {State[]}
 */
export function states(bytes, lookBytes, bars, { layers, heads, tokens }) {
  const all = numbersOf(Float32Array, bytes);
  const looks = numbersOf(Uint16Array, lookBytes);
  const [wide, pairs] = [layers + 1, (tokens * (tokens + 1)) / 2];
  const size = tokens * (TABLES_OF_BARS * bars + TABLES_OF_STEPS * wide);
  return Array.from({ length: all.length / size }, (_, number) => {
    let start = number * size;
    /** @param {number} width */
    function table(width) {
      const first = start;
      start += tokens * width;
      return (/** @type {number} */ column) =>
        all.subarray(first + column * width, first + (column + 1) * width);
    }
    const [ids, before, now] = [table(bars), table(bars), table(bars)];
    const [guesses, chances] = [table(wide), table(wide)];
    const [own, ranks] = [table(wide), table(wide)];
    return {
      ids,
      before,
      now,
      guesses,
      chances,
      own,
      ranks,
      looks(layer, head, column) {
        const row = (number * layers + layer) * heads + head;
        const first = row * pairs + (column * (column + 1)) / 2;
        return Float64Array.from(
          looks.subarray(first, first + column + 1),
          (step) => step / WHOLE,
        );
      },
    };
  });
}

/**
 * How many bars a column has, by the number of bytes of one state.
 * @param {number} bytes @param {number} tokens @param {number} layers
 */
export function barsOf(bytes, tokens, layers) {
  return (bytes / 4 / tokens - TABLES_OF_STEPS * (layers + 1)) / TABLES_OF_BARS;
}

/**
 * The states that the page has: `trained()`, and `now(silenced)`, which is undefined
 * where the kernel has not told it yet. `isStocked()`: each head alone is there.
 * @param {Model<Packed>} model
 */
export function stateShelf(model) {
  /** @type {{ stock?: DataView, answer?: DataView }} */
  const read = {};
  /** @type {State[]} */
  let stock = [];
  /** @type {State | undefined} */
  let answer;

  const sizes = () => {
    const [layers, heads] = model.get("_sizes");
    return { layers, heads, tokens: model.get("_tokens").length };
  };
  function stocked() {
    const bytes = model.get("_stock");
    if (bytes !== read.stock) {
      const { layers, heads, tokens } = sizes();
      const looks = model.get("_stock_looks");
      const one = layers * heads * tokens * (tokens + 1); // bytes of a state's looks
      const count = looks.byteLength / one;
      const bars = barsOf(bytes.byteLength / count, tokens, layers);
      stock = states(bytes, looks, bars, sizes());
      read.stock = bytes;
    }
    return stock;
  }
  function answered() {
    const bytes = model.get("_answer");
    if (bytes !== read.answer) {
      const { tokens, layers } = sizes();
      const bars = barsOf(bytes.byteLength, tokens, layers);
      [answer] = states(bytes, model.get("_answer_looks"), bars, sizes());
      read.answer = bytes;
    }
    return answer;
  }
  /** @param {Head[]} silenced */
  function now(silenced) {
    const all = stocked();
    if (!silenced.length) return all[0];
    const [[layer, head]] = silenced;
    const alone = all[1 + layer * model.get("_sizes")[1] + head];
    if (silenced.length === 1 && alone) return alone;
    return String(model.get("_answered")) === String(silenced) ? answered() : undefined;
  }
  return { now, trained: () => stocked()[0], isStocked: () => stocked().length > 1 };
}

/**
 * Where several heads look together: the mean of their looks.
 * @param {Float64Array[]} looks @param {number} column that looks
 */
export function together(looks, column) {
  const mean = new Float64Array(column + 1);
  for (const look of looks) look.forEach((one, i) => mean[i] += one / looks.length);
  return mean;
}

/**
 * The tokens that are looked at most, the first one first, as [place, weight].
 * @param {Float64Array} look @param {number} count @returns {[number, number][]}
 */
export function most(look, count) {
  /** @type {[number, number][]} */
  const pairs = Array.from(look, (weight, place) => [place, weight]);
  return pairs.filter(([, weight]) => weight >= LEAST_LOOK)
    .sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, count);
}
