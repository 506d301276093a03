// The answers of a moment, a dot each in the lane of its form and three in full, and
// what there is to say of them and of the run.

import { control, counted, element, setText } from "../lib/dom.js";

/**
 * Problem, text, reward, whether it is right.
 * @typedef {[string, string, number, boolean]} Example
 */
/**
 * Steps before it, a letter for each answer, mean reward, three answers.
 * @typedef {[number, string, number, Example[]]} Moment
 */
/** @typedef {"ready" | "training" | "stopped" | "done" | "failed"} Phase */
/**
 * @typedef {{ phase: Phase, stopping: boolean, step: number,
 *   seconds_left: number | null, note: string, trouble: string }} Status
 */
/** @typedef {{ name: string, all: number, right: number }} Lane */

/** The letter of each form; a capital where the answer is right. */
const FORMS = /** @type {const} */ ([
  ["a", "at once"],
  ["d", "after dots"],
  ["s", "step by step"],
  ["o", "in another way"],
]);

/** @param {string} marks @param {string} letters */
const count = (marks, letters) =>
  Array.from(marks).filter((one) => letters.includes(one)).length;

/**
 * The lanes of some answers; the last one only where something is in it.
 * @param {string} marks @returns {Lane[]}
 */
function lanesOf(marks) {
  const lanes = FORMS.map(([letter, name]) => ({
    name,
    all: count(marks, letter + letter.toUpperCase()),
    right: count(marks, letter.toUpperCase()),
  }));
  return lanes.filter(({ all }, i) => i < FORMS.length - 1 || all > 0);
}

/** Right answers in percent. @param {string} marks */
export function rightOf(marks) {
  return 100 * count(marks, "ADSO") / Math.max(1, marks.length);
}

/** Answers written step by step, in percent. @param {string} marks */
export function stepwiseOf(marks) {
  return 100 * count(marks, "sS") / Math.max(1, marks.length);
}

/** @param {Lane} lane */
const laneText = ({ all, right }) => `${right} of ${all} right`;

/** @param {Moment} moment */
export function stepsText([steps]) {
  if (steps === 0) return "before the first round";
  return `after ${counted(steps, "round")}`;
}

/** @param {Moment} moment */
export function sharesText([, marks]) {
  const [right, stepwise] = [rightOf, stepwiseOf].map((of) => Math.round(of(marks)));
  return `${right} % right, ${stepwise} % step by step`;
}

/** @param {number | null} seconds */
function timeLeft(seconds) {
  if (seconds === null) return "";
  const whole = Math.ceil(seconds);
  return whole < 100 ? `, ${whole} s left` : `, ${Math.ceil(whole / 60)} min left`;
}

/**
 * What stands under the buttons of a live run.
 * @param {Status} status @param {number} steps @param {Moment | undefined} last
 */
export function progressText(
  { phase, stopping, step, seconds_left, note, trouble },
  steps,
  last,
) {
  if (stopping) return "Stopping …";
  const shares = last && phase !== "ready" ? `: ${sharesText(last)}` : "";
  const at = `Round ${step} of ${steps}${shares}`;
  const said = note ? ` ${note}` : "";
  return {
    ready:
      `Not begun yet: ${steps} rounds. After two of them, it says how long it takes.`,
    training: step
      ? `${at}${timeLeft(seconds_left)}.${said}`
      : "Its first answers. (The first round takes longest.)",
    stopped: `${at}. Stopped, and nothing is lost.`,
    done: `Done${shares}. The loaded model is as it was: a copy has learned.${said}`,
    failed: `${trouble} What was learned by then is kept.`,
  }[phase];
}

/**
 * What stands there in a page, which can't train.
 * @param {Moment[]} moments @param {number} at @param {boolean} isBegun
 */
export function replayText(moments, at, isBegun) {
  if (!moments.length) return "A page can't train: this one learns in the notebook.";
  const [last] = moments[moments.length - 1];
  if (!isBegun) {
    return "This page replays a training that was measured before.";
  }
  return `Replayed, round ${moments[at][0]} of ${last}: ${sharesText(moments[at])}.`;
}

const EXAMPLES = 3;

/** One lane: its name, its dots, and their number. */
function lane() {
  const name = element("span", { class: "ll-lane-name" });
  const dots = element("span", { class: "ll-lane-dots", role: "img" });
  const told = element("span", { class: "ll-lane-count" });
  const node = element("div", { class: "ll-lane" }, name, dots, told);

  /** @param {Lane} own @param {number} of */
  function update(own, of) {
    setText(name, own.name);
    setText(told, laneText(own));
    const words = `${own.name}: ${own.all} of ${of} answers, ${own.right} right`;
    dots.setAttribute("aria-label", words);
    while (dots.childElementCount > own.all) dots.lastElementChild?.remove();
    while (dots.childElementCount < own.all) dots.append(element("i"));
    Array.from(dots.children, (dot, i) => {
      dot.classList.toggle("ll-right", i < own.right);
    });
  }
  return { node, update };
}

export function lanes() {
  const node = element("div", { class: "ll-lane-rows" });
  /** @type {ReturnType<typeof lane>[]} */
  const rows = [];

  /** @param {string} marks */
  function update(marks) {
    const shown = lanesOf(marks);
    while (rows.length < shown.length) {
      rows.push(lane());
      node.append(rows[rows.length - 1].node);
    }
    rows.forEach((row, i) => {
      // One that is empty again keeps its place: the page does not jump.
      row.node.style.visibility = i < shown.length ? "" : "hidden";
      if (i < shown.length) row.update(shown[i], marks.length);
    });
  }
  return { node, update };
}

/** An answer with its verdict; the problem is folded. */
function answer() {
  const verdict = element("strong");
  const text = element("bdi");
  const problem = element("p");
  const fold = element("details", {}, control("summary", {}, "The problem"), problem);
  const node = element("li", {}, verdict, " ", text, fold);

  /** @param {Example} example */
  function update([question, said, reward, isRight]) {
    const worth = `reward ${+reward.toFixed(2)}`;
    setText(verdict, `${isRight ? "✓ right" : "✗ not right"}, ${worth}:`);
    node.classList.toggle("ll-right", isRight);
    setText(text, said.trim() || "(nothing)");
    setText(problem, question);
  }
  return { node, update };
}

export function answers() {
  const rows = Array.from({ length: EXAMPLES }, answer);
  const list = element("ol", {}, ...rows.map((row) => row.node));
  const head = element("p", { class: "ll-name" }, "Three of these answers");
  const node = element("div", { class: "ll-lane-answers" }, head, list);

  /** @param {Example[]} examples */
  function update(examples) {
    node.hidden = !examples.length;
    rows.forEach((row, i) => {
      row.node.hidden = i >= examples.length;
      if (i < examples.length) row.update(examples[i]);
    });
  }
  return { node, update };
}
