// What a phone finds from thumbs: which way every knob should go for the names that
// somebody likes to come more often, and the others less often.

import {
  batchOfLines,
  lettersIn,
  written,
} from "../../../llm_lessons/web/widgets/train_your_own_model.js";
import { tokensOf } from "../../../llm_lessons/web/widgets/train_your_own_text.js";

/** @import { Pupil } from "../../../llm_lessons/web/widgets/train_your_own_model.js" */

export const JUDGED = 4; // names that a phone judges in a step

/**
 * Names that the model writes now, for one phone to judge. They are drawn by the very
 * odds that the thumbs turn, at temperature 1: of other odds, these are no gradients.
 * @param {Pupil} pupil @param {number} place other names than those of other phones
 */
export function namesToJudge(pupil, place) {
  const first = place * JUDGED;
  return Array.from({ length: JUDGED }, (_, i) => written(pupil, first + i, 1));
}

/**
 * Policy gradient, the mean of the group as its baseline (arXiv 2402.03300): a name
 * counts by how much better it was liked than the phone's names of this step on
 * average. So where all got the same thumb, nothing is turned. With thumbs up and down
 * alone, that is two plain gradients, one taken from the other.
 * @param {Pupil} pupil as it wrote them @param {string[]} names
 * @param {boolean[]} ups which of them got a thumb up
 * @returns {Generator<void, { gradient: Float32Array, letters: number, down: number }>}
 *   gradient [weights], letters in all, and the share of thumbs down
 */
export function* thumbsGradient({ trainer, letters, rows, rowLength }, names, ups) {
  const down = ups.filter((isUp) => !isUp).length / ups.length;
  const gradient = new Float32Array(trainer.values.length);
  // A name as long as can be was cut, and has no end that was drawn.
  const lines = names.map((name) => tokensOf(name, letters).slice(0, rowLength));
  const all = lines.reduce((sum, tokens) => sum + tokens.length - 1, 0);
  for (const isUp of [true, false]) {
    const some = lines.filter((_, i) => ups[i] === isUp);
    if (!some.length) continue;
    const batch = batchOfLines(some, rows, rowLength + 1);
    yield* trainer.measureInPieces(batch);
    const advantage = isUp ? down : down - 1;
    const share = (advantage * lettersIn(batch, some.length)) / all;
    trainer.gradient.forEach((value, i) => gradient[i] += share * value);
  }
  return { gradient, letters: all, down };
}
