// What is the same for all sides: what is asked of them, and the stopwatch.

/**
 * A model that has been opened: `read` takes a whole text and gives the scores for the
 * next token, [V]; `draw` continues it.
 * @typedef {object} Side
 * @property {(ids: number[]) => Promise<Float32Array>} read
 * @property {(ids: number[], asked: Asked, temperature: number, seed: number) =>
 *   Promise<any[]>} draw
 */
/**
 * @typedef {object} Asked
 * @property {string} side the module to open
 * @property {any} config of the model
 * @property {number[]} prompt @property {number[]} long
 * @property {Record<string, string>} texts what both say, by their tokens
 * @property {number[]} stops @property {number} count tokens of a text
 * @property {number} turns how often each is timed
 */

/**
 * A model of ours, with its own loop.
 * @param {any} lm
 */
export const sideOf = (lm) => ({
  read: (ids) => lm.drawn(ids, { maxTokens: 1 }).next().value.logits,
  draw: (ids, { count: maxTokens }, temperature, seed) => [
    ...lm.drawn(ids, { maxTokens, temperature, seed }),
  ],
});

/**
 * Open a side; gives it, and the milliseconds until it has given scores.
 * @param {Asked} asked
 */
async function opened(asked) {
  const began = performance.now();
  const { open } = await import(asked.side);
  const ready = await open(asked.config, asked);
  await ready.read(asked.prompt);
  return { ready, first: performance.now() - began };
}

/**
 * Tokens, always the likeliest, and all scores on the way.
 * @param {Asked} asked @param {number[][]} prompts
 */
export async function greedy(asked, prompts) {
  const { ready } = await opened(asked);
  const texts = [];
  for (const ids of prompts) {
    const turns = await ready.draw(ids, asked, 0, 0);
    texts.push({
      tokens: turns.map(({ token }) => token),
      logits: turns.map(({ logits }) => [...logits]),
    });
  }
  return texts;
}

/**
 * So many of the likeliest tokens, as a text, of a side that gives no scores.
 * @param {Asked} asked @param {number} count
 */
export async function said(asked, count) {
  const { ready } = await opened(asked);
  return ready.said(asked.prompt, count);
}

/**
 * Milliseconds to the first scores, tokens drawn a second, tokens read a second.
 * @param {Asked} asked
 */
export async function measure(asked) {
  const { ready, first } = await opened(asked);
  const { prompt, long, turns } = asked;
  const rate = async (/** @type {(seed: number) => Promise<number>} */ work) => {
    await work(0); // compiled by now
    let done = 0;
    const start = performance.now();
    for (let turn = 1; turn <= turns; turn += 1) done += await work(turn);
    return 1000 * done / (performance.now() - start);
  };
  const drawing = await rate(async (seed) =>
    (await ready.draw(prompt, asked, 1, seed)).length
  );
  const reading = await rate(async () => (await ready.read(long), long.length));
  return [first, drawing, reading];
}
