// What the leader gets of the six questions: the answers to be read aloud, the
// sentences to be sorted, and what goes home.

import { control, element, newId, setText } from "../../../llm_lessons/web/lib/dom.js";
import { registerLead } from "../../web/kinds.js";
import { letterOf, numeral } from "../../web/words.js";
import { meanOf, secondCounts } from "./answers.js";

/** @import { Line, Played } from "../../web/kinds.js" */
/** @import { LeadMoment, SendCommand } from "../../web/moment.js" */
/** @import { Tell } from "../../web/words.js" */
/** @import { Counts, SurveyMoment, SurveyTally } from "./answers.js" */

const SOURCES = ["training", "database", "rules", "other"];

/**
 * The question that the fewest have right; "" where nobody has answered.
 * @param {Counts | undefined} counts
 */
function hardest(counts) {
  const right = Object.entries(counts?.n ? counts.right ?? {} : {});
  const fewest = Math.min(...right.map(([, n]) => n));
  return right.find(([, n]) => n === fewest)?.[0] ?? "";
}

/** The answers, the hardest question's first. @param {Tell} tell */
function solutions(tell) {
  const [head, asked, why] = [element("h2"), element("p"), element("p")];
  const [all, list] = [element("h2"), element("ol")];
  const hard = element("div", {}, head, asked, why);
  const node = element("div", { class: "room-answers" }, hard, all, list);

  /** @param {SurveyMoment} moment */
  function show({ step: { shown: { questions } }, revealed, tally }) {
    node.hidden = !revealed;
    if (!revealed) return;
    const { right, why: whys } = revealed;
    const said = questions.map(({ name, choices, answers = [] }) => {
      const key = right[name];
      if (choices) return `${letterOf(Number(key))}: ${choices[Number(key)]}.`;
      if (!Array.isArray(key)) return String(whys[name]);
      return answers.map(({ answer }, i) => `${key[i] ? "✓" : "✗"} ${answer}`).join(
        " ",
      );
    });
    const name = hardest(secondCounts(tally ?? {}));
    const at = questions.findIndex((question) => question.name === name);
    hard.hidden = at < 0;
    setText(head, tell("survey_hardest", { n: at + 1 }));
    setText(asked, questions[at]?.question ?? "");
    const reasons = [whys[name] ?? []].flat().join(" ");
    setText(why, at < 0 ? "" : `${said[at]} ${reasons}`);
    setText(all, tell("survey_answers"));
    list.replaceChildren(
      ...said.map((text, i) => element("li", {}, `${i + 1}. ${text}`)),
    );
  }
  return { node, show };
}

/** Where an answer comes from, in the words of the room.
 * @param {Tell} tell @param {SendCommand} send */
function sorting(tell, send) {
  const [head, help, list] = [element("h2"), element("p"), element("ul")];
  const node = element("div", { class: "room-sorting" }, head, help, list);
  let written = "";

  /** @param {{ text: string, sorted?: string }} one */
  function row({ text, sorted = "" }) {
    const id = newId();
    const options = SOURCES.map((kind) =>
      element("option", { value: kind }, tell(`survey_${kind}`))
    );
    const select = /** @type {HTMLSelectElement} */ (
      control("select", { id, "aria-label": `${tell("survey_sorted_as")} ${text}` })
    );
    select.append(...options);
    select.value = sorted;
    select.addEventListener("change", () => {
      send({ do: "sort", text, kind: select.value });
    });
    return element("li", {}, element("span", {}, text), select);
  }

  /** @param {LeadMoment} moment */
  function show({ texts = [] }) {
    node.hidden = !texts.length;
    setText(head, tell("survey_sort", { n: texts.length }));
    setText(help, tell("survey_sort_help"));
    const now = JSON.stringify([texts, tell("survey_sort")]);
    if (now === written || node.contains(document.activeElement)) return;
    written = now;
    list.replaceChildren(...texts.map(row));
  }
  return { node, show };
}

/** @param {Tell} tell @param {SendCommand} send */
function surveyPanel(tell, send) {
  const [answers, texts] = [solutions(tell), sorting(tell, send)];
  const node = element("section", {}, answers.node, texts.node);
  /** @param {LeadMoment} moment */
  function show(moment) {
    node.hidden = moment.step.kind !== "survey";
    if (node.hidden) return;
    answers.show(/** @type {SurveyMoment} */ (moment));
    texts.show(moment);
  }
  return { node, show };
}

/** @param {Played} asked @returns {Line[]} */
function surveyLines({ shown, tally, tell }) {
  const last = secondCounts(tally);
  /** @param {string} label @param {(counts: Counts) => number | undefined} of */
  const line = (
    label,
    of,
  ) => /** @type {Line} */ ([label, of(tally.before) ?? 0, last ? of(last) ?? 0 : ""]);
  return [
    ...tally.before.scores.map((/** @type {number} */ _, /** @type {number} */ i) =>
      line(tell("results_score", { n: i }), ({ scores }) => scores[i])
    ),
    ...shown.questions.flatMap(
      (/** @type {{ name: string }} */ { name }, /** @type {number} */ i) =>
        name in (last?.right ?? {})
          ? [line(tell("survey_one", { n: i + 1 }), ({ right }) => right?.[name])]
          : [],
    ),
    ...Object.keys(last?.sources ?? {}).map((kind) =>
      line(
        tell("survey_source", { name: tell(`survey_${kind}`) }),
        ({ sources }) => sources?.[kind],
      )
    ),
  ];
}

/** @param {SurveyTally} tally @param {Tell} tell */
function surveyInWords(tally, tell) {
  const [first, last] = [tally.before, secondCounts(tally)].map(meanOf);
  if (first === null || last === null) return "";
  return tell("results_survey", { n: numeral(first, 1), m: numeral(last, 1) });
}

registerLead("survey", {
  lines: surveyLines,
  summary: surveyInWords,
  panel: surveyPanel,
  isSorted: true,
});
