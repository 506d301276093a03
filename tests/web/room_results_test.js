// What a leader saves, and what a phone keeps.

import assert from "node:assert/strict";
import { test } from "node:test";
import "../../llm_lessons_room/activities/book/lead.js";
import "../../llm_lessons_room/activities/coin/lead.js";
import "../../llm_lessons_room/activities/guess/lead.js";
import "../../llm_lessons_room/activities/marbles/lead.js";
import "../../llm_lessons_room/activities/next_word/lead.js";
import "../../llm_lessons_room/activities/stories/lead.js";
import "../../llm_lessons_room/activities/temperature/lead.js";
import "../../llm_lessons_room/activities/survey/lead.js";
import { store } from "../../llm_lessons_room/web/storage.js";
import { loadOwn, saveOwn, scoreInWords } from "../../llm_lessons_room/web/keepsake.js";
import { csvOf, linesOf, rowsOf } from "../../llm_lessons_room/web/results.js";

const tell = (/** @type {string} */ key, /** @type {object} */ values = {}) =>
  [key, ...Object.values(values)].join(" ");
const survey = {
  before: { n: 3, scores: [1, 2, 0], right: { coin: 2 }, sources: { rules: 1 } },
  after: { n: 4, scores: [0, 2, 2], right: { coin: 4 }, sources: { rules: 0 } },
};
const ASKED = { questions: [{ name: "source" }, { name: "coin" }] };
const step = (
  /** @type {string} */ kind,
  /** @type {Record<string, unknown>} */ tally,
  /** @type {Record<string, unknown>} */ shown = {},
) => ({ id: kind, kind, title: `a ${kind}`, shown, tally });
const RESULTS = {
  title: "An evening",
  seats: 4,
  steps: [
    step("coin", { drawn: { " a": 1, " hou": 5 }, names: { " hou": "house" } }),
    step("next_word", { words: [["king", 2], ["=1+1", 1]] }),
    step("guess", { before: { counts: [1, 2] }, after: { counts: [3, 0] } }, {
      question: "Why?",
      choices: ["A", "B"],
    }),
    step("stories", { rounds: [4, 3] }, { temperatures: [0, 2] }),
    step("temperature", { values: [0.5, 1, 1], median: 1 }),
    step("marbles", {
      halves: [{ right: [1], asked: [2] }, { right: [2], asked: [2] }],
    }),
    step("book", {
      before: { n: 4, counts: [], right: 1 },
      halves: [{ right: 0, asked: 1 }, { right: 2, asked: 2 }],
    }),
    step("survey", survey, ASKED),
    step("of a new kind", {}),
  ],
};

test("all that was counted is in the table, and every number where it belongs", () => {
  assert.deepEqual(rowsOf(RESULTS, tell), [
    ["a coin", "house", 5, ""],
    ["a coin", "a", 1, ""],
    ["a next_word", "king", 2, ""],
    ["a next_word", "=1+1", 1, ""],
    ["Why?", "A", 1, 3],
    ["Why?", "B", 2, 0],
    ["a stories", "results_at 0", 4, ""],
    ["a stories", "results_at 2", 3, ""],
    ["a temperature", "1", 2, ""],
    ["a temperature", "0.5", 1, ""],
    ["a marbles", "1 · results_once", 1, 2],
    ["a marbles", "1 · results_steps", 2, 2],
    ["a book", "results_closed", 1, 4],
    ["a book", "results_without", 0, 1],
    ["a book", "results_with", 2, 2],
    ["a survey", "results_score 0", 1, 0],
    ["a survey", "results_score 1", 2, 2],
    ["a survey", "results_score 2", 0, 2],
    ["a survey", "survey_one 2", 2, 4],
    ["a survey", "survey_source survey_rules", 1, 0],
  ]);
});

test("a table is read by every program, and what phones wrote is no formula", () => {
  const text = csvOf(["a", "b"], [
    ['say "hi", all', "=1+1", 2, ""],
    ["@x", "-x", 0.5, 1],
  ]);
  assert.equal(
    text,
    '\ufeff"a","b"\r\n"say ""hi"", all","\'=1+1",2,""\r\n"\'@x","\'-x",0.5,1\r\n',
  );
});

test("what a phone keeps is its own, and not another evening's", () => {
  store("seat", "t1");
  assert.equal(loadOwn("story"), null);
  saveOwn("story", "Once upon a time.");
  saveOwn("score", { before: 3, after: 7, of: 10 });
  assert.equal(loadOwn("story"), "Once upon a time.");
  store("seat", "t2"); // a new evening gives every phone another seat
  assert.equal(loadOwn("story"), null);
  store("own-story", "{");
  assert.equal(loadOwn("story"), null);
  const once = { before: null, after: 7, of: 10 };
  assert.equal(scoreInWords(once, tell), "survey_score 7 10");
});

test("the picture says what the room has learnt, and not what nobody did", () => {
  assert.deepEqual(linesOf(RESULTS, tell), [
    "results_people 4",
    "results_words king, =1+1",
    "results_survey 0.7 1.5",
  ]);
  const long = step("next_word", { words: [["W".repeat(40), 1]] });
  const [, words] = linesOf({ ...RESULTS, steps: [long] }, tell);
  assert.equal(words, `results_words ${"W".repeat(16)}…`);
  assert.deepEqual(linesOf({ ...RESULTS, steps: [] }, tell), ["results_people 4"]);
});
