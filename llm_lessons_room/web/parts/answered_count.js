// How many have answered so far, on the screen.

import { element, setText } from "../../../llm_lessons/web/lib/dom.js";
import { showIf } from "./stage.js";

/** @import { Tell } from "../words.js" */

/**
 * How many have answered while phones may: a large number, and all that are here.
 * @param {Tell} tell
 */
export function answeredCount(tell) {
  const [number, words] = [element("strong"), element("span")];
  const node = element("p", { class: "ll-so-far" }, number, " ", words);
  /**
   * @param {{ phase: string, asked?: number,
   *   tally?: { answered: number } | null }} moment
   */
  function show({ phase, tally, asked = 0 }) {
    showIf(node, phase === "open");
    setText(number, String(tally?.answered ?? 0));
    setText(words, tell("answered_of", { n: asked }));
  }
  return { node, show };
}
