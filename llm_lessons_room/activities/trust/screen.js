// Trust or check, on the screen: the answers with how many trust each; beside them, in
// the second round, how many of five repetitions said the same; and what is right.

import { element, setText } from "../../../llm_lessons/web/lib/dom.js";
import { registerScreen } from "../../web/kinds.js";
import { answeredCount } from "../../web/parts/answered_count.js";
import { rowsOnDemand, screenStage, showIf } from "../../web/parts/stage.js";
import "./screen.css" with { type: "text" };

/** @import { Context } from "../../web/moment.js" */
/** @import { TrustMoment } from "./phone.js" */

const TRUST_HEADS = [
  "trust_who",
  "trust_says",
  "trust_same",
  "trust_read",
  "trust_trust",
];

function judgedRow() {
  const person = element("th", { scope: "row" });
  const rest = TRUST_HEADS.slice(1).map(() => element("td"));
  return Object.assign(element("tr", {}, person, ...rest), { person, rest });
}

/** @param {Context} context */
export function trustOnScreen({ tell }) {
  const rule = element("p");
  const question = element("p");
  const counted = answeredCount(tell);
  const heads = TRUST_HEADS.map((key) => element("th", { scope: "col" }, tell(key)));
  const body = element("tbody");
  const head = element("thead", {}, element("tr", {}, ...heads));
  const table = element("table", { class: "ll-trust-table" }, head, body);
  const [wrong, missed, many] = [0, 1, 2].map(() => element("p"));
  const results = element("div", { class: "ll-trust-results" }, wrong, missed, many);
  const parts = [rule, question, table, counted.node, results];
  const node = screenStage("trust", ...parts);
  const rowsOf = rowsOnDemand(judgedRow);

  /** @param {TrustMoment} moment */
  function show(moment) {
    const { phase, round, tally, revealed, step: { shown } } = moment;
    const isOpen = phase === "open";
    setText(rule, revealed ? "" : tell(trustRule(isOpen, round)));
    showIf(rule, !revealed);
    setText(question, shown.question);
    counted.show(moment);
    const again = tally?.again ?? [];
    const [before, after] = [tally?.before, revealed ? tally?.after : undefined];
    [2, 3, 4].forEach((n) => {
      const isShown = [again.length > 0, Boolean(revealed), !isOpen][n - 2];
      heads[n].hidden = !isShown;
    });
    rowsOf(body, shown.answers.length).forEach((row, i) => {
      const { person, answer } = shown.answers[i];
      const isRight = revealed?.right[i];
      const mark = isRight === undefined ? "" : isRight ? "✓ " : "✗ ";
      row.dataset.verdict = isRight === undefined ? "" : isRight ? "right" : "wrong";
      setText(row.person, person);
      const [said, same, read, trusted] = row.rest;
      setText(said, `${mark}${answer}`);
      const count = again[i]?.filter((one) => one === answer).length ?? 0;
      const values = { n: count, m: again[i]?.length ?? 0 };
      setText(same, again[i] ? tell("trust_count", values) : "");
      setText(read, revealed ? `${revealed.readings[i]}×` : "");
      const votes = [before, after].map((all) => all?.trusted[i]);
      setText(trusted, votes.filter((n) => n !== undefined).join(" → "));
      [same, read, trusted].forEach((cell, n) => cell.hidden = heads[n + 2].hidden);
    });
    drawResults(moment);
  }

  /** @param {TrustMoment} moment */
  function drawResults({ tally, revealed }) {
    showIf(results, Boolean(revealed));
    const { same } = tally ?? {};
    if (!revealed || !same) return;
    const right = revealed.right.filter(Boolean).length;
    const ofWrong = same.n * (revealed.right.length - right);
    const [was, is] = [same.before, same.after];
    const trusted = { n: was.wrong, m: ofWrong, name: String(is.wrong) };
    const checked = { n: was.missed, m: same.n * right, name: String(is.missed) };
    setText(wrong, same.n ? tell("trust_wrong", trusted) : tell("nobody_answered"));
    setText(missed, same.n ? tell("trust_missed", checked) : "");
    setText(many, revealed.counted);
  }
  return { node, show };
}

/** @param {boolean} isOpen @param {number} round */
function trustRule(isOpen, round) {
  if (!isOpen) return "trust_votes";
  return round > 1 ? "trust_beside" : "trust_alone";
}

registerScreen("trust", trustOnScreen);
