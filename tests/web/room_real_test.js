// A real model's answers: read to the end, and their first tokens beside the odds.

import assert from "node:assert/strict";
import { test } from "node:test";
import { countsByRow } from "../../llm_lessons_room/web/parts/distance.js";
import { firstTokens } from "../../llm_lessons_room/activities/stories/real_odds.js";
import { toRead } from "../../llm_lessons_room/activities/stories/phone.js";
import { standInElement } from "./stand_in_browser.js";

const PROMPT = "The best pet is a";
// Numbers are told in the language of the page.
Object.assign(globalThis, {
  document: { createElement: standInElement, documentElement: { lang: "en" } },
});

test("an answer is read to its last piece, no faster than its pace", () => {
  const answer = [" dog", ".", " A", " cat"];
  const shown = { prompt: PROMPT, least: 40, tokens: 24 };
  /** @type {string[]} */
  const read = [];
  const steps = toRead(answer, shown, (piece) => read.push(piece), 5);
  const begun = performance.now();
  steps.next();
  assert.deepEqual(read, [" dog"], "the first comes at once");
  while (!steps.next().done);
  assert.deepEqual(read, answer);
  assert.ok(performance.now() - begun >= 3 * 5);
});

test("first tokens are counted, and nobody's coin is lost", () => {
  const pieces = [[" dog", "."], [" cat"], [" dog", "!"], [""], ["constructor"]];
  const told = pieces.map((one, i) => ({ seat: i + 1, pieces: one }));
  const drawn = firstTokens(told);
  assert.deepEqual(drawn, { " dog": 2, " cat": 1, "": 1, constructor: 1 });
  assert.deepEqual(countsByRow(drawn, [" dog", " cat", " pig"]), [2, 1, 0, 2]);
  assert.deepEqual(firstTokens([]), {});
});
