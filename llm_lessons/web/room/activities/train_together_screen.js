// A model that the room trains, on the screen: the loss falls, noise turns into names,
// and in the end one sees which of them it says by heart.

import { element, setText } from "../../lib/dom.js";
import { pathOf, svg } from "../../lib/svg.js";
import { bits, byHeartOf } from "../../widgets/train_your_own_model.js";
import { roomModel } from "./room_model.js";
import { answeredSoFar, inDigits, rowsOnDemand, screenStage, showIf } from "./stage.js";
import { timesWritten, writtenNames } from "./written_names.js";
import "./train_together_screen.css" with { type: "text" };

/** @import { Tell } from "../words.js" */
/** @import { Standing, TogetherMoment } from "./room_model.js" */
/** @import { Moment, Place } from "../moment.js" */

const PLACES_OF_TEXTS = 8; // samples that are seen
const LATEST_TEXTS = 50; // of which is told how many nobody gave
const END_TEXTS = 400; // that are drawn in the end
const LISTED = 3; // names of the evening's list that are told as examples
const HEARD_BY_HEART = 8; // names of the room that are told, at most

/**
 * The losses as points of a picture of 100 by 100: from even odds, at the top, to 0.
 * @param {number[]} losses @param {number} tokens there are to guess among
 * @returns {[number, number][]}
 */
export function lossPoints(losses, tokens) {
  const [wide, most] = [Math.max(1, losses.length - 1), Math.log(tokens)];
  return losses.map((loss, i) => [
    (100 * i) / wide,
    100 - Math.min(100, (100 * loss) / most),
  ]);
}

/** @param {Tell} tell */
function lossPicture(tell) {
  const line = svg("path", { "vector-effect": "non-scaling-stroke" });
  const frame = { viewBox: "0 0 100 100", preserveAspectRatio: "none", role: "img" };
  const node = svg("svg", { class: "ll-room-loss", ...frame }, line);
  /** @param {number[]} losses @param {number} tokens */
  function update(losses, tokens) {
    node.toggleAttribute("hidden", losses.length < 2);
    line.setAttribute("d", pathOf(lossPoints(losses, tokens)));
    const [name, m] = [losses[0] ?? 0, losses.at(-1) ?? 0].map((one) =>
      inDigits(bits(one), 1)
    );
    const values = { n: inDigits(losses.length), name, m };
    node.setAttribute("aria-label", tell("train_together_curve", values));
  }
  return { node, update };
}

/** The last samples, the newest on top; those of the list are marked. */
function textPlaces(/** @type {Tell} */ tell) {
  const node = element("ol", { class: "ll-room-texts" });
  const rows = rowsOnDemand(() => {
    const mark = element("small", {}, tell("train_together_known"));
    return element("li", {}, element("bdi"), " ", mark);
  });
  /** @param {string[]} texts @param {Set<string>} known */
  function update(texts, known) {
    const newest = texts.slice(-PLACES_OF_TEXTS).reverse();
    rows(node, newest.length).forEach((row, i) => {
      const [text, mark] = /** @type {HTMLElement[]} */ ([...row.children]);
      setText(text, newest[i] || "–");
      showIf(mark, known.has(newest[i]));
    });
  }
  return { node, update };
}

/** @param {Place} place */
export function trainTogetherOnScreen(place) {
  const { tell } = place;
  const counted = answeredSoFar();
  const [texts, picture] = [textPlaces(tell), lossPicture(tell)];
  const said = element("p");
  const [list, step, phones, held, heart] = ["quiet", "", "", "quiet", ""].map((look) =>
    element("p", look ? { class: `ll-${look}` } : {})
  );
  const facts = element("div", {}, picture.node, step, phones, held);
  const halves = element("div", { class: "ll-room-training" }, texts.node, facts);
  const parts = [counted.node, said, list, halves, heart];
  const node = screenStage("train-together", ...parts);
  const names = writtenNames({ first: 0, pace: 200, most: END_TEXTS }, draw);
  const model = roomModel(redraw, place.send);
  /** @type {TogetherMoment | null} */
  let now = null;

  function redraw() {
    names.follow(model.now(), now?.phase ?? "");
    draw();
  }
  function draw() {
    if (!now) return;
    const isOpen = now.phase === "open";
    const isHidden = Boolean(now.hidden);
    showIf(counted.node, isOpen);
    showIf(list, isOpen);
    showIf(halves, !isOpen);
    const all = tell("answered_of", { n: inDigits(now.asked ?? 0) });
    counted.update(now.tally?.answered ?? 0, all);
    const { lines } = now.step.shown;
    const some = lines.slice(0, LISTED).join(", ");
    setText(list, tell("train_together_list", { n: lines.length, name: some }));
    setText(said, isOpen ? tell("train_together_ask") : inWords());
    showIf(texts.node, !isHidden);
    if (isOpen) setText(heart, "");
    else drawTraining(isHidden);
  }

  /** @param {boolean} isHidden */
  function drawTraining(isHidden) {
    /** @type {Partial<Standing>} */
    const standing = now?.tally ?? {};
    const { losses = [], phones: n = 0, late = 0, shortened = 0, refused = 0 } =
      standing;
    const pupil = model.now()?.pupil;
    texts.update(names.texts(), new Set(pupil?.lines));
    picture.update(losses, pupil?.config.vocab_size ?? 2);
    const last = losses.at(-1);
    const values = { n: inDigits(losses.length), name: inDigits(bits(last ?? 0), 2) };
    setText(step, last === undefined ? "" : tell("train_together_step", values));
    const counts = { n: inDigits(n), m: inDigits(late) };
    setText(phones, losses.length ? tell("train_together_phones", counts) : "");
    const bad = shortened + refused;
    setText(held, bad ? tell("train_together_held", { n: inDigits(bad) }) : "");
    setText(heart, isHidden || now?.phase !== "reveal" ? "" : byHeartInWords());
  }

  function inWords() {
    const there = model.now();
    if (!now?.tally?.training) return tell("train_together_nothing");
    if (!there) return tell("train_together_begins");
    const isEnd = now.phase === "reveal";
    const latest = isEnd ? names.texts() : names.texts().slice(-LATEST_TEXTS);
    const { fresh } = byHeartOf(latest, new Set(there.pupil.lines));
    const values = { n: inDigits(latest.length), m: inDigits(fresh) };
    const words = tell("train_together_new", values);
    return now.tally.over && !isEnd ? `${words} ${tell("train_together_over")}` : words;
  }
  function byHeartInWords() {
    const found = timesWritten(names.texts(), now?.tally?.names ?? []);
    if (!found.length) return tell("train_together_heart_none");
    const told = found.slice(0, HEARD_BY_HEART)
      .map(([name, times]) => `${name} (${inDigits(times)})`);
    return tell("train_together_heart", { name: told.join(", ") });
  }

  /** @param {Moment} told */
  function show(told) {
    const moment = /** @type {TogetherMoment} */ (told);
    now = moment;
    model.learn(moment);
    redraw();
  }
  function stop() {
    model.stop();
    names.stop();
  }
  return { node, show, hear: model.hear, stop };
}
