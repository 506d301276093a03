// The answers of a moment, a dot each in its lane and three in full, and what there is
// to say of them and of the run.

import { control, counted, element, setText } from "../lib/dom.js";

/**
 * Problem, text, reward, and in words whether it is right.
 * @typedef {[string, string, number, string]} Example
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
/** @typedef {{ name: string, all: number, filled: number }} Lane */
/**
 * What the letters of answers mean. `lanes`: letter, name, and whether the lane is there
 * only where something is in it. `filled`: what a capital says. `curves`: name, letters
 * that are counted, and of which. `told`: both shares in words.
 * @typedef {{ lanes: [string, string, boolean][], filled: string,
 *   curves: [string, string, string][], told: string, axis: string }} Signs
 */

/** @param {string} marks @param {string} letters */
const count = (marks, letters) =>
  Array.from(marks).filter((one) => letters.includes(one)).length;

/** The lanes of some answers. @param {string} marks @param {Signs} signs */
function lanesOf(marks, signs) {
  return signs.lanes.flatMap(([letter, name, isRare]) => {
    const filled = count(marks, letter.toUpperCase());
    const all = filled + count(marks, letter);
    return isRare && !all ? [] : [{ name, all, filled }];
  });
}

/** Both curves' values, in percent. @param {string} marks @param {Signs} signs */
export function sharesOf(marks, signs) {
  return signs.curves.map(([, counted, all]) =>
    100 * count(marks, counted) / Math.max(1, count(marks, all))
  );
}

/** @param {Moment} moment */
export function stepsText([steps]) {
  if (steps === 0) return "before the first round";
  return `after ${counted(steps, "round")}`;
}

/** @param {Moment} moment @param {Signs} signs */
export function sharesText([, marks], signs) {
  const shares = sharesOf(marks, signs).map(Math.round);
  return signs.told.replace(/\{(\d)\}/g, (_, i) => String(shares[Number(i)]));
}

/** @param {number | null} seconds */
function timeLeft(seconds) {
  if (seconds === null) return "";
  const whole = Math.ceil(seconds);
  return whole < 100 ? `, ${whole} s left` : `, ${Math.ceil(whole / 60)} min left`;
}

/**
 * What stands under the buttons of a live run.
 * @param {Status} status @param {number} steps
 * @param {string} told both shares of the last moment, if there is one
 */
export function progressText(
  { phase, stopping, step, seconds_left, note, trouble },
  steps,
  told,
) {
  if (stopping) return "Stopping …";
  const shares = told && phase !== "ready" ? `: ${told}` : "";
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
 * @param {Signs} signs
 */
export function replayText(moments, at, isBegun, signs) {
  if (!moments.length) return "A page can't train: this one learns in the notebook.";
  const [last] = moments[moments.length - 1];
  if (!isBegun) {
    return "This page replays a training that was measured before.";
  }
  return `Replayed, round ${moments[at][0]} of ${last}: ${
    sharesText(moments[at], signs)
  }.`;
}

const EXAMPLES = 3;

/** One lane: its name, its dots, and their number. */
function lane() {
  const name = element("span", { class: "ll-lane-name" });
  const dots = element("span", { class: "ll-lane-dots", role: "img" });
  const told = element("span", { class: "ll-lane-count" });
  const node = element("div", { class: "ll-lane" }, name, dots, told);

  /** @param {Lane} own @param {number} of @param {string} filled */
  function update(own, of, filled) {
    setText(name, own.name);
    setText(told, `${own.filled} of ${own.all} ${filled}`);
    const words = `${own.name}: ${own.all} of ${of} answers, ${own.filled} ${filled}`;
    dots.setAttribute("aria-label", words);
    while (dots.childElementCount > own.all) dots.lastElementChild?.remove();
    while (dots.childElementCount < own.all) dots.append(element("i"));
    Array.from(dots.children, (dot, i) => {
      dot.classList.toggle("ll-right", i < own.filled);
    });
  }
  return { node, update };
}

/** @param {Signs} signs */
export function lanes(signs) {
  const node = element("div", { class: "ll-lane-rows" });
  /** @type {ReturnType<typeof lane>[]} */
  const rows = [];

  /** @param {string} marks */
  function update(marks) {
    const shown = lanesOf(marks, signs);
    while (rows.length < shown.length) {
      rows.push(lane());
      node.append(rows[rows.length - 1].node);
    }
    rows.forEach((row, i) => {
      // One that is empty again keeps its place: the page does not jump.
      row.node.style.visibility = i < shown.length ? "" : "hidden";
      if (i < shown.length) row.update(shown[i], marks.length, signs.filled);
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
  function update([question, said, reward, judged]) {
    setText(verdict, `${judged}, reward ${+reward.toFixed(2)}:`);
    node.classList.toggle("ll-right", judged.startsWith("✓"));
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
