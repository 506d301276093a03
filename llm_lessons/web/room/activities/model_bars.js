// The model's chances for the next token of a prompt, at any temperature.

import { markOf } from "../../answers/marks.js";
import { barTable } from "../../lib/bars.js";
import { element, setText } from "../../lib/dom.js";
import { glide } from "../../lib/glide.js";
import { oddsOf, sortScores } from "../../lib/odds.js";
import { inPercent } from "../words.js";

/** @import { Place } from "../moment.js" */
/** @import { Sorted } from "../../lib/odds.js" */
/** @import { Marks, Pieces } from "../../lib/pieces.js" */

export const HOTTEST = 2;

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
  /** @type {Sorted | null} */
  let sorted = null;
  /** @type {{ pieces: Pieces, marks: Marks }} */
  let names = { pieces: {}, marks: {} };
  let asked = "";
  let goal = 1;
  const way = glide(([temperature]) => draw(temperature));

  /** @param {number} temperature */
  function draw(temperature) {
    table.node.hidden = !sorted;
    if (!sorted) return;
    const odds = oddsOf(sorted, temperature, null, null);
    table.update({ ids: sorted.ids, odds, drawnRank: -1, ...names, highest: () => 1 });
  }

  /** @param {string} prompt */
  async function ask(prompt) {
    if (prompt === asked) return;
    asked = prompt;
    sorted = null;
    draw(goal);
    try {
      const lm = await model();
      if (prompt !== asked) return;
      sorted = sortScores(lm.logits(prompt));
      const leading = [...sorted.ids.slice(0, bars)];
      names = {
        pieces: Object.fromEntries(leading.map((id) => [id, lm.tokenizer.pieces[id]])),
        marks: Object.fromEntries(
          leading.flatMap((id) => {
            const mark = markOf(lm.tokenizer, id);
            return mark ? [[id, mark]] : [];
          }),
        ),
      };
      setText(trouble, "");
    } catch {
      if (prompt !== asked) return;
      asked = "";
      setText(trouble, tell("model_missing"));
    }
    way.to([goal], false);
  }

  /** @param {number} temperature @param {boolean} smoothly */
  function heat(temperature, smoothly) {
    goal = temperature;
    way.to([goal], smoothly);
  }
  return { node, ask, heat, stop: way.stop };
}
