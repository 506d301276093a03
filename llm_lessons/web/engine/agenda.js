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

  /**
   * The best one, which is taken off the agenda.
   * @returns {Pair | undefined}
   */
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
