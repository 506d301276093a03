// A toy's questions to a model: what it asks, and what was answered. In a notebook the
// kernel answers (`widgets/questions.py`), in a page the page's own model
// (`answers/questions.js`). A toy doesn't know which.

/** @import { Model } from "./widget_model.js" */
/** Its name and its arguments. @typedef {[string, ...any[]]} Question */
/**
 * What was answered at one place of a toy. `heard`: the question that was answered
 * last, and `why` it was refused; `value`: the last answer, which is that to `shown`.
 * @template [Value=any]
 * @typedef {{ heard?: Question, why?: string, shown?: Question,
 *   value?: Value }} LastAnswer
 */
/** By the places of the toy, each of which has one question at a time. */
/**
 * @typedef {{ _questions: Record<string, Question>,
 *   _answers: Record<string, LastAnswer> }} AskTraits
 */
/**
 * `isHeard`: whether the question that is asked now was answered, or refused: `why`.
 * `value`: its answer, or where `isOld` that to `shown`, a question before it.
 * @template Value
 * @typedef {{ value?: Value, shown?: Question, isOld: boolean, isHeard: boolean,
 *   why: string }} Answer
 */

/** @param {unknown} a @param {unknown} b */
export const isSame = (a, b) => JSON.stringify(a) === JSON.stringify(b);

const REMEMBERED = 30; // answers at a toy's place that need not be asked for again

/**
 * Ask from now on, as soon as the arguments are others. What comes late, after another
 * question was asked at this place, is no answer to that; but it is kept for a while.
 * @template Value
 * @param {Model<any>} model @param {string} name of the question
 * @param {() => unknown[] | null} args by the toy's traits; null asks nothing
 * @param {string} [place] where a toy asks the same question at several places
 * @returns {() => Answer<Value>}
 */
export function ask(model, name, args, place = name) {
  const toy = /** @type {Model<AskTraits>} */ (model);
  /** @type {Map<string, Value>} */
  const known = new Map();
  const last = () => toy.get("_answers")[place] ?? {};
  /** @returns {Question | undefined} */
  function question() {
    const now = args();
    return now ? [name, ...now] : undefined;
  }
  function remember() {
    const { heard, shown, value } = last();
    if (!heard || !isSame(heard, shown)) return; // refused, or half an answer
    known.set(JSON.stringify(heard), value);
    const [first] = known.keys();
    if (known.size > REMEMBERED) known.delete(first);
  }
  function send() {
    remember();
    const now = question();
    const value = known.get(JSON.stringify(now));
    const { heard, shown } = last();
    const isThere = isSame(heard, now) && isSame(shown, now);
    if (now && value !== undefined && !isThere) {
      const answer = { heard: now, why: "", shown: now, value };
      toy.set("_answers", { ...toy.get("_answers"), [place]: answer });
    }
    const { [place]: asked, ...others } = toy.get("_questions");
    if (isSame(asked, now)) return;
    toy.set("_questions", now ? { ...others, [place]: now } : others);
    // With the traits that were set together with those that the arguments are made of.
    queueMicrotask(() => toy.save_changes());
  }
  model.on("change", send);
  send();
  return () => {
    send(); // the arguments may be made of more than traits
    const now = question();
    const { heard, shown, value, why = "" } = last();
    const [isHeard, isShown] = [heard, shown].map((asked) =>
      !!now && isSame(asked, now)
    );
    return { value, shown, isOld: !isShown, isHeard, why: isHeard ? why : "" };
  };
}
