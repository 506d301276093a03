// What the room knew before the evening and after it: how many were right how often,
// the gain of those who answered twice, and each question.

import { element, setText } from "../../../llm_lessons/web/lib/dom.js";
import { showOnScreens } from "../../web/kinds.js";
import { numeral } from "../../web/words.js";
import { beforeAndAfter, sharesOf } from "../../web/parts/question_screen.js";
import { meanOf } from "../../web/parts/right_share.js";

/** @import { Place } from "../../web/moment.js" */
/** @import { QuestionTally } from "../../web/parts/question_phone.js" */
/** @import { Votes } from "../../web/parts/right_share.js" */
/** @import { TenMoment } from "./phone.js" */

/**
 * Columns side by side, two for each label: before and after.
 * @param {string} title @param {string[]} labels
 * @param {(number | null)[][]} rounds from 0 to 1, by label @param {string} spoken
 */
function columns(title, labels, rounds, spoken) {
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
  return element("figure", { class: "room-columns" }, name, list, heard);
}

/**
 * Which share of the phones has each question right; null for nobody.
 * @param {Votes | undefined} votes @param {number[]} right choices
 */
export function rightShares(votes, right) {
  return right.map((choice, i) => votes?.n ? votes.counts[i][choice] / votes.n : null);
}

/** @param {Place} place */
export function tenOnScreen({ tell }) {
  const says = element("p", { class: "room-text" });
  const [gain, means] = [1, 2].map(() => element("p", { class: "room-result" }));
  const charts = element("div", { class: "room-charts" });
  const legend = beforeAndAfter(tell);
  const node = element("div", { class: "room-ten" }, says, gain, means, charts, legend);
  let drawn = "";

  /** @param {Partial<QuestionTally>} tally */
  const isTwice = ({ before, after }) => Boolean(before?.n && after?.n);

  /**
   * @param {Partial<QuestionTally>} tally
   * @param {number[] | undefined} right choices, once they may be known
   */
  function draw({ before, after }, right) {
    const drawing = JSON.stringify([before, after, right]);
    if (drawing === drawn) return;
    drawn = drawing;
    charts.replaceChildren();
    const rounds = [before, after].map((votes) => votes?.n ? votes.scores ?? [] : []);
    const shares = sharesOf(rounds);
    const seen = shares.filter((one) => one.length);
    if (seen.length) {
      const labels = seen[0].map((_, i) => String(i));
      const spoken = rounds.map((one) => one.join(", ")).filter(Boolean).join("; ");
      charts.append(columns(tell("ten_scores"), labels, seen, spoken));
    }
    if (right && seen.length) {
      const parts = [before, after].map((votes) => rightShares(votes, right));
      const labels = right.map((_, i) => String(i + 1));
      const spoken = right.map((_, i) =>
        parts.map((shares) => numeral(shares[i] ?? 0, 2)).join(" → ")
      );
      charts.append(columns(tell("ten_each"), labels, parts, spoken.join("; ")));
    }
  }

  /** What phones gained that answered twice. @param {Partial<QuestionTally>} tally */
  function gained({ both = 0, gain = null }) {
    if (gain === null) return "";
    const name = `${gain > 0 ? "+" : ""}${numeral(gain, 1)}`;
    return tell("ten_gain", { name, n: both });
  }

  /** The means of all. @param {Partial<QuestionTally>} tally */
  function averages({ before, after }) {
    const [first, last] = [before, after].map(meanOf);
    if (first !== null && last !== null) {
      const [name, other] = [numeral(first, 1), numeral(last, 1)];
      return tell("ten_means", { name, other, n: before?.n ?? 0, m: after?.n ?? 0 });
    }
    const mean = last ?? first;
    if (mean === null) return "";
    const n = (after?.n || before?.n) ?? 0;
    return tell("ten_mean", { name: numeral(mean, 1), n });
  }

  /** @param {TenMoment} moment */
  function show({ step: { shown: { when, questions } }, phase, tally, revealed }) {
    const counted = tally ?? {};
    const isShown = phase !== "open";
    const key = when === "after" ? "ten_after" : "ten_before";
    says.hidden = isShown;
    setText(says, tell(key, { n: questions.length }));
    setText(gain, isShown ? gained(counted) : "");
    setText(means, isShown ? averages(counted) : "");
    charts.hidden = !isShown;
    legend.hidden = !isShown || !isTwice(counted);
    if (isShown) draw(counted, revealed?.right);
  }
  return { node, show };
}

showOnScreens("ten", tenOnScreen);
