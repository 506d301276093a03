// The widget: a text goes in at the bottom, its tokens rise through the layers, and on
// top stand the odds for the next token. Heads can be pointed at and silenced.

import { atWidth, element } from "../lib/dom.js";
import { eachFrame, setTrait } from "../lib/widget_model.js";
import { textBox } from "../lib/text_box.js";
import { stateShelf } from "./machine_numbers.js";
import { scene } from "./machine_scene.js";
import { excuse, named, oddsOnTop, settingOf, words } from "./machine_told.js";
import "./machine.css" with { type: "text" };

/** @import { Model, View } from "../lib/widget_model.js" */
/** @import { Head } from "./machine_numbers.js" */
/** @import { Pointed } from "./machine_scene.js" */
/** @import { Traits } from "./machine_told.js" */

const PAUSE_OF_TYPING = 300; // milliseconds, then the text is sent

/** What a press does. @param {Model<Traits>} model */
function presses(model) {
  return {
    silence(/** @type {Head} */ head) {
      const all = model.get("silenced");
      const others = all.filter((one) => String(one) !== String(head));
      const next = others.length === all.length ? [...others, head] : others;
      setTrait(model, "silenced", next.sort((a, b) => a[0] - b[0] || a[1] - b[1]));
    },
    choose(/** @type {number} */ column) {
      const isLast = column === model.get("_tokens").length - 1;
      setTrait(model, "column", isLast ? null : column);
    },
  };
}

/** @param {View<Traits>} view */
function render({ model, el }) {
  const frames = eachFrame(model, draw);
  const shelf = stateShelf(model);
  const box = textBox(model, {
    trait: "text",
    label: "Text so far",
    pause: PAUSE_OF_TYPING,
    excuse: () => excuse(model, shelf.isStocked()),
    redraw: frames.redraw,
  });
  const [told, odds] = [words(model, frames.redraw), oddsOnTop(model)];
  const stage = element("div", { class: "ll-machine-stage" });
  const own = { role: "group", "aria-label": "The machine" };
  const top = element("div", { class: "ll-machine-top" }, told.node, odds.node);
  const look = { class: "ll-widget ll-machine", ...own };
  el.append(element("div", look, top, stage, told.message, box.node));

  /** @type {Pointed | null} */
  let pointed = null;
  /** @type {ReturnType<typeof scene> | undefined} */
  let drawn;
  let [drawnFor, width] = ["", 0];
  const doing = {
    ...presses(model),
    point(/** @type {Pointed | null} */ next) {
      if (next?.kind === pointed?.kind && next?.index === pointed?.index) return;
      pointed = next;
      frames.redraw();
    },
  };

  function drawing() {
    const key = `${width}|${model.get("_tokens")}`;
    if (drawn && key === drawnFor) return drawn;
    [drawnFor, pointed] = [key, null];
    drawn = scene(width || 700, settingOf(model), doing);
    stage.replaceChildren(drawn.node);
    stage.scrollLeft = stage.scrollWidth; // where the last token is
    return drawn;
  }

  function draw() {
    box.update();
    const [silenced, trained] = [model.get("silenced"), shelf.trained()];
    const fresh = shelf.now(silenced);
    const state = fresh ?? trained;
    const last = model.get("_tokens").length - 1;
    const column = Math.min(model.get("column") ?? last, last);
    const now = { state, trained, column };
    const isStale = !fresh || model.get("text") !== model.get("_shown");
    stage.classList.toggle("ll-stale", isStale);
    const name = named(model);
    const answer = name(trained.guesses(column)[model.get("_sizes")[0]]);
    const guessed = Array.from(state.guesses(column), name);
    drawing().update({ state, column, silenced, pointed, guessed, answer });
    odds.update(now, isStale);
    told.update(now, pointed, { isKnown: fresh !== undefined, isStale }, shelf);
  }
  const stop = atWidth(stage, (now) => {
    width = now || width;
    frames.redraw();
  });
  draw();
  return () => [frames, box, told, { stop }].forEach((part) => part.stop());
}

export default { render };
