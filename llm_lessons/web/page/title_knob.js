// The knob drawn at a lesson's title turns the temperature of the lesson's first toy,
// and turns with it; the bars beside it are the toy's likeliest tokens. Whoever can't
// point has the toy's slider, so the drawing stays hidden from screen readers.

import { drags } from "../lib/drag.js";
import { oddsOf, sortScores } from "../lib/odds.js";
import { eachFrame, numbersOf, setTrait } from "../lib/widget_model.js";

/** @import { AskTraits } from "../lib/ask.js" */
/** @import { Model } from "../lib/widget_model.js" */
/** @import { Shown } from "./models.js" */
/** @typedef {Model<{ temperature: number } & AskTraits>} Heated */

const [X, Y] = [48, 52]; // where the knob turns, in the drawing
const [HOTTEST, TURN] = [3, 120]; // at its last line, so many degrees from the top
const [FLOOR, HIGHEST] = [88, 58]; // of the bars

/** Those of a `NextToken`. @param {Heated} model @returns {DataView | undefined} */
function scoresOf(model) {
  const { shown, value } = model.get("_answers")?.prompt ?? {};
  return shown?.[0] === "scores" ? value : undefined;
}

/** @param {Shown[]} all widgets of the page, in their order */
export function tendTitleKnob(all) {
  /** @type {SVGSVGElement | null} */
  const drawing = document.querySelector(".ll-drawing:has(.ll-title-needle)");
  const lesson = drawing?.closest(".lesson"); // a booklet has several
  const toy = all.find(({ model, place }) =>
    lesson?.contains(place) && scoresOf(model)
  );
  if (drawing && toy) turn(drawing, toy.model);
}

/** @param {SVGSVGElement} drawing @param {Heated} model */
function turn(drawing, model) {
  const needle = drawing.querySelector(".ll-title-needle");
  const bars = drawing.querySelectorAll("rect");
  function draw() {
    const heat = model.get("temperature");
    const scores = numbersOf(Float32Array, /** @type {DataView} */ (scoresOf(model)));
    const odds = oddsOf(sortScores(scores), { temperature: heat });
    bars.forEach((bar, rank) => {
      const height = Math.max(2, (HIGHEST * odds.share(rank)) / odds.share(0));
      bar.setAttribute("height", String(height));
      bar.setAttribute("y", String(FLOOR - height));
    });
    const angle = (Math.min(heat, HOTTEST) / HOTTEST) * 2 * TURN - TURN;
    needle?.setAttribute("transform", `rotate(${angle} ${X} ${Y})`);
  }
  /** @param {number} x @param {number} y */
  function turnTo(x, y) {
    const angle = (Math.atan2(x - X, Y - y) * 180) / Math.PI;
    const turned = Math.max(-TURN, Math.min(TURN, angle)) + TURN;
    const heat = Math.round((turned / TURN / 2) * HOTTEST * 20) / 20;
    setTrait(model, "temperature", heat);
  }
  drags(drawing, turnTo, (target) => target instanceof SVGCircleElement);
  drawing.classList.add("ll-turns");
  eachFrame(model, draw);
  draw();
}
