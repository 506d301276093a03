// A text that somebody typed: it is read, and shown; or it is refused in one sentence.
// Beside `TypedWidget` in `widgets/model_widget.py`.

import { Refusal } from "../engine/checks.js";

/** @typedef {"_shown" | "_message" | "_heard"} Told */

/**
 * @param {{ set: (name: Told, value: string) => void }} model
 * @param {string} text
 * @param {Generator<unknown, void, any>} reading which sets all other traits
 */
export function* readTyped(model, text, reading) {
  try {
    yield* reading;
    model.set("_shown", text);
    model.set("_message", "");
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    model.set("_message", refusal.message);
  }
  model.set("_heard", text);
}
