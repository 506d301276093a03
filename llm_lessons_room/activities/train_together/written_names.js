// What the room's model writes by itself, sample after sample, and how often which name
// came.

import { worker } from "../../../llm_lessons/web/lib/worker.js";
import { written } from "../../../llm_lessons/web/widgets/train_your_own_model.js";

/** @import { Pupil } from "../../../llm_lessons/web/widgets/train_your_own_model.js" */
/** @import { Learned } from "./room_model.js" */

/**
 * `first`: the number of the first sample; others than on another page are other coins.
 * `changed` is called when there is something to see, `pace` milliseconds apart; so far
 * apart are the samples while the model learns. `most` are drawn in the end.
 * @param {{ first: number, pace: number, most: number }} how
 * @param {() => void} changed
 */
export function writtenNames({ first, pace, most }, changed) {
  const work = worker();
  /** @type {string[]} */
  let texts = [];
  let number = first;
  let shown = -Infinity;
  let followed = "";

  /** @param {Pupil} pupil */
  function* drawn(pupil) {
    while (texts.length < most) {
      texts.push(written(pupil, number++));
      if (texts.length === most || performance.now() - shown >= pace) {
        shown = performance.now();
        changed();
      }
      yield;
    }
  }

  /**
   * Write what belongs here: a sample now and then while it learns, many in the end.
   * @param {Learned | null} learned @param {string} phase
   */
  function follow(learned, phase) {
    const isEnd = phase === "reveal";
    const now = `${phase}/${learned?.training}/${isEnd ? learned?.steps : ""}`;
    if (followed !== now) {
      work.stop();
      [texts, shown, followed] = [[], -Infinity, now];
      if (learned && isEnd) work.start(drawn(learned.pupil));
    }
    if (!learned || isEnd || performance.now() - shown < pace) return;
    texts.push(written(learned.pupil, number++));
    shown = performance.now();
  }
  return { follow, texts: () => texts, stop: work.stop };
}

/**
 * How often each of these names was written, the most frequent first; without those
 * that were not.
 * @param {string[]} texts @param {string[]} names
 * @returns {[string, number][]}
 */
export function countNames(texts, names) {
  /** @type {Map<string, number>} */
  const counts = new Map(names.map((name) => [name, 0]));
  for (const text of texts) {
    const count = counts.get(text);
    if (count !== undefined) counts.set(text, count + 1);
  }
  return [...counts].filter(([, count]) => count).sort(([, a], [, b]) => b - a);
}
