// The widget: a button that measures all of it anew, a bar meanwhile, what came of it.

import { isPage } from "../lib/answering.js";
import { element, pushButton, setText } from "../lib/dom.js";
import { parsedSvg } from "../lib/svg.js";
import { setTrait } from "../lib/widget_model.js";
import "./measure_anew.css" with { type: "text" };

/** @import { View } from "../lib/widget_model.js" */
/**
 * @typedef {object} Status
 * @property {"ready" | "measuring" | "done" | "stopped" | "failed"} phase
 * @property {number} spent seconds so far, when it was told
 * @property {number} seconds that the whole takes
 * @property {number} cases of each kind that were measured
 * @property {string} trouble
 */
/** @typedef {{ status: Status, shown: string, _asked: [number, string] }} Traits */

const TICK = 500; // milliseconds between two looks at the clock

/** @param {number} seconds */
function time(seconds) {
  const whole = Math.max(1, Math.round(seconds));
  return whole < 90 ? `about ${whole} s` : `about ${Math.round(whole / 60)} minutes`;
}

/**
 * What stands beside the button.
 * @param {Status} status @param {number} since seconds since it was told
 */
export function words({ phase, spent, seconds, cases, trouble }, since = 0) {
  const left = seconds - spent - since;
  if (phase === "measuring") {
    return left > 0 ? `${time(left)} left` : "It takes longer than it did elsewhere …";
  }
  if (phase === "stopped") return `Stopped: below stand ${cases} cases of each kind.`;
  if (phase === "failed") return `It stopped: ${trouble}`;
  if (phase === "done") return `All ${cases} cases of each kind, measured anew.`;
  return `All of it, on this computer: ${time(seconds)}.`;
}

/** @param {View<Traits>} view */
function render({ model, el }) {
  if (isPage()) return;
  const button = pushButton("", () => {
    const wish = isBusy() ? "stop" : "start";
    setTrait(model, "_asked", [model.get("_asked")[0] + 1, wish]);
  });
  const bar = element("progress", { "aria-label": "Progress of the measurement" });
  const text = element("span");
  const heard = element("p", { class: "ll-unseen", role: "status" });
  const result = element("div", { class: "ll-anew-result" });
  const line = element("div", { class: "ll-buttons" }, button, text);
  el.append(
    element("div", { class: "ll-widget ll-anew" }, line, bar, heard, result),
  );
  let told = performance.now();

  function isBusy() {
    return model.get("status").phase === "measuring";
  }

  function tick() {
    const status = model.get("status");
    const since = isBusy() ? (performance.now() - told) / 1000 : 0;
    setText(text, words(status, since));
    bar.max = status.seconds;
    bar.value = Math.min(status.seconds, status.spent + since);
  }
  function redraw() {
    told = performance.now();
    const status = model.get("status");
    // Until a part of this run is measured, what is shown is of another one.
    if (!isBusy() || !status.spent) result.classList.toggle("ll-stale", isBusy());
    setText(button, isBusy() ? "Stop" : "Measure anew");
    bar.hidden = !isBusy();
    tick();
    setText(heard, words(status));
  }
  function show() {
    const figure = parsedSvg(model.get("shown"));
    if (figure) result.replaceChildren(figure);
    result.classList.remove("ll-stale");
  }
  model.on("change:status", redraw);
  model.on("change:shown", show);
  const clock = setInterval(tick, TICK);
  redraw();
  show();
  return () => clearInterval(clock);
}

export default { render };
