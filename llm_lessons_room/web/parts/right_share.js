// What few people had right: a share, and how far it can be trusted.

/** @typedef {{ right: number, asked: number }} RightOf */
/**
 * `n`: phones that answered; `counts`: the votes for each choice; `right`, once it may
 * be known: the votes for a right one.
 * @typedef {{ n: number, counts: number[], right?: number }} Votes
 */

const TWO_SIDED = 1.959964; // of the normal distribution, for 95 %

/**
 * Where the true share likely lies (Wilson's interval, 95 %); anywhere without answers.
 * @param {RightOf} counted
 * @returns {[number, number]}
 */
export function shareWithin({ right, asked }) {
  if (!asked) return [0, 1];
  const z = TWO_SIDED ** 2 / asked;
  const share = right / asked;
  const middle = (share + z / 2) / (1 + z);
  const around = (TWO_SIDED / (1 + z)) *
    Math.sqrt((share * (1 - share) + z / 4) / asked);
  return [Math.max(0, middle - around), Math.min(1, middle + around)];
}

/** How many had the question right. @param {Votes} votes @returns {RightOf} */
export function rightOf({ n, right = 0 }) {
  return { right, asked: n };
}
