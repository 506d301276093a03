// What is to be joined next: a heap, from which the best comes first.

/**
 * Two neighbours of a text and what they join to.
 * @typedef {{ score: number, left: number, right: number, joined: string }} Pair
 */

/**
 * Whether a pair comes before another: by its score, then from the left.
 * @param {Pair} a @param {Pair} b
 */
function isBefore(a, b) {
  return a.score > b.score || (a.score === b.score && a.left < b.left);
}

export class Agenda {
  /** @type {Pair[]} */
  #pairs = []; // none comes before the one at half its place

  /** @param {Pair} pair */
  add(pair) {
    const pairs = this.#pairs;
    let place = pairs.length;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!isBefore(pair, pairs[parent])) break;
      pairs[place] = pairs[parent];
      place = parent;
    }
    pairs[place] = pair;
  }

  /** The best one, which is taken off the agenda. @returns {Pair | undefined} */
  take() {
    const pairs = this.#pairs;
    const best = pairs[0];
    const last = pairs.pop();
    if (!last || !pairs.length) return best;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= pairs.length) break;
      const twin = child + 1;
      if (twin < pairs.length && isBefore(pairs[twin], pairs[child])) child = twin;
      if (!isBefore(pairs[child], last)) break;
      pairs[place] = pairs[child];
      place = child;
    }
    pairs[place] = last;
    return best;
  }
}

/**
 * Join neighbours of a text, those with the best score first, and of equals those
 * farthest left, until there are none left that join.
 * @param {string[]} symbols
 * @param {(left: string, right: string) => number | undefined} scoreOf two neighbours;
 *   undefined where they don't join
 * @returns {string[]}
 */
export function joinNeighbours(symbols, scoreOf) {
  const parts = symbols.slice();
  const next = parts.map((_, i) => i + 1); // the neighbours that are left
  const previous = parts.map((_, i) => i - 1);
  const agenda = new Agenda();
  /** @param {number} left @param {number} right */
  const consider = (left, right) => {
    if (left < 0 || right >= parts.length) return;
    const [one, other] = [parts[left], parts[right]];
    const score = scoreOf(one, other);
    if (score !== undefined) agenda.add({ score, left, right, joined: one + other });
  };

  for (let i = 1; i < parts.length; i += 1) consider(i - 1, i);
  for (let best = agenda.take(); best; best = agenda.take()) {
    const { left, right, joined } = best;
    // One of the two may have joined another neighbour since.
    if (!parts[right] || parts[left] + parts[right] !== joined) continue;
    parts[left] = joined;
    parts[right] = "";
    next[left] = next[right];
    if (next[left] < parts.length) previous[next[left]] = left;
    consider(previous[left], left);
    consider(left, next[left]);
  }
  return parts.filter((part) => part);
}
