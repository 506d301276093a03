// The widget: a landscape of the loss with a ball to drag, a cut and a slider for each
// knob, a button that steps downhill, and the odds beside what the text says. All of it
// is arithmetic, done here.

import { counted, element, pushButton, setLength, setText } from "../lib/dom.js";
import { glide } from "../lib/glide.js";
import { kept } from "../lib/keeping.js";
import { percent } from "../lib/odds.js";
import { slider, toldSlider } from "../lib/sliders.js";
import { announcer } from "../lib/timers.js";
import { eachFrame, setTrait, setTraits } from "../lib/widget_model.js";
import { lossOf, oddsAt, slopes } from "./two_knobs_loss.js";
import { cut, landscape } from "./two_knobs_map.js";
import "./two_knobs.css" with { type: "text" };

/** @import { Model, View } from "../lib/widget_model.js" */
/** @import { Place } from "./two_knobs_loss.js" */
/**
 * @typedef {{ knobs: Place, steps: number, size: number, _trail: Place[],
 *   _names: string[], _shares: number[], _range: [number, number] }} Traits
 */

const SIZES = [0.1, 0.2, 0.5, 1, 2, 3, 5, 8];
const LONGEST = 200; // places of a trail that are kept

/** With a minus that is as wide as a plus. @param {number} value */
const signed = (value) => value.toFixed(2).replace("-", "−");

/** @param {string} name @param {number} share */
function row(name, share) {
  const bars = [0, 1].map((i) =>
    element("div", { class: i ? "ll-guess" : "ll-share" })
  );
  const odds = element("td");
  const track = element("td", { "aria-hidden": "true" }, ...bars);
  const head = element("th", { scope: "row" }, name);
  const node = element("tr", {}, head, element("td", {}, percent(share)), odds, track);
  setLength(bars[0], share);
  /** @param {number} chance */
  function update(chance) {
    setText(odds, percent(chance));
    setLength(bars[1], chance);
  }
  return { node, update };
}

/** @param {string[]} names @param {number[]} shares */
function table(names, shares) {
  const rows = names.map((name, i) => row(name, shares[i]));
  const heads = ["Word", "In the text", "By the knobs"].map((text) =>
    element("th", { scope: "col" }, text)
  );
  heads[1].className = "ll-of-text";
  heads[2].className = "ll-of-knobs";
  const node = element(
    "table",
    {},
    element("thead", {}, element("tr", {}, ...heads, element("td"))),
    element("tbody", {}, ...rows.map((one) => one.node)),
  );
  /** @param {number[]} odds */
  const update = (odds) => rows.forEach((one, i) => one.update(odds[i]));
  return { node, update };
}

/** What turns the knobs: by hand, and downhill. @param {Model<Traits>} model */
function turning(model) {
  const [shares, [min, max]] = [model.get("_shares"), model.get("_range")];
  /** @param {number} knob */
  const within = (knob) => Math.min(max, Math.max(min, knob));

  /** @param {Place} knobs */
  function after([a, b]) {
    const [first, second] = slopes(shares, oddsAt([a, b]));
    const size = model.get("size");
    return /** @type {Place} */ ([within(a - size * first), within(b - size * second)]);
  }
  /** @param {Place} knobs */
  function byHand([a, b]) {
    setTraits(model, { knobs: [within(a), within(b)], steps: 0, _trail: [] });
  }
  /** @param {number} which @param {number} value */
  function turn(which, value) {
    const [a, b] = model.get("knobs");
    byHand(which ? [a, value] : [value, b]);
  }
  function downhill() {
    const knobs = model.get("knobs");
    setTraits(model, {
      _trail: [...model.get("_trail"), knobs].slice(-LONGEST),
      steps: model.get("steps") + 1,
      knobs: after(knobs),
    });
  }
  return { after, byHand, turn, downhill };
}

/** @param {Model<Traits>} model */
function sizeSlider(model) {
  const range = { min: 0, max: SIZES.length - 1, step: 1 };
  /** @param {number} at */
  const turn = (at) => setTrait(model, "size", SIZES[at]);
  return toldSlider("Size of a step", range, turn, () => {
    const size = model.get("size");
    const near = SIZES.findIndex((one) => one >= size);
    const place = near < 0 ? SIZES.length - 1 : near;
    return [place, `${size} × slope`, `${size} times the slope`];
  });
}

/** @param {View<Traits>} view */
function render({ model, el }) {
  const [names, shares] = [model.get("_names"), model.get("_shares")];
  const [range, least] = [model.get("_range"), lossOf(shares, shares)];
  const { after, byHand, turn, downhill } = turning(model);
  let isStep = false;

  const map = landscape(shares, names, range, byHand);
  const cuts = names.slice(0, 2).map((_, i) => cut(shares, i, range));
  const [min, max] = range;
  const sliders = [0, 1].map((i) =>
    slider(`Knob of ${names[i]}`, { min, max, step: 0.05 }, (value) => turn(i, value))
  );
  const steep = sliders.map(() => element("span", { class: "ll-slope" }));
  sliders.forEach(({ node, input }, i) => {
    input.before(cuts[i].node);
    node.querySelector("label")?.after(steep[i]);
  });
  const down = pushButton("One step downhill", () => {
    isStep = true;
    downhill();
  });
  const back = pushButton("Both back to 0", () => {
    isStep = true;
    byHand([0, 0]);
  });
  const size = sizeSlider(model);
  const loss = element("p", { class: "ll-loss" });
  const [heard, odds] = [announcer(), table(names, shares)];
  const board = element(
    "div",
    { class: "ll-board" },
    map.node,
    element("div", { class: "ll-buttons" }, down, back, size.node),
    element("div", { class: "ll-sliders" }, ...sliders.map((one) => one.node)),
    loss,
    odds.node,
  );
  el.append(element("div", { class: "ll-widget ll-two-knobs" }, board, heard.node));

  const ball = glide((now) => {
    const place = /** @type {Place} */ (now);
    map.update(place, after(place), model.get("_trail"));
    cuts.forEach((one) => one.update(place));
    const chances = oddsAt(place);
    odds.update(chances);
    slopes(shares, chances).forEach((slope, i) =>
      setText(steep[i], `slope ${signed(slope)}`)
    );
  });
  function update() {
    const [knobs, steps] = [model.get("knobs"), model.get("steps")];
    ball.to(knobs, isStep);
    isStep = false;
    size.update();
    sliders.forEach((one, i) =>
      one.update(knobs[i], signed(knobs[i]), knobs[i].toFixed(2))
    );
    const taken = steps ? `${counted(steps, "step")} downhill. ` : "";
    const text = `${taken}Loss: ${lossOf(shares, oddsAt(knobs)).toFixed(3)} bits. ` +
      `No setting gets below ${least.toFixed(3)}.`;
    setText(loss, text);
    heard.say(text);
  }
  const frames = eachFrame(model, update);
  update();
  return () => [...cuts, ball, frames, heard].forEach((one) => one.stop());
}

export default kept({ render });
