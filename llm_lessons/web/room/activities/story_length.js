// How long a story is, and how long the longest takes.

/**
 * `gloss` is what the prompt means in the language of the room. After `least` tokens a
 * sentence ends the story; none has more than `tokens`. There is a round for each of
 * the temperatures.
 * @typedef {{ prompt: string, gloss?: string, least?: number, tokens?: number,
 *   temperatures?: number[] }} StoriesShown
 */

export const STORY_PACE = 100; // milliseconds between two pieces, to be read along
const [STORY_LEAST, STORY_MOST] = [40, 60];
const SENTENCE_ENDED = /[.!?]["'”’»)]?\s*$/;

/** @param {StoriesShown} shown */
export function mostTokens({ tokens = STORY_MOST }) {
  return tokens;
}

/**
 * Whether a story may end here: it is long enough, and so is its sentence.
 * @param {string[]} pieces @param {StoriesShown} shown
 */
export function isToldOut(pieces, { least = STORY_LEAST }) {
  return pieces.length >= least && SENTENCE_ENDED.test(pieces.join(""));
}

/**
 * Whole seconds that the longest story takes, where the phone is fast enough.
 * @param {StoriesShown} shown
 */
export function longestWait(shown) {
  return Math.ceil((mostTokens(shown) * STORY_PACE) / 1000);
}

/**
 * The temperature of a round, from 1 on.
 * @param {StoriesShown} shown @param {number} round
 */
export function heatOf({ temperatures = [1] }, round) {
  return temperatures[round - 1] ?? temperatures[0];
}

/** Whether phones write by themselves, again. @param {StoriesShown} shown */
export function isAgain({ temperatures = [1] }) {
  return temperatures.length > 1;
}
