// What the two books make of an answer.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  closedVerdict,
  openVerdict,
  says,
} from "../../llm_lessons/web/widgets/open_book_verdicts.js";

test("words stand in a sentence only as whole words, points apart", () => {
  assert.ok(says("Ida lives in the red house.", "red house"));
  assert.ok(says("It is Ålesund!", "Ålesund."));
  assert.ok(!says("Ida lives in the redder house.", "red"));
  assert.ok(!says("Anything.", ""));
});

/** @import { Person } from "../../llm_lessons/web/widgets/open_book_verdicts.js" */

const SILENT = "It doesn't say";
const BLUE = "Ida Moe's house is blue.";
/** @type {Person} */
const IDA = {
  ...{ name: "Ida Moe", group: "known", readings: 1, truth: "red", question: "?" },
  ...{ notes: ["Ida Moe's house is red."], asked: 0 },
  contrary: BLUE,
};

/**
 * The verdict on an answer below this note and one about somebody else.
 * @param {string} note @param {string} answer @param {Partial<Person>} about
 */
function verdictOn(note, answer, about = {}) {
  const lines = [
    { text: note, isAsked: true, isOn: true },
    { text: "Per Lie's house is green.", isAsked: false, isOn: true },
    { text: "Ida Moe's house is white.", isAsked: false, isOn: false },
  ];
  const page = { person: { ...IDA, ...about }, lines, note, silent: SILENT };
  return openVerdict(page, [answer, 0.9]);
}

test("verdicts tell memory, notes and inventions apart", () => {
  /** @param {string} answer @param {string | null} truth */
  const closed = (answer, truth = "red") =>
    closedVerdict({ ...IDA, truth }, [answer, 0.9], SILENT)[0];
  assert.deepEqual(["red", "blue", SILENT].map((one) => closed(one)), [
    "right",
    "wrong",
    "wrong",
  ]);
  assert.deepEqual(["red", SILENT].map((one) => closed(one, null)), ["none", "right"]);
  for (
    const [answer, kind, words] of /** @type {[string, string, RegExp][]} */ ([
      ["blue", "right", /stands in the note\. The training text says “red”/],
      ["green", "wrong", /stands in a note about somebody else/],
      ["white", "wrong", /stands in no note/], // that note is not on the page
      ["red", "wrong", /comes from the training text/],
      [SILENT, "wrong", /./],
    ])
  ) {
    const [found, said] = verdictOn(BLUE, answer);
    assert.equal(found, kind);
    assert.match(said, words);
  }
  const page = { person: IDA, lines: [], note: "", silent: SILENT };
  assert.deepEqual(openVerdict(page, ["too long", null]), ["none", ""]);
});

test("a tick is for the page's own note, whatever word stands in it", () => {
  for (const said of ["Oslo", "Ålesund", "New Bø", "4021"]) {
    const note = `Ida Moe's house is ${said}.`;
    assert.equal(verdictOn(note, said, { truth: null })[0], "right");
    const other = note.replace("Ida", "Eva");
    assert.match(verdictOn(other, said)[1], /^✗ .*that note does not name Ida Moe\./);
    for (const own of [`Ida Moe never lived in ${said}.`, `${note} Ida Moe slept.`]) {
      assert.match(verdictOn(own, said)[1], /^○ .*Is that what it says of Ida Moe\?/);
    }
  }
  assert.match(verdictOn("Ida Moe sleeps.", "Ida Moe")[1], /stands in no note/);
  const alike = verdictOn("Eva Moe's house is red.", "red");
  assert.deepEqual(alike[0], "none"); // it is true, whoever the note is about
  assert.match(alike[1], /does not name Ida Moe\. The training text says it, too\./);
});

test("to say that it doesn't say is right where no line names the person", () => {
  assert.equal(verdictOn("Eva Moe's house is blue.", SILENT)[0], "right");
  assert.equal(verdictOn("Ida Moe never sleeps.", SILENT)[0], "none");
});

test("an empty note is explained, whatever the answer is", () => {
  for (const answer of ["red", "blue", SILENT]) {
    assert.match(verdictOn(" \n", answer)[1], /The note is empty: nothing on the page/);
    assert.doesNotMatch(verdictOn("Ida Moe is here.", answer)[1], /empty/);
  }
});
