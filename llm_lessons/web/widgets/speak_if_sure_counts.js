// What is left of a hundred answers if a model speaks only where it is sure: counted
// by outcome, and the threshold that scores best at a price of a wrong answer.

/** @typedef {"right" | "wrong" | "silent"} Outcome */
/**
 * A question with its answer; `sure`: the chance of its first token; `truth`: what the
 * pages say, "" where none does.
 * @typedef {{ readings: number, question: string, text: string, truth: string,
 *   outcome: Outcome, sure: number, likeliest: [number, number][], others: number,
 *   endings: Record<number, string>, pages: string[] }} Dot
 */
/** @typedef {Record<Outcome, number>} Counts */

/** @param {Dot} dot @param {number} least in percent @returns {Outcome} */
export function outcomeAt({ outcome, sure }, least) {
  return 100 * sure < least ? "silent" : outcome;
}

/** @param {Dot[]} dots @param {number} least @returns {Counts} */
export function countsAt(dots, least) {
  const counts = { right: 0, wrong: 0, silent: 0 };
  for (const dot of dots) counts[outcomeAt(dot, least)] += 1;
  return counts;
}

/** @param {Counts} counts @param {number} price of a wrong answer */
export const scoreOf = ({ right, wrong }, price) => right - price * wrong;

/**
 * The threshold that scores best; of equal ones the lowest.
 * @param {Dot[]} dots @param {number} price
 */
export function bestLeast(dots, price) {
  const scores = Array.from(
    { length: 101 },
    (_, least) => scoreOf(countsAt(dots, least), price),
  );
  return scores.indexOf(Math.max(...scores));
}
