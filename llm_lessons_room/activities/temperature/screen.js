// The model's bars at the room's temperature, its median, and how far the room spreads.

import { element, setText } from "../../../llm_lessons/web/lib/dom.js";
import { registerScreen } from "../../web/kinds.js";
import { numeral } from "../../web/words.js";
import { promptText } from "../../web/parts/stage.js";
import { heatLine } from "../../web/parts/heat_line.js";
import { modelBars } from "./model_bars.js";

/** @import { Context } from "../../web/moment.js" */
/** @import { TemperatureMoment } from "./phone.js" */

/** @param {Context} context */
export function temperatureOnScreen(context) {
  const { tell } = context;
  const promptLine = promptText();
  const bars = modelBars(context, 6);
  const [line, says] = [heatLine(), element("p", { class: "room-result" })];
  const parts = [promptLine.node, bars.node, says, line.node];
  const node = element("div", { class: "room-heat" }, ...parts);

  /** @param {TemperatureMoment} moment */
  function show({ step: { shown }, tally }) {
    promptLine.set(shown);
    const { median, low, high, values: dots } = tally ?? {};
    line.update({ middle: median, low, high, values: dots });
    const isThere = typeof median === "number";
    const [name, from, to] = [median, low, high].map((temperature) =>
      numeral(temperature ?? 1, 2)
    );
    const values = { name, low: from, high: to };
    setText(says, tell(isThere ? "temperature_median" : "temperature_none", values));
    bars.heat(median ?? 1, true);
    bars.ask(shown.prompt);
  }
  return { node, show, stop: bars.stop };
}

registerScreen("temperature", temperatureOnScreen);
