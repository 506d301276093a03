// Trust or check, on a phone: eight answers, each to be checked or trusted with one
// point or three; then once more beside what came when they were asked again.

import {
  element,
  newId,
  pushButton,
  setOff,
  setText,
} from "../../../llm_lessons/web/lib/dom.js";
import { registerPhone } from "../../web/kinds.js";
import { phoneStage, showIf } from "../../web/parts/stage.js";
import "./phone.css" with { type: "text" };

/** @import { Context } from "../../web/moment.js" */
/** @import { Tell } from "../../web/words.js" */
/** @import { PlayedMoment } from "../../web/parts/stage.js" */
/**
 * `counted`: what many such answers show, in words. A stake is 0 to check, null where
 * nothing was chosen.
 * @typedef {{ question: string,
 *   answers: { person: string, answer: string }[] }} TrustShown
 * @typedef {{ right: boolean[], why: string[], readings: number[],
 *   counted: string }} TrustHidden
 * @typedef {(number | null)[]} Stakes
 * @typedef {{ n: number, trusted: number[] }} Trusted
 * @typedef {{ wrong: number, missed: number, points: number }} Verdicts
 * @typedef {{ answered: number, again?: string[][], before?: Trusted, after?: Trusted,
 *   same?: { n: number, before: Verdicts, after: Verdicts } }} TrustTally
 */
/**
 * @typedef {Omit<PlayedMoment<TrustShown, TrustHidden, Stakes, TrustTally>, "note"> & {
 *   note?: { again: string[][] } | null }} TrustMoment
 */

const STAKE_KEYS = [["trust_check", 0], ["trust_some", 1], ["trust_much", 3]];

/** Beside `points` of rules.py. @param {Stakes} stakes @param {boolean[]} right */
export function pointsOf(stakes, right) {
  return stakes.reduce(
    (/** @type {number} */ sum, one, i) => sum + (one ?? 0) * (right[i] ? 1 : -1),
    0,
  );
}

/** @param {Tell} tell @param {(stake: number) => void} choose */
function trustRow(tell, choose) {
  const id = newId();
  const [person, answer] = [element("span"), element("b")];
  const head = element("p", { id }, person, " ", answer);
  const again = element("p", { class: "ll-trust-again", lang: "en" });
  const buttons = STAKE_KEYS.map(([key, stake]) =>
    pushButton(tell(String(key)), () => choose(Number(stake)))
  );
  const look = { class: "ll-trust-stakes", role: "group", "aria-labelledby": id };
  const group = element("div", look, ...buttons);
  const why = element("p", { class: "ll-trust-why" });
  const node = element("li", {}, head, again, group, why);
  return { node, person, answer, again, buttons, group, why };
}

/** @param {Context} context */
export function trustOnPhone(context) {
  const { tell } = context;
  const hint = element("p", { class: "room-note" });
  const question = element("h2", { class: "room-question" });
  const list = element("ol", { class: "ll-trust-list" });
  const done = pushButton(tell("trust_keep"), give, { class: "ll-great" });
  const kept = element("p", { class: "ll-said" });
  const [score, others, counted] = [0, 1, 2].map(() =>
    element("p", { class: "ll-said" })
  );
  const parts = [score, others, hint, question, list, counted, done, kept];
  const node = phoneStage("trust", ...parts);
  /** @type {TrustMoment | null} */
  let now = null;
  /** @type {Stakes} */
  let stakes = [];
  /** @type {ReturnType<typeof trustRow>[]} */
  let rows = [];
  let place = "";

  function give() {
    if (now?.phase !== "open") return;
    context.answer([...stakes]);
    now = { ...now, yours: [...stakes] };
    draw();
  }

  /** @param {TrustShown} shown */
  function write({ question: asked, answers }) {
    setText(question, asked);
    rows = answers.map((_, i) =>
      trustRow(tell, (stake) => {
        if (now?.phase !== "open") return;
        stakes[i] = stake;
        give();
      })
    );
    list.replaceChildren(...rows.map((row) => row.node));
    rows.forEach((row, i) => {
      setText(row.person, `${answers[i].person}:`);
      setText(row.answer, answers[i].answer);
    });
  }

  function draw() {
    if (!now) return;
    const { phase, round, note, revealed, yours } = now;
    const [isOpen, isLast] = [phase === "open", round > 1];
    setText(hint, revealed ? "" : tell(trustHint(isOpen, isLast)));
    rows.forEach((row, i) => {
      const again = isLast ? note?.again[i] ?? [] : [];
      const words = again.join(" · ");
      setText(row.again, words && `${tell("trust_again")} ${words}`);
      showIf(row.group, !revealed);
      row.buttons.forEach((button, n) => {
        setOff(button, !isOpen);
        button.setAttribute("aria-pressed", String(stakes[i] === STAKE_KEYS[n][1]));
      });
      const verdict = revealed ? (revealed.right[i] ? "right" : "wrong") : "";
      row.node.dataset.verdict = verdict;
      setText(row.why, revealed ? `${said(stakes[i])} ${revealed.why[i]}` : "");
    });
    const isGiven = !stakes.includes(null);
    showIf(done, isOpen && isLast && isGiven && !yours);
    setText(kept, isOpen && isGiven && (yours || !isLast) ? tell("trust_kept") : "");
    solve(revealed);
  }

  /** @param {number | null} [stake] */
  function said(stake) {
    if (stake === 0) return tell("trust_checked");
    return stake ? tell("trust_trusted", { n: stake }) : tell("trust_left_out");
  }

  /** @param {TrustHidden | null} [revealed] */
  function solve(revealed) {
    const wasAsked = stakes.some((one) => one !== null);
    const first = now?.first;
    for (const part of [score, others]) setText(part, "");
    setText(counted, revealed?.counted ?? "");
    if (!revealed || !wasAsked) return; // who came late was asked nothing
    const m = pointsOf(stakes, revealed.right);
    const own = first
      ? tell("trust_points_both", { n: pointsOf(first, revealed.right), m })
      : tell("trust_points", { n: m });
    setText(score, own);
    const always = pointsOf(revealed.right.map(() => 1), revealed.right);
    setText(others, tell("trust_nobody", { n: always }));
  }

  /** @param {TrustMoment} moment */
  function show(moment) {
    const { step, round, phase, yours, first } = moment;
    now = moment;
    if (!rows.length) write(step.shown);
    const here = `${step.id}/${round}/${phase}`;
    if (place !== here) {
      if (place) scrollTo(0, 0);
      place = here;
      stakes = [...yours ?? first ?? step.shown.answers.map(() => null)];
    }
    draw();
  }
  return { node, show };
}

/** @param {boolean} isOpen @param {boolean} isLast */
function trustHint(isOpen, isLast) {
  if (!isOpen) return "trust_look";
  return isLast ? "trust_beside" : "trust_alone";
}

registerPhone("trust", trustOnPhone);
