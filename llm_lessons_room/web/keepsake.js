// A story and a score that a phone stores, to be taken home at the end.

import { element, pushButton, setText } from "../../llm_lessons/web/lib/dom.js";
import { saveText } from "../../llm_lessons/web/lib/saving.js";
import { store, stored } from "./storage.js";

/** @import { Moment } from "./moment.js" */
/** @import { Tell } from "./words.js" */
/** @typedef {{ before: number | null, after: number, of: number }} Score */

/**
 * A new evening begins anew: it gives every phone another seat.
 * @param {string} name @param {unknown} value
 */
export function saveOwn(name, value) {
  store(`own-${name}`, JSON.stringify({ seat: stored("seat"), value }));
}

/** @param {string} name @returns {unknown} null where there is nothing */
export function loadOwn(name) {
  try {
    const { seat, value } = JSON.parse(stored(`own-${name}`) ?? "null");
    return seat === stored("seat") ? value : null;
  } catch {
    return null; // nothing was kept, or something else
  }
}

/** @param {Score} score @param {Tell} tell */
export function scoreInWords({ before, after, of }, tell) {
  if (before === null) return tell("survey_score", { n: after, m: of });
  return tell("survey_both", { n: before, m: after, name: of });
}

/**
 * Shown in the last step of an evening, if there is anything to keep.
 * @param {Tell} tell
 */
export function keepsake(tell) {
  const head = element("h2");
  const [story, score] = [element("blockquote", { lang: "en" }), element("p")];
  const save = pushButton("", () => saveText("fjord.txt", `${text()}\n`));
  const look = { class: "room-keepsake", hidden: "" };
  const node = element("section", look, head, story, score, save);
  const text = () => [story, score].map((key) => key.textContent).join("\n\n").trim();

  /** @param {Moment} moment */
  function show({ index, of }) {
    const isLast = index === of - 1;
    const own = /** @type {string | null} */ (isLast ? loadOwn("story") : null);
    const points = /** @type {Score | null} */ (isLast ? loadOwn("score") : null);
    node.hidden = !own && !points;
    setText(head, tell("own_title"));
    setText(story, own ?? "");
    story.hidden = !own;
    setText(score, points ? scoreInWords(points, tell) : "");
    setText(save, tell("own_save"));
  }
  return { node, show };
}
