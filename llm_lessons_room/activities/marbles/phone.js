// At once or step by step, on a phone: half of the room answers against its own clock,
// the other half writes the steps first.

import {
  control,
  element,
  newId,
  setOff,
  setText,
} from "../../../llm_lessons/web/lib/dom.js";
import { loadOwn, saveOwn } from "../../web/keepsake.js";
import { registerPhone } from "../../web/kinds.js";
import { numberPad, onlyNumber } from "./number_pad.js";
import { inDigits, phoneStage, rowsOnDemand, showIf } from "../../web/parts/stage.js";
import "./phone.css" with { type: "text" };

/** @import { Context } from "../../web/moment.js" */
/** @import { PlayedMoment } from "../../web/parts/stage.js" */
/**
 * `fjord`: problems for the class model alone, which come with the reveal: the prompts
 * for both ways. `gloss` is a problem in the language of the room.
 * @typedef {{ problems: { question: string, gloss?: string }[],
 *   seconds: { once: number, steps: number } }} MarblesShown
 * @typedef {{ changes: number, at_once: string, steps: string, answer: number }
 *   } FjordProblem
 * @typedef {{ answers: number[], fjord?: FjordProblem[] }} MarblesHidden
 * @typedef {{ answer: number, steps?: string }} MarblesValue
 * @typedef {{ answered: number, halves?: { right: number[], asked: number[] }[] }
 *   } MarblesTally
 * @typedef {PlayedMoment<MarblesShown, MarblesHidden, MarblesValue, MarblesTally>
 *   } MarblesMoment
 */

const LONGEST_STEPS_TEXT = 300; // letters
const CLOCK_TICK = 100; // milliseconds between two looks at the clock

/**
 * What a phone keeps of its problems while the page may be loaded again: when it saw
 * each, and what it answered.
 * @typedef {{ seen?: number, answer?: number, steps?: string }} SavedRound
 */

/** @param {string} step */
function savedRounds(step) {
  const name = `marbles-${step}`;
  const rounds = /** @type {Record<number, SavedRound>} */ (loadOwn(name) ?? {});
  /** @param {number} round @param {SavedRound} more */
  function save(round, more) {
    rounds[round] = { ...rounds[round], ...more };
    saveOwn(name, rounds);
  }
  /** @param {number} round @param {number} seconds from the moment it was first seen */
  function left(round, seconds) {
    const seen = rounds[round]?.seen ?? Date.now();
    if (rounds[round]?.seen === undefined) save(round, { seen });
    return Math.max(0, seconds - (Date.now() - seen) / 1000);
  }
  return { of: (/** @type {number} */ round) => rounds[round] ?? {}, save, left };
}

