// What to make of an answer: where it stands, and whether it is right.

/**
 * @typedef {object} Person
 * @property {string} name
 * @property {string} group
 * @property {number} readings pages of the training text that say it
 * @property {string | null} truth what they say
 * @property {string} question
 * @property {string[]} notes
 * @property {number} asked which note answers the question
 * @property {string | null} contrary the note that contradicts the training text
 */
/**
 * An answer and its chance, or why there is none, and null.
 * @typedef {[string, number | null]} Reply
 */
/** @typedef {{ text: string, isAsked: boolean, isOn: boolean }} Line */
/** @typedef {{ person: Person, note: string, lines: Line[], prompt: string }} Page */
/** @typedef {["right" | "wrong" | "none", string]} Verdict */

/** @type {Verdict} */
export const NO_VERDICT = ["none", ""];

/** @param {number} readings */
export function pages(readings) {
  return `${readings || "no"} page${readings === 1 ? "" : "s"}`;
}

/**
 * Whether a sentence says some words, punctuation apart.
 * @param {string} sentence @param {string} words
 */
export function says(sentence, words) {
  /** @param {string} text */
  const plain = (text) => ` ${text.replace(/[^\p{L}\p{N}]+/gu, " ").trim()} `;
  return words !== "" && plain(sentence).includes(plain(words));
}

/**
 * @param {Person} person @param {Reply} reply
 * @returns {Verdict}
 */
export function closedVerdict({ truth, readings }, [answer]) {
  if (truth === null) return ["none", "○ Made up: no page names this person."];
  if (answer === truth) {
    return ["right", `✓ Right: the training text says so (${pages(readings)}).`];
  }
  return ["wrong", `✗ Wrong: the training text says “${truth}” (${pages(readings)}).`];
}

/**
 * @param {Pick<Page, "person" | "lines" | "note">} page @param {Reply} reply
 * @returns {Verdict}
 */
export function openVerdict({ person, lines, note }, [answer, chance]) {
  if (chance === null) return NO_VERDICT;
  const { truth } = person;
  const contradicts = truth !== null && answer !== truth;
  const against = contradicts ? ` The training text says “${truth}”.` : "";
  if (says(note, answer)) return ["right", `✓ It stands in the note.${against}`];
  const isInOther = lines.some((line) => line.isOn && says(line.text, answer));
  const where = isInOther ? "It stands in another note." : "It stands in no note.";
  const memory = answer === truth ? " It comes from the training text." : against;
  return ["wrong", `✗ ${where}${memory}`];
}
