// The room's guesses: a bar for each choice, before the talk and after it.

import { element, setText } from "../../../llm_lessons/web/lib/dom.js";
import { showOnScreens } from "../../web/kinds.js";
import { letterOf } from "../../web/words.js";

/** @import { Place } from "../../web/moment.js" */
/** @import { GuessMoment, GuessShown, GuessTally } from "./phone.js" */
/** @import { Tell } from "../../web/words.js" */

/**
 * The length of each bar, as a share of the longest that all of them have.
 * @param {number[][]} rounds
 */
export function sharesOf(rounds) {
  const sums = rounds.map((round) => round.reduce((sum, n) => sum + n, 0));
  const all = rounds.map((round, i) => round.map((n) => sums[i] ? n / sums[i] : 0));
  const most = Math.max(0, ...all.flat());
  return all.map((round) => round.map((share) => most ? share / most : 0));
}

/** What the two kinds of bars are: before and after. @param {Tell} tell */
export function beforeAndAfter(tell) {
  const keys = ["before", "after"].map((name) =>
    element("span", {}, element("i", { class: `room-${name}` }), tell(`key_${name}`))
  );
  return element("p", { class: "room-legend" }, ...keys);
}

/** @param {string} text @param {number} index */
function guessRow(text, index) {
  const letter = element("b", { class: "room-letter" }, letterOf(index));
  const mark = element("b", { class: "room-mark" });
  const words = element("span", { class: "room-words" }, mark, text);
  const numbers = element("span", { class: "room-numbers" });
  const [before, after] = ["before", "after"].map((name) =>
    element("i", { class: `room-${name}` })
  );
  const look = { class: "room-bars", "aria-hidden": "true" };
  const bars = element("span", look, before, after);
  const node = element("li", {}, letter, words, numbers, bars);
  return { node, mark, numbers, before, after };
}

/** @param {Place} place */
export function guessOnScreen({ tell }) {
  const question = element("p", { class: "room-question" });
  const list = element("ol", { class: "room-guess" });
  const result = element("p", { class: "room-result" });
  const legend = beforeAndAfter(tell);
  const below = element("div", { class: "room-below" }, result, legend);
  const why = element("p", { class: "room-why" });
  const node = element("div", { class: "room-quiz" }, question, list, below, why);
  let written = "";
  /** @type {ReturnType<typeof guessRow>[]} */
  let rows = [];

  /** @param {GuessShown} shown */
  function write(shown) {
    const all = JSON.stringify(shown);
    if (all === written) return;
    written = all;
    setText(question, shown.question);
    rows = shown.choices.map(guessRow);
    list.replaceChildren(...rows.map((row) => row.node));
  }

  /** @param {GuessTally} tally @param {boolean} isLast */
  function draw({ before, after }, isLast) {
    const rounds = [before, isLast ? after : undefined].map((one) => one ?? []);
    const shares = sharesOf(rounds);
    rows.forEach((row, i) => {
      [row.before, row.after].forEach((bar, which) => {
        const share = shares[which].at(i);
        bar.hidden = share === undefined;
        bar.style.width = `${100 * (share ?? 0)}%`;
      });
      const [was, is] = [before?.[i], isLast ? after?.[i] : undefined];
      const text = is === undefined
        ? was === undefined ? "" : String(was)
        : `${was ?? 0} → ${is}`;
      setText(row.numbers, text);
    });
  }

  /** @param {GuessMoment} moment */
  function show({ step, phase, round, tally, revealed: hidden }) {
    write(step.shown);
    node.dataset.phase = phase;
    legend.hidden = phase !== "reveal";
    draw(tally ?? {}, phase === "reveal");
    const { changed, both = 0 } = tally ?? {};
    const isTold = phase === "reveal" && both > 0 && changed !== undefined;
    setText(result, isTold ? tell("guess_changed", { n: changed, m: both }) : "");
    if (phase === "open" && round > 1) setText(result, tell("guess_again"));
    if (phase === "shown") setText(result, tell("guess_talk"));
    rows.forEach((row, i) => {
      const isRight = hidden?.right.includes(i);
      row.node.dataset.verdict = !hidden ? "" : isRight ? "right" : "other";
      setText(row.mark, isRight ? "✓ " : "");
    });
    setText(why, hidden ? hidden.why[hidden.right[0]] ?? "" : "");
  }
  return { node, show };
}

showOnScreens("guess", guessOnScreen);
