// What the six questions ask, and how many answers are right.

/** @import { PlayedMoment } from "../../web/parts/stage.js" */
/**
 * A question in one's own words has neither; one about answers of a chatbot has
 * `answers`, to be used or checked; all others have choices.
 * @typedef {{ name: string, question: string, choices?: string[],
 *   answers?: { asked: string, answer: string }[] }} Question
 * @typedef {{ when: "before" | "after" | "later", questions: Question[] }} SurveyShown
 * @typedef {string | number | null | (boolean | null)[]} OneAnswer
 * @typedef {Record<string, OneAnswer>} Answers
 * @typedef {{ right: Record<string, number | boolean[]>,
 *   why: Record<string, any> }} SurveyHidden
 * @typedef {{ code: string, answers: Answers }} SurveyValue
 */
/**
 * `scores`: phones with 0, 1, ... right; `right`: by question, and `sources`: of what
 * was said in one's own words, once it may be known.
 * @typedef {{ n: number, scores: number[], right?: Record<string, number>,
 *   sources?: Record<string, number> }} Counts
 * @typedef {{ answered: number, before?: Counts, after?: Counts, later?: Counts,
 *   both?: number, gain?: number | null }} SurveyTally
 */
/**
 * @typedef {PlayedMoment<SurveyShown, SurveyHidden, SurveyValue,
 *   SurveyTally>} SurveyMoment
 */

/** Whether one question is answered rightly. @param {OneAnswer | undefined} answer
 * @param {number | boolean[]} right */
export function isRight(answer, right) {
  return JSON.stringify(answer) === JSON.stringify(right);
}

/** @param {Answers} answers @param {SurveyHidden["right"]} right */
export function scoreOf(answers, right) {
  return Object.entries(right).filter(([name, key]) => isRight(answers[name], key))
    .length;
}

/**
 * Whether a question is answered, all parts of it.
 * @param {OneAnswer | undefined} answer
 */
export function isGiven(answer) {
  return Array.isArray(answer) ? !answer.includes(null) : (answer ?? "") !== "";
}

/** The mean number of right answers; null for nobody. @param {Counts} [counts] */
export function meanOf(counts) {
  if (!counts?.n) return null;
  return counts.scores.reduce((sum, people, score) => sum + people * score, 0) /
    counts.n;
}

/** The counts of the second time that was asked. @param {Partial<SurveyTally>} tally */
export const secondCounts = ({ after, later }) => later ?? after;
