// The model's chances for the next token of a prompt, at any temperature.

import { namesOf } from "../../../llm_lessons/web/answers/words.js";
import { letAnswer } from "../../../llm_lessons/web/engine/offered.js";
import { barTable } from "../../../llm_lessons/web/lib/bars.js";
import { element, setText } from "../../../llm_lessons/web/lib/dom.js";
import { glide } from "../../../llm_lessons/web/lib/glide.js";
import { oddsOf, sortScores } from "../../../llm_lessons/web/lib/odds.js";
import { modelOf } from "../../../llm_lessons/web/lib/traits.js";
import { numbersOf } from "../../../llm_lessons/web/lib/widget_model.js";
import { inPercent } from "../../web/words.js";
import "./model_bars.css" with { type: "text" };

/** @import { Sorted } from "../../../llm_lessons/web/lib/odds.js" */
/** @import { Endings, Marks, Pieces } from "../../../llm_lessons/web/lib/pieces.js" */
/** @import { Model } from "../../../llm_lessons/web/lib/widget_model.js" */
/** @import { Place } from "../../web/moment.js" */
/** @import { Begun } from "../../web/parts/stage.js" */
/**
 * What the model is asked, and answers: a part of what a `NextToken` has.
 * @typedef {{ prompt: string, drawn: null, _wanted: string, _shown: string,
 *   _logits: DataView, _endings: { prompt?: string, of?: Endings } }} Asked
 */

export const HOTTEST_TOGETHER = 2;

/** A prompt that goes on, and what it means in the language of the room. */
export function openPrompt() {
  const prompt = element("p", { class: "room-prompt" });
  const meaning = element("p", { class: "room-note" });
  /** @param {Begun} shown */
  function set({ prompt: text, gloss = "" }) {
    prompt.replaceChildren(text, element("b", { "aria-hidden": "true" }, " …"));
    setText(meaning, gloss);
  }
  return { nodes: [prompt, meaning], set };
}

/** What is asked, as a widget asks it, with nobody else behind it. */
function askedModel() {
  /** @type {Asked} */
  const traits = {
    prompt: "",
    drawn: null,
    _wanted: "",
    _shown: "",
    _logits: new DataView(new ArrayBuffer(0)),
    _endings: {},
  };
  return /** @type {Model<Asked>} */ (modelOf(traits, () => {}).model);
}

/**
 * `heat` glides to a temperature; one that a hand moves is followed at once. Where the
 * model can't come, a sentence stands in its place.
 * @param {Place} place @param {number} bars
 */
export function modelBars({ tell, model }, bars) {
  const table = barTable(bars, {
    token: tell("bars_token"),
    chance: tell("bars_chance"),
    caption: tell("bars_caption"),
    rest: tell("bars_rest"),
    tokens: (n) => tell(n === 1 ? "bars_one_token" : "bars_tokens", { n }),
    percent: inPercent,
  });
  const trouble = element("p", { class: "room-note" });
  const node = element("div", { class: "room-model" }, table.node, trouble);
  const asked = askedModel();
  /** @type {Sorted | null} */
  let sorted = null;
  /** @type {{ pieces: Pieces, marks: Marks }} */
  let names = { pieces: {}, marks: {} };
  let isAnswered = false; // whether the model listens
  let goal = 1;
  const way = glide(([temperature]) => draw(temperature));
  table.node.hidden = true;

  /** @param {number} temperature */
  function draw(temperature) {
    table.node.hidden = !sorted;
    if (!sorted) return;
    table.update({
      ids: sorted.ids,
      odds: oddsOf(sorted, { temperature }),
      drawnRank: -1,
      endings: asked.get("_endings").of,
      highest: () => 1, // every row stays, at every temperature
      ...names,
    });
  }

  async function listen() {
    isAnswered = true;
    try {
      const lm = await model();
      asked.on("change:_logits", () => {
        sorted = sortScores(numbersOf(Float32Array, asked.get("_logits")));
        names = namesOf(lm, sorted.ids.subarray(0, bars));
        draw(goal);
      });
      asked.on("change:_shown", () => asked.set("_wanted", asked.get("_shown")));
      asked.on("change:_endings", () => draw(goal));
      letAnswer(lm.name, "NextToken", asked);
      setText(trouble, "");
    } catch {
      isAnswered = false;
      setText(trouble, tell("model_missing"));
    }
  }

  /** @param {string} prompt */
  function ask(prompt) {
    if (prompt !== asked.get("prompt")) asked.set("prompt", prompt);
    if (!isAnswered) listen();
  }

  /** @param {number} temperature @param {boolean} smoothly */
  function heat(temperature, smoothly) {
    goal = temperature;
    way.to([goal], smoothly);
  }
  return { node, ask, heat, stop: way.stop };
}
