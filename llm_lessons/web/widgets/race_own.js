// A problem of one's own in the race: a box to type it into, and the two sides that the
// model writes to it. Nobody knows the right answer but who typed it.

import { noAnswer } from "../lib/answering.js";
import { ask } from "../lib/ask.js";
import { textBox } from "../lib/text_box.js";
import { sideFrom } from "./race_words.js";

/** @import { Answer, AskTraits } from "../lib/ask.js" */
/** @import { Model } from "../lib/widget_model.js" */
/** @import { Answered, Problem, Side } from "./race_words.js" */
/**
 * @typedef {{ kind: number, own: string, _kinds: [string, Problem[]][],
 *   _costs: Record<number, number>, _in_page: boolean } & AskTraits} OwnTraits
 */

const PAUSE = 900; // milliseconds without a key: two texts are written, so no haste
const NO_SIDES = ", so both sides stay empty";
const BUSY = "The model is writing both answers …"; // the one of the page may be slow
/** @type {Side} */
const NOTHING = { pieces: [], costs: [], answer: "", right: null, sure: 0 };

/** The last kind is one's own. @param {Model<OwnTraits>} model */
export const isOwn = (model) => model.get("kind") === model.get("_kinds").length - 1;

/** @param {Model<OwnTraits>} model @param {() => void} redraw */
export function ownProblem(model, redraw) {
  const text = () => isOwn(model) ? model.get("own").trim() : "";
  /** @type {(() => Answer<Answered>)[]} */
  const ways = [
    ask(model, "at_once", () => text() ? [text()] : null),
    ask(model, "steps", () => text() ? [text(), ""] : null, "own_steps"),
  ];
  function answer() {
    const both = ways.map((way) => way());
    const isHeard = !text() || both.every((one) => one.isHeard);
    return { isHeard, why: both.find(({ why }) => why)?.why ?? "" };
  }
  const box = textBox(model, {
    trait: "own",
    label: "Your own question",
    pause: PAUSE,
    answer,
    excuse: () => model.get("_in_page") ? BUSY : noAnswer(model, NO_SIDES),
    redraw,
  });
  /** What the sides were made of. @type {(Answered | undefined)[]} */
  let made = [];
  let sides = [NOTHING, NOTHING];

  /** @returns {Problem} */
  function problem() {
    const both = ways.map((way) => way());
    const isThere = both.every(({ value, isOld }) => value && !isOld);
    const values = both.map(({ value }) => isThere ? value : undefined);
    if (values.some((value, i) => value !== made[i])) {
      const costs = model.get("_costs");
      sides = values.map((one) => one ? sideFrom(costs, one, null) : NOTHING);
      made = values;
    }
    return { question: text(), answer: null, sides };
  }
  const isThere = () => problem().sides[0] !== NOTHING;
  function update() {
    box.node.hidden = !isOwn(model);
    if (isOwn(model)) box.update();
  }
  return { node: box.node, problem, isThere, update, stop: box.stop };
}
