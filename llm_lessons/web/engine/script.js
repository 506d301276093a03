// What a script that brings a model along consists of, beside the numbers.

import { open } from "./model.js";
import { offer } from "./offered.js";

/** @import { Packed } from "./model.js" */

/** @param {Packed} packed */
export function offerModel(packed) {
  /** @type {Packed | null} */
  let waiting = packed; // once it is open, the page keeps the text of it no longer
  offer(packed.name, () => {
    const model = open(/** @type {Packed} */ (waiting));
    waiting = null;
    return model;
  });
}
