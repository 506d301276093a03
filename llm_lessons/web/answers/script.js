// What a script that brings a model along consists of, beside the numbers.

import { open } from "../engine/model.js";
import { offer } from "../engine/offered.js";
import { answerOf } from "./answers.js";

/** @import { Packed } from "../engine/model.js" */

/** @param {Packed} packed */
export function offerModel(packed) {
  /** @type {Packed | null} */
  let waiting = packed; // once it is open, the page keeps the text of it no longer
  function* opened() {
    const model = yield* open(/** @type {Packed} */ (waiting));
    waiting = null;
    return model;
  }
  offer(packed.name, opened, answerOf);
}
