// What the room knew before the evening and after it: how many were right how often,
// the gain of those who answered twice, each question, and where an answer comes from.

import { element, setText } from "../../../llm_lessons/web/lib/dom.js";
import { registerScreen } from "../../web/kinds.js";
import { numeral } from "../../web/words.js";
import { beforeAndAfter, sharesOf } from "../../web/parts/question_screen.js";
import { meanOf, secondCounts } from "./answers.js";
import "./screen.css" with { type: "text" };

/** @import { Context } from "../../web/moment.js" */
/** @import { Counts, Question, SurveyMoment, SurveyTally } from "./answers.js" */

/**
 * Columns side by side, two for each label: before and after.
 * @param {string} title @param {string[]} labels
 * @param {number[][]} rounds from 0 to 1, by label @param {string} spoken
 * @param {object} [look] attributes
 */
function columns(title, labels, rounds, spoken, look) {
  const items = labels.map((label, i) => {
    const bars = rounds.map((round, which) => {
      const bar = element("i", { class: which ? "room-after" : "room-before" });
      bar.style.height = `${100 * (round[i] ?? 0)}%`;
      return bar;
    });
    return element("li", {}, element("span", {}, ...bars), element("small", {}, label));
  });
  const list = element("ol", { "aria-hidden": "true" }, ...items);
  const heard = element("p", { class: "ll-unseen" }, spoken);
  const name = element("figcaption", {}, title);
  return element("figure", { class: "room-columns", ...look }, name, list, heard);
}

/** Which share of the phones has each question right, by its name.
 * @param {Counts} counts @returns {Record<string, number>} */
function rightShares({ n, right = {} }) {
  return Object.fromEntries(
    Object.entries(right).map(([name, count]) => [name, n ? count / n : 0]),
  );
}

/** @param {Context} context */
export function surveyOnScreen({ tell }) {
  const says = element("p", { class: "room-text" });
  const [gain, means] = [1, 2].map(() => element("p", { class: "room-result" }));
  const charts = element("div", { class: "room-charts" });
  const legend = beforeAndAfter(tell);
  const look = { class: "room-survey" };
  const node = element("div", look, says, gain, means, charts, legend);
  let drawn = "";

  /** How often how many were right. @param {Counts[]} counts */
  function drawScores(counts) {
    const rounds = counts.map(({ scores }) => scores);
    const labels = rounds[0].map((_, i) => String(i));
    const spoken = rounds.map((scores) => scores.join(", ")).join("; ");
    return columns(tell("survey_scores"), labels, sharesOf(rounds), spoken);
  }

  /** @param {Counts[]} counts @param {Question[]} questions */
  function drawQuestions(counts, questions) {
    const shares = counts.map(rightShares);
    const asked = questions.map(({ name }, i) => ({ name, label: String(i + 1) }))
      .filter(({ name }) => name in shares[0]);
    const rounds = shares.map((share) => asked.map(({ name }) => share[name]));
    const spoken = asked.map(({ label }, i) =>
      `${label}: ${rounds.map((round) => numeral(round[i], 2)).join(" → ")}`
    );
    const labels = asked.map(({ label }) => label);
    return columns(tell("survey_each"), labels, rounds, spoken.join("; "));
  }

  /** @param {Counts[]} counts */
  function drawSources(counts) {
    const kinds = Object.keys(counts[0].sources ?? {});
    const rounds = counts.map(({ sources = {} }) => kinds.map((kind) => sources[kind]));
    const labels = kinds.map((kind) => tell(`survey_${kind}`));
    const spoken = labels.map((label, i) =>
      `${label}: ${rounds.map((round) => round[i]).join(" → ")}`
    );
    const title = tell("survey_sources");
    const named = { "data-named": "" };
    return columns(title, labels, sharesOf(rounds), spoken.join("; "), named);
  }

  /** @param {Partial<SurveyTally>} tally @param {Question[]} questions */
  function draw(tally, questions) {
    const drawing = JSON.stringify([tally, questions]);
    if (drawing === drawn) return;
    drawn = drawing;
    charts.replaceChildren();
    const counts = [tally.before, secondCounts(tally)].filter((one) => one?.n);
    const seen = /** @type {Counts[]} */ (counts);
    legend.hidden = seen.length < 2;
    if (!seen.length) return;
    charts.append(drawScores(seen));
    if (seen[0].right) charts.append(drawQuestions(seen, questions));
    if (seen[0].sources) charts.append(drawSources(seen));
  }

  /** What phones gained that answered twice. @param {Partial<SurveyTally>} tally */
  function gained({ both = 0, gain = null }) {
    if (gain === null || !both) return "";
    const name = `${gain > 0 ? "+" : ""}${numeral(gain, 1)}`;
    return tell("survey_gain", { name, n: both });
  }

  /** The means of all. @param {Partial<SurveyTally>} tally */
  function averages(tally) {
    const counts = [tally.before, secondCounts(tally)];
    const [first, last] = counts.map(meanOf);
    const [n, m] = counts.map((one) => one?.n ?? 0);
    if (first !== null && last !== null) {
      const [name, other] = [numeral(first, 1), numeral(last, 1)];
      return tell("survey_means", { name, other, n, m });
    }
    const mean = last ?? first;
    if (mean === null) return "";
    const of = (counts[0] ?? counts[1])?.scores.length ?? 1;
    return tell("survey_mean", { name: numeral(mean, 1), n: m || n, m: of - 1 });
  }

  /** @param {SurveyMoment} moment */
  function show({ step: { shown: { when, questions } }, phase, tally }) {
    const counted = tally ?? {};
    const isShown = phase !== "open";
    const key = when === "before" ? "survey_before" : "survey_after";
    says.hidden = isShown;
    setText(says, tell(key, { n: questions.length }));
    setText(gain, isShown ? gained(counted) : "");
    setText(means, isShown ? averages(counted) : "");
    charts.hidden = !isShown;
    if (isShown) draw(counted, questions);
    else legend.hidden = true;
  }
  return { node, show };
}

registerScreen("survey", surveyOnScreen);
