// The page of notes as a model reads it (`widgets/open_book.py` writes it the same
// way), and what to make of an answer: where it stands, and whether it is right.

/** @import { Model } from "../lib/widget_model.js" */
/**
 * @typedef {{ person: number, others: number, conflict: boolean, label: boolean,
 *   note: string, _people: Person[], _replies: Record<string, Reply>,
 *   _silent: string }} Traits
 */

/** @param {Model<Traits>} model @returns {Page} */
export function pageOf(model) {
  const person = model.get("_people")[model.get("person")];
  const note = model.get("note");
  let left = model.get("others");
  const lines = person.notes.map((sentence, i) => {
    if (i === person.asked) return { text: note, isAsked: true, isOn: true };
    left -= 1;
    return { text: sentence, isAsked: false, isOn: left >= 0 };
  });
  const before = labelOf(model);
  const read = lines.filter((line) => line.isOn).map((line) => before + line.text);
  const prompt = [...read, person.question].join("\n");
  return { person, note, lines, prompt, silent: model.get("_silent") };
}

/** @param {Model<Traits>} model */
export function labelOf(model) {
  return model.get("label") ? "Note: " : "";
}

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
 * @param {Person} person @param {Reply} reply @param {string} silent @returns {Verdict}
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
 * @param {Omit<Page, "prompt">} page @param {Reply} reply @returns {Verdict}
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
  const { note, person: { truth, name } } = page;
  const isTrue = answer === truth;
  const against = truth === null || isTrue ? "" : ` The training text says “${truth}”.`;
  const isNamed = names(note, name);
  if (says(note.replaceAll(name, " | "), answer)) {
    if (isOfPage(page, answer)) return ["right", `✓ It stands in the note.${against}`];
    if (isNamed) {
      const asks = `Is that what it says of ${name}?`;
      return ["none", `○ It stands in the note. ${asks}${against}`];
    }
    const but = `It stands in the note, but that note does not name ${name}.`;
    if (!isTrue) return ["wrong", `✗ ${but}${against}`];
    return ["none", `○ ${but} The training text says it, too.`];
  }
  const isInOther = page.lines.some((line) =>
    line.isOn && !line.isAsked && says(line.text, answer)
  );
  if (isInOther) {
    return ["wrong", `✗ It stands in a note about somebody else.${against}`];
  }
  if (!isTrue) return ["wrong", `✗ It stands in no note.${against}`];
  const words = "It stands in no note. It comes from the training text.";
  // true, though not of the page: a slip only where a note says something else
  return isNamed ? ["wrong", `✗ ${words}`] : ["none", `○ ${words}`];
}

/** @param {Omit<Page, "prompt">} page @returns {Verdict} */
function silentVerdict({ person, note, lines }) {
  const { name, notes, asked, contrary } = person;
  if (!lines.some((line) => line.isOn && names(line.text, name))) {
    return ["right", `✓ Right: no note here names ${name}.`];
  }
  if (note === notes[asked] || note === contrary) {
    return ["wrong", "✗ It does say: the note has the answer."];
  }
  return ["none", `○ A note names ${name}. Does it answer the question?`];
}

/**
 * Whether a note is one that the page brings, but for the answer: so it does answer.
 * @param {Omit<Page, "prompt">} page @param {string} answer
 */
function isOfPage({ person, note }, answer) {
  const [start, ...rest] = note.split(answer);
  const end = rest.join(answer);
  return names(note, person.name) &&
    [person.notes[person.asked], person.contrary].some((own) =>
      own?.startsWith(start) && own.endsWith(end)
    );
}
