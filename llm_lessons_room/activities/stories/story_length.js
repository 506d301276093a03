// How long a story is, and how long the longest takes.

/**
 * What a real model answers: the likeliest first tokens with their chances, and a text
 * in pieces for each coin, which is a number from 0 on.
 * @typedef {{ odds: [string, number][], texts: string[][] }} RealAnswers
 */
/**
 * `gloss` is what the prompt means in the language of the room. After `least` tokens a
 * sentence ends the story; none has more than `tokens`. There is a round for each of
 * the temperatures. `real`: a real model answers in the class model's place; null as
 * long as it has not, and `coming` says whether it still may.
 * @typedef {{ prompt: string, gloss?: string, least: number, tokens: number,
 *   temperatures?: number[], real?: RealAnswers | null,
 *   coming?: boolean }} StoriesShown
 */

export const STORY_PACE = 100; // milliseconds between two pieces, to be read along
const SENTENCE_ENDED = /[.!?]["'”’»)]?\s*$/;

/**
 * Whether a story may end here: it is long enough, and so is its sentence.
 * @param {string[]} pieces @param {number} least
 */
export function isFinished(pieces, least) {
  return pieces.length >= least && SENTENCE_ENDED.test(pieces.join(""));
}

/**
 * Whole seconds that the longest story takes, where the phone is fast enough.
 * @param {StoriesShown} shown
 */
export function longestWait({ tokens }) {
  return Math.ceil((tokens * STORY_PACE) / 1000);
}

/**
 * The temperature of a round, from 1 on.
 * @param {StoriesShown} shown @param {number} round
 */
export function temperatureOf({ temperatures = [1] }, round) {
  return temperatures[round - 1] ?? temperatures[0];
}

/** Whether a real model answers. @param {StoriesShown} shown */
export function isReal({ real }) {
  return real !== undefined;
}

/** Whether phones write by themselves, again. @param {StoriesShown} shown */
export function isRepeated({ temperatures = [1] }) {
  return temperatures.length > 1;
}
