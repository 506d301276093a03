// A list and names that a room's model learns, and what the server tells of it.

import { toHalves } from "../../llm_lessons/web/engine/halves.js";

/**
 * @import { TogetherMoment }
 *   from "../../llm_lessons_room/activities/train_together/room_model.js"
 */

export const LISTED = Array.from({ length: 40 }, (_, i) => `dog ${i}`);
export const NAMES = ["Rex", "dog 7", "Bjørn Å", "🦊"];

/** @param {number} training @returns {TogetherMoment} */
export function momentOf(training, round = 1) {
  const moment = {
    round,
    step: { shown: { lines: LISTED } },
    tally: { training, names: NAMES },
  };
  return /** @type {TogetherMoment} */ (/** @type {unknown} */ (moment));
}

/** @param {number} training @param {number} lines @param {Float32Array} values */
export function weightsFrame(
  training,
  step = 0,
  lines = 0,
  values = new Float32Array(0),
) {
  const bytes = new Uint8Array(16 + 2 * values.length);
  new Uint32Array(bytes.buffer, 0, 4).set([training, step, lines, 0]);
  new Uint16Array(bytes.buffer, 16).set(toHalves(values, 1));
  return bytes.buffer;
}
