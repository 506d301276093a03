// What the room's model writes by itself: sample after sample, in between of other work,
// and how often which name came.

import { worker } from "../../answers/worker.js";
import { written } from "../../widgets/train_your_own_model.js";

/** @import { Pupil } from "../../widgets/train_your_own_model.js" */

/**
 * `first`: the number of the first sample; others than on another page are other coins.
 * `changed` is called when there is something to see, `pace` milliseconds apart.
 * @param {number} first @param {() => void} changed
 */
export function writtenNames(first, changed, pace = 200) {
  const work = worker();
  /** @type {string[]} */
  let texts = [];
  let number = first;
  let shown = -Infinity;

  /** One more, if the last one has been seen for long enough. @param {Pupil} pupil */
  function one(pupil) {
    if (performance.now() - shown < pace) return;
    texts.push(written(pupil, number++));
    shown = performance.now();
  }
  /** @param {Pupil} pupil @param {number} count */
  function* drawn(pupil, count) {
    while (texts.length < count) {
      texts.push(written(pupil, number++));
      if (texts.length === count || performance.now() - shown >= pace) {
        shown = performance.now();
        changed();
      }
      yield;
    }
  }
  /** So many at once, and none of those before. @param {Pupil} pupil */
  function many(pupil, /** @type {number} */ count) {
    clear();
    work.start(drawn(pupil, count));
  }
  function clear() {
    work.stop();
    [texts, shown] = [[], -Infinity];
  }
  return { one, many, clear, texts: () => texts, stop: work.stop };
}

/**
 * How often each of these names was written, the most frequent first; without those that
 * were not.
 * @param {string[]} texts @param {string[]} names
 * @returns {[string, number][]}
 */
export function timesWritten(texts, names) {
  /** @type {Map<string, number>} */
  const counts = new Map(names.map((name) => [name, 0]));
  for (const text of texts) {
    const count = counts.get(text);
    if (count !== undefined) counts.set(text, count + 1);
  }
  return [...counts].filter(([, count]) => count).sort(([, a], [, b]) => b - a);
}
