// Phones of a room that has no network, and one machine that learns all that they do,
// without any float16: for `test_room_training.py`.

import { Trainer } from "../../llm_lessons/web/engine/training.js";
import {
  roomLines,
  roomModel,
} from "../../llm_lessons_room/activities/train_together/room_model.js";
import {
  batchAt,
  pupilOf,
} from "../../llm_lessons/web/widgets/train_your_own_model.js";

/** @typedef {Parameters<ReturnType<typeof roomModel>["follow"]>[0]} TogetherMoment */
/**
 * @typedef {{ lines: string[], names: string[], training: number, phones: number,
 *   rates: number[], weights: number[] }} Expected
 */

/** One machine's losses with the same lines. @param {Expected} expected */
export function alone({ lines, names, phones, rates, weights }) {
  const pupil = pupilOf(roomLines(lines, names), 0, () => 0);
  const { config, rowLength, rows } = pupil;
  const learningRate = (/** @type {number} */ step) => rates[step];
  const recipe = { rows: rows * phones, rowLength, learningRate };
  const trainer = new Trainer(config, recipe);
  trainer.values.set(weights);
  const batches = rates.map((_, step) =>
    Array.from({ length: phones }, (_, i) => [...batchAt(pupil, step * phones + i)])
      .flat()
  );
  const losses = batches.map((batch) => trainer.step(batch));
  return { losses, batches, rows, rowLength, config };
}

/**
 * Hears weights in base64, each for the phone whose turn it is, and says gradients.
 * @param {Expected} expected @param {(line: string) => void} say
 */
export function phonesOf({ lines, names, training, phones }, say) {
  const moment = /** @type {TogetherMoment} */ (/** @type {unknown} */ ({
    step: { shown: { lines } },
    tally: { training, names },
  }));
  const models = Array.from({ length: phones }, () =>
    roomModel(() => {}, (bytes) => {
      say(btoa(bytes.reduce((all, one) => all + String.fromCharCode(one), "")));
      return true;
    }));
  models.forEach((model) => model.follow(moment));
  let turn = 0;
  return (/** @type {string} */ line) => {
    const bytes = Uint8Array.from(atob(line), (letter) => letter.charCodeAt(0));
    models[turn++ % phones].receive(bytes.buffer);
  };
}
