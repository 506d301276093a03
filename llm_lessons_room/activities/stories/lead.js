// What the leader gets of the stories: to have them written again at any of their
// temperatures, to let one fill the screen, and what goes home.

import { giveLeaders } from "../../web/kinds.js";
import { isAgain } from "./story_length.js";

/** @import { Asked, Line } from "../../web/kinds.js" */
/** @import { StoriesShown } from "./story_length.js" */

/** @param {Asked} asked @returns {Line[]} */
function storyLines({ tally, shown: { temperatures = [1] }, tell }) {
  const rounds = /** @type {number[]} */ (tally.rounds);
  return rounds.map((n, i) => [tell("results_at", { n: temperatures[i] }), n, ""]);
}

giveLeaders("stories", {
  again: (/** @type {StoriesShown} */ shown) =>
    isAgain(shown) ? shown.temperatures ?? [] : [],
  isLarge: true,
  lines: storyLines,
});
