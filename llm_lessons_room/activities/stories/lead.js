// What the leader gets of the stories: to have them written again at any of their
// temperatures, to let one fill the screen, and what goes home.

import { registerLead } from "../../web/kinds.js";
import { isRepeated } from "./story_length.js";

/** @import { Played, Line } from "../../web/kinds.js" */
/** @import { StoriesShown } from "./story_length.js" */

/** @param {Played} asked @returns {Line[]} */
function storyLines({ tally, shown: { temperatures = [1] }, tell }) {
  const rounds = /** @type {number[]} */ (tally.rounds);
  return rounds.map((n, i) => [tell("results_at", { n: temperatures[i] }), n, ""]);
}

registerLead("stories", {
  repeats: (/** @type {StoriesShown} */ shown) =>
    isRepeated(shown) ? shown.temperatures ?? [] : [],
  isLarge: true,
  lines: storyLines,
});
