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
/**
 * `silent` is what a model says where no note answers.
 * @typedef {object} Page
 * @property {Person} person
 * @property {string} note
 * @property {Line[]} lines
 * @property {string} silent
 * @property {string} prompt
 */
/** @typedef {["right" | "wrong" | "none", string]} Verdict */

/** @type {Verdict} */
export const NO_VERDICT = ["none", ""];

const DENIALS =
  /\b(not|never|no|nobody|cannot|used to|moved away|gave (up|away))\b|n['’]t\b/iu;
// These wordings say so by a denial.
const AFFIRMED = /would never move away|never says no to/giu;

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

/** @param {string} sentence @param {string} name */
function names(sentence, name) {
  return says(sentence.toLowerCase(), name.toLowerCase());
}

/**
 * @param {Person} person @param {Reply} reply @param {string} silent
 * @returns {Verdict}
 */
export function closedVerdict({ truth, readings }, [answer], silent) {
  if (truth === null) {
    if (answer === silent) return ["right", "✓ Right: no page names this person."];
    return ["none", "○ Made up: no page names this person."];
  }
  if (answer === truth) {
    return ["right", `✓ Right: the training text says so (${pages(readings)}).`];
  }
  return ["wrong", `✗ Wrong: the training text says “${truth}” (${pages(readings)}).`];
}

/**
 * What to make of an answer with notes; of an empty note, what that means is said, too.
 * @param {Omit<Page, "prompt">} page @param {Reply} reply
 * @returns {Verdict}
 */
export function openVerdict(page, [answer, chance]) {
  if (chance === null) return NO_VERDICT;
  const [kind, words] = noteVerdict(page, answer);
  if (page.note.trim()) return [kind, words];
  const empty = `The note is empty: nothing on the page is about ${page.person.name}.`;
  return [kind, `${words} ${empty}`];
}

/** @param {Omit<Page, "prompt">} page @param {string} answer @returns {Verdict} */
function noteVerdict(page, answer) {
  if (answer === page.silent) return silentVerdict(page);
  const { truth, name } = page.person;
  const against = truth !== null && answer !== truth
    ? ` The training text says “${truth}”.`
    : "";
  const sentences = page.note.split(/(?<=[.!?])\s+|\n/u)
    .filter((sentence) => says(sentence.replaceAll(name, " | "), answer));
  if (sentences.length) {
    const [kind, words] = foundVerdict(page, answer, sentences);
    if (kind === "wrong" && answer === truth) {
      return ["none", `○${words.slice(1)} The training text says it, too.`];
    }
    return [kind, words + against];
  }
  const isInOther = page.lines.some((line) =>
    line.isOn && !line.isAsked && says(line.text, answer)
  );
  if (isInOther) {
    return ["wrong", `✗ It stands in a note about somebody else.${against}`];
  }
  if (answer !== truth) return ["wrong", `✗ It stands in no note.${against}`];
  // true, though not of the page: a slip only where a note says something else
  const [kind, mark] = names(page.note, name) ? ["wrong", "✗"] : ["none", "○"];
  const words = `${mark} It stands in no note. It comes from the training text.`;
  return /** @type {Verdict} */ ([kind, words]);
}

/**
 * @param {Omit<Page, "prompt">} page @param {string} answer @param {string[]} sentences
 * @returns {Verdict}
 */
function foundVerdict({ person, note }, answer, sentences) {
  const { name } = person;
  if (isOwn(person, note)) return ["right", "✓ It stands in the note."];
  if (!names(note, name)) {
    const but = `but that note does not name ${name}.`;
    return ["wrong", `✗ It stands in the note, ${but}`];
  }
  const hers = sentences.filter((sentence) => names(sentence, name));
  if (!hers.length) {
    return ["none", `○ It stands in the note. Is that sentence about ${name}?`];
  }
  const denial = hers[0].replace(AFFIRMED, "").match(DENIALS);
  if (denial) {
    const so = `and so does “${denial[0]}”. Is that what the note says?`;
    return ["none", `○ It stands in the note, ${so}`];
  }
  const [before, ...behind] = note.split(answer);
  const [start, end] = [before, behind.join(answer)];
  const own = person.notes[person.asked]; // with a word of the learner's in its place
  const isSure = own.startsWith(start) && own.endsWith(end);
  return ["right", `✓ It stands in the note.${isSure ? "" : " Is it what was asked?"}`];
}

/** @param {Omit<Page, "prompt">} page @returns {Verdict} */
function silentVerdict({ person, note, lines }) {
  const { name } = person;
  if (!lines.some((line) => line.isOn && names(line.text, name))) {
    return ["right", `✓ Right: no note here names ${name}.`];
  }
  if (isOwn(person, note)) return ["wrong", "✗ It does say: the note has the answer."];
  return ["none", `○ A note names ${name}. Does it answer the question?`];
}

/**
 * Whether a note is one that the page brings, so that it does answer.
 * @param {Person} person @param {string} note
 */
function isOwn({ notes, asked, contrary }, note) {
  return note === notes[asked] || note === contrary;
}
