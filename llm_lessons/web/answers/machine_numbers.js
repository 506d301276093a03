// States of the machine, packed as its picture wants them: see `numbers` and what
// follows it in `widgets/machine.py`, and `widgets/machine_numbers.js`, which unpacks.

import { argmax } from "../engine/sampling.js";

/** @import { Column, Inside } from "./inside.js" */

const BARS_OF_A_COLUMN = 5; // single tokens; all others share one more
const STEPS_OF_A_LOOK = 65_535; // steps to which a look is rounded

/**
 * The tokens that deserve a bar of their own behind a token: the favourite as trained,
 * and then those that are ever likely.
 * @param {Column} trained @param {Column} now
 */
function barsOfAColumn(trained, now) {
  const highest = trained.odds.map((chance, id) => Math.max(chance, now.odds[id]));
  highest[argmax(trained.odds)] = Infinity;
  return highestOf(highest, BARS_OF_A_COLUMN);
}

/** @param {Float64Array} odds @param {number} count */
export function highestOf(odds, count) {
  const left = odds.slice();
  return Array.from({ length: count }, () => {
    const best = argmax(left);
    left[best] = -Infinity;
    return best;
  });
}

/** @param {Inside} now @param {Inside} trained */
export function packedState(now, trained) {
  const ids = now.columns.map((column, i) => barsOfAColumn(trained.columns[i], column));
  /** @param {Inside} state */
  const chances = ({ columns }) =>
    columns.map(({ odds }, i) => ids[i].map((id) => odds[id]));
  const [guesses, ...others] = /** @type {const} */ ([
    "guesses",
    "chances",
    "own",
    "ranks",
  ]).map((name) => now.columns.map((column) => column[name]));
  const tables = [ids, chances(trained), chances(now), guesses, ...others];
  const answers = now.columns.map(({ answer }) => answer);
  return {
    numbers: new DataView(Float32Array.from(tables.flat(2)).buffer),
    looks: packedLooks(now),
    used: new Set([...ids.flat(), ...guesses.flat(), ...answers]),
  };
}

/** Looks, two bytes each: from each token back to itself. @param {Inside} state */
function packedLooks({ looks, columns }) {
  const count = columns.length;
  const steps = [];
  for (const layer of looks) { // [N T T]
    for (let row = 0; row < layer.length / count; row += 1) {
      const column = row % count;
      for (let to = 0; to <= column; to += 1) {
        steps.push(Math.round(layer[row * count + to] * STEPS_OF_A_LOOK));
      }
    }
  }
  return new DataView(Uint16Array.from(steps).buffer);
}
