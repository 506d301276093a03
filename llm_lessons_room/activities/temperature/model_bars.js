// The model's chances for the next token of a prompt, at any temperature.

import { barTable } from "../../../llm_lessons/web/lib/bars.js";
import { element, setText } from "../../../llm_lessons/web/lib/dom.js";
import { glide } from "../../../llm_lessons/web/lib/glide.js";
import { oddsOf } from "../../../llm_lessons/web/lib/odds.js";
import { stopAll } from "../../web/parts/stage.js";
import { nextTokens } from "../../web/parts/next_token.js";
import { inPercent } from "../../web/words.js";
import "./model_bars.css" with { type: "text" };

/** @import { Context } from "../../web/moment.js" */

/**
 * `heat` glides to a temperature; one that a hand moves is followed at once. Where the
 * model can't come, a sentence stands in its place.
 * @param {Context} context @param {number} bars
 */
export function modelBars(context, bars) {
  const { tell } = context;
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
  let goal = 1;
  const way = glide(([temperature]) => draw(temperature));
  const model = nextTokens(context, bars, () => {
    setText(trouble, model.isMissing() ? tell("fjord_missing") : "");
    draw(goal);
  });
  table.node.hidden = true;

  /** @param {number} temperature */
  function draw(temperature) {
    const next = model.now();
    if (!next) return;
    table.node.hidden = false;
    table.update({
      ...next,
      odds: oddsOf(next.sorted, { temperature }),
      drawnRank: -1,
      highest: () => 1, // every row stays, at every temperature
    });
  }

  /** @param {number} temperature @param {boolean} smoothly */
  function heat(temperature, smoothly) {
    goal = temperature;
    way.to([goal], smoothly);
  }
  return { node, ask: model.ask, heat, stop: stopAll(way, model) };
}