/** @param {Context} context */
export function marblesOnPhone(context) {
  const { tell } = context;
  const rule = element("p", { class: "ll-said" });
  const look = { class: "ll-own-clock", role: "timer", "aria-live": "off" };
  const clock = element("p", look);
  const question = element("p", { class: "ll-marble-question" });
  const [sendOnce, send] = [1, 2].map(() =>
    control("button", { class: "ll-great" }, tell("marbles_send"))
  );
  const pad = numberPad(tell("marbles_answer"), tell("marbles_back"), sendOnce);
  const once = element("form", {}, pad.node);
  const ids = [newId(), newId()];
  const maxlength = LONGEST_STEPS_TEXT;
  const steps = control("textarea", { id: ids[0], rows: 5, maxlength });
  const answer = control("input", {
    id: ids[1],
    inputmode: "numeric",
    autocomplete: "off",
    enterkeyhint: "send",
  });
  const [stepsLabel, answerLabel] = ["marbles_steps", "marbles_answer"].map((key, i) =>
    element("label", { for: ids[i] }, tell(key))
  );
  const fields = [stepsLabel, steps, answerLabel, answer, send];
  const written = element("form", {}, ...fields);
  const sent = element("p", { class: "ll-said" });
  const results = element("ol", { class: "ll-marble-results" });
  const parts = [rule, clock, question, once, written, sent, results];
  const node = phoneStage("marbles", ...parts);
  const resultsOnDemand = rowsOnDemand(() => element("li"));
  /** @type {MarblesMoment | null} */
  let now = null;
  let saved = savedRounds("");
  let [step, round] = ["", -1];
  /** @type {ReturnType<typeof setInterval> | undefined} */
  let timer;

  const isAtOnce = () => now?.half !== 1;
  const seconds = () => now?.step.shown.seconds.once ?? 0;
  const isOpen = () => now?.phase === "open";
  const timeIsUp = () => isAtOnce() && isOpen() && saved.left(round, seconds()) === 0;

  /** @param {HTMLInputElement} field */
  function give(field) {
    const number = Number.parseInt(onlyNumber(field.value), 10);
    if (!isOpen() || Number.isNaN(number)) return;
    const own = isAtOnce() ? {} : { steps: steps.value.trim() };
    saved.save(round, { answer: number, ...own });
    context.answer({ answer: number, ...own });
    draw();
    context.say(sent.textContent ?? "");
  }
  once.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!timeIsUp()) give(pad.field);
  });
  written.addEventListener("submit", (event) => {
    event.preventDefault();
    give(answer);
  });
  answer.addEventListener("input", () => {
    answer.value = onlyNumber(answer.value);
    draw();
  });
  pad.field.addEventListener("input", draw);

  function tick() {
    if (!timeIsUp()) return draw();
    clearInterval(timer);
    // What stands there when the time is up counts.
    if (pad.field.value && saved.of(round).answer === undefined) give(pad.field);
    draw();
    context.say(sent.textContent ?? "");
  }

  function begin() {
    clearInterval(timer);
    [steps.value, answer.value, pad.field.value] = [
      saved.of(round).steps ?? "",
      "",
      "",
    ];
    if (!isOpen() || !isAtOnce()) return;
    if (saved.left(round, seconds()) > 0) timer = setInterval(tick, CLOCK_TICK);
  }

  function draw() {
    if (!now) return;
    const { problems } = now.step.shown;
    const [open, quick] = [isOpen(), isAtOnce()];
    const own = now.yours?.answer ?? saved.of(round).answer;
    const isOver = timeIsUp();
    showIf(rule, now.phase === "ready");
    const which = quick ? "marbles_rule_once" : "marbles_rule_steps";
    setText(rule, tell(which, { n: seconds() }));
    showIf(clock, open && quick && !isOver);
    if (open && quick) {
      const left = saved.left(round, seconds());
      setText(clock, inDigits(Math.ceil(left)));
      clock.style.setProperty("--ll-left", `${((100 * left) / seconds()).toFixed(1)}%`);
    }
    // Who answers at once must not go on counting when the time is up.
    showIf(question, open && !isOver);
    const { question: text = "", gloss } = problems[round - 1] ?? {};
    setText(question, open ? gloss ?? text : "");
    showIf(once, open && quick && !isOver);
    showIf(written, open && !quick);
    setOff(sendOnce, !pad.field.value);
    setOff(send, !answer.value);
    setText(sent, sentInWords(open, isOver, own));
    showIf(results, now.phase === "reveal");
    if (now.phase === "reveal") drawResults(now.revealed?.answers ?? []);
  }

  /** @param {boolean} open @param {boolean} isOver @param {number | undefined} own */
  function sentInWords(open, isOver, own) {
    if (!open) return "";
    if (own !== undefined) return tell("marbles_sent", { n: own });
    return isOver ? tell("marbles_over") : "";
  }

  /** @param {number[]} answers */
  function drawResults(answers) {
    resultsOnDemand(results, answers.length).forEach((row, i) => {
      const own = saved.of(i + 1).answer;
      const isRight = own === answers[i];
      row.classList.toggle("ll-is-right", isRight);
      const name = String(own);
      const said = isRight ? "marbles_was_right" : "marbles_was_wrong";
      const key = own === undefined ? "marbles_was_none" : said;
      setText(row, tell(key, { n: i + 1, m: answers[i], name }));
    });
  }

  /** @param {MarblesMoment} moment */
  function show(moment) {
    const isNew = step !== moment.step.id;
    now = moment;
    if (isNew) {
      step = moment.step.id;
      saved = savedRounds(`${moment.deck}/${step}`);
    }
    if (isNew || round !== moment.round) {
      round = moment.round;
      begin();
    }
    draw();
  }
  return { node, show, stop: () => clearInterval(timer) };
}

registerPhone("marbles", marblesOnPhone);
