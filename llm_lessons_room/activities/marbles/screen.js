// At once or step by step, on the screen: how many were right in the two halves, by the
// number of changes, beside the class model, which answers its own problems meanwhile.

import { element, setText } from "../../../llm_lessons/web/lib/dom.js";
import { registerScreen } from "../../web/kinds.js";
import { useFjord } from "../../web/parts/fjord.js";
import { askProblem } from "./problems.js";
import { shareCurves } from "./share_curves.js";
import { answeredCount } from "../../web/parts/answered_count.js";
import { screenStage, showIf, stopAll, wholePercent } from "../../web/parts/stage.js";
import "./screen.css" with { type: "text" };

/** @import { LanguageModel } from "../../../llm_lessons/web/engine/model.js" */
/** @import { FjordProblem, MarblesMoment } from "./phone.js" */
/** @import { ByChanges } from "./share_curves.js" */
/** @import { Context } from "../../web/moment.js" */

const MARBLE_ROUNDS = 6;
const PICTURE_EVERY = 200; // milliseconds between two pictures of the model's work

/** @returns {[ByChanges, ByChanges]} */
function emptyCurves() {
  const none = () => Array.from({ length: MARBLE_ROUNDS }, () => null);
  return [none(), none()];
}

/**
 * The model answers each problem at once and step by step. Yields between tokens; hands
 * over the counts so far after each problem.
 * @param {LanguageModel} lm @param {FjordProblem[]} problems
 * @param {(curves: [ByChanges, ByChanges], done: number) => void} onProgress
 * @returns {Generator<void, void>}
 */
function* answerProblems(lm, problems, onProgress) {
  const reader = lm.reader();
  const curves = emptyCurves();
  let done = 0;
  for (const { changes, at_once, steps, answer } of problems) {
    for (const [way, curve] of curves.entries()) {
      const said = yield* askProblem(reader, [at_once, steps][way], way);
      const { right, asked } = curve[changes - 1] ?? { right: 0, asked: 0 };
      curve[changes - 1] = { right: right + Number(said === answer), asked: asked + 1 };
    }
    done += 1;
    onProgress(curves, done);
  }
}

/** @param {Context} context */
export function marblesOnScreen(context) {
  const { tell } = context;
  const heading = element("h2", { class: "ll-marbles-round" });
  const items = ["marbles_half_once", "marbles_half_steps"].map((key) =>
    element("li", {}, tell(key))
  );
  const rules = element("ul", { class: "ll-marbles-rules" }, ...items);
  const counted = answeredCount(tell);
  const [room, model] = [shareCurves(), shareCurves()];
  const places = [room, model].map(({ node }) => element("div", {}, node));
  const pictures = element("div", { class: "ll-marbles-pictures" }, ...places);
  const [end, progress] = [element("p"), element("p", { class: "ll-quiet" })];
  const words = element("div", { class: "ll-marbles-end" }, end, progress);
  const parts = [heading, rules, counted.node, pictures, words];
  const node = screenStage("marbles", ...parts);
  const fjord = useFjord(context, draw);
  /** @type {MarblesMoment | null} */
  let now = null;
  let curves = emptyCurves();
  let [done, asked, drawn] = [0, "", 0];

  const names = /** @type {[string, string]} */ (
    [tell("marbles_once"), tell("marbles_by_steps")]
  );

  /** @param {string} title @param {[ByChanges, ByChanges]} shown */
  function sharesOf(title, shown) {
    const inWords = shown.map((curve, way) => {
      const parts = curve.map((counts, i) =>
        counts
          ? `${i + 1}: ${wholePercent(counts.right / counts.asked)}`
          : `${i + 1}: –`
      );
      return `${names[way]}: ${parts.join(", ")}`;
    });
    const label = `${title} ${inWords.join(". ")}.`;
    return { title, curves: shown, names, label, axis: tell("marbles_axis") };
  }

  /** @returns {[ByChanges, ByChanges]} */
  function roomCurves() {
    const [once, steps] = [0, 1].map((half) => {
      const { right = [], asked: of = [] } = now?.tally?.halves?.[half] ?? {};
      return Array.from(
        { length: MARBLE_ROUNDS },
        (_, i) => of[i] ? { right: right[i] ?? 0, asked: of[i] } : null,
      );
    });
    return [once, steps];
  }

  function draw() {
    if (!now) return;
    const isRevealed = now.phase === "reveal";
    const isOpen = now.phase === "open";
    showIf(heading, !isRevealed);
    showIf(rules, now.phase === "ready");
    showIf(pictures, isRevealed);
    showIf(words, isRevealed);
    const values = { n: now.round, m: MARBLE_ROUNDS };
    setText(heading, tell(isOpen ? "marbles_round" : "marbles_ready", values));
    counted.show(now);
    if (!isRevealed) return;
    const shown = roomCurves();
    room.update(sharesOf(tell("marbles_room", sizesOf(shown)), shown));
    drawModel();
  }

  function sizesOf(/** @type {[ByChanges, ByChanges]} */ shown) {
    const [n, m] = shown.map((curve) =>
      Math.max(0, ...curve.map((counts) => counts?.asked ?? 0))
    );
    return { n, m };
  }

  function drawModel() {
    const problems = now?.revealed?.fjord ?? [];
    showIf(places[1], problems.length > 0);
    const title = tell("marbles_fjord", { n: sizesOf(curves).n });
    model.update(sharesOf(title, curves));
    const isMissing = fjord.state() === "missing";
    const isWorking = done < problems.length;
    const values = { n: done, m: problems.length };
    showIf(progress, isWorking);
    const working = done ? tell("marbles_working", values) : "";
    setText(progress, isMissing ? tell("fjord_missing") : working);
    showIf(end, !isWorking);
    setText(end, tell("marbles_end"));
  }

  /** @param {FjordProblem[]} problems */
  function ask(problems) {
    [curves, done, asked] = [emptyCurves(), 0, JSON.stringify(problems)];
    fjord.ask((lm) =>
      answerProblems(lm, problems, (onProgress, count) => {
        [curves, done] = [onProgress, count];
        const time = performance.now();
        if (time - drawn < PICTURE_EVERY && done < problems.length) return;
        drawn = time;
        draw();
      })
    );
  }

  /** @param {MarblesMoment} moment */
  function show(moment) {
    now = moment;
    const problems = moment.phase === "reveal" ? moment.revealed?.fjord ?? [] : [];
    if (problems.length && asked !== JSON.stringify(problems)) ask(problems);
    draw();
  }
  return { node, show, stop: stopAll(fjord, room, model) };
}

registerScreen("marbles", marblesOnScreen);
