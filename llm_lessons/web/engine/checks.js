// What is given to the model, checked where it comes in: one sentence says what would
// be right, in the words of `checks/values.py`.

/** Something given doesn't do; its message is a sentence that says what would. */
export class Refusal extends Error {}

/**
 * A value in a few signs.
 * @param {unknown} value
 */
export function shown(value) {
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/**
 * @param {string} name @param {string} wanted @param {string} was
 * @returns {never}
 */
export function refuse(name, wanted, was) {
  throw new Refusal(`${name} must be ${wanted}; it was ${was}.`);
}

/**
 * A whole number, as it is.
 * @param {string} name @param {number} value
 * @param {number} [lowest] @param {number} [highest]
 */
export function wholeNumber(name, value, lowest, highest) {
  let wanted = "a whole number";
  if (lowest !== undefined) {
    wanted += highest === undefined ? `, ${lowest} or more` : ` from ${lowest}`;
  }
  if (highest !== undefined) wanted += ` to ${highest}`;
  const fits = Number.isSafeInteger(value) && value >= (lowest ?? value) &&
    value <= (highest ?? value);
  return fits ? value : refuse(name, wanted, shown(value));
}

/**
 * A text, as it is.
 * @param {string} name @param {string} value
 */
export function someText(name, value) {
  if (typeof value === "string") return value;
  return refuse(name, 'a text, such as "Once upon a time"', shown(value));
}

/**
 * Refuse settings that mean nothing.
 * @param {number} temperature @param {number | null} topK @param {number | null} topP
 */
export function checkSettings(temperature, topK, topP) {
  if (!(Number.isFinite(temperature) && temperature >= 0)) {
    const wanted = "a number from 0 (always the likeliest token) upwards";
    refuse("temperature", `${wanted}, for example 0.8`, shown(temperature));
  }
  if (topK !== null && !(Number.isSafeInteger(topK) && topK >= 1)) {
    const wanted = "a whole number from 1 upwards, or null to keep all tokens";
    refuse("topK", wanted, shown(topK));
  }
  if (topP !== null && !(topP > 0 && topP <= 1)) {
    const wanted = "above 0 and at most 1, for example 0.9";
    refuse("topP", `${wanted}, or null to keep all tokens`, shown(topP));
  }
}
