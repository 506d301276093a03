// A real model's answers: read to the end, and their first tokens beside the odds.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  countsByRow,
  shareElsewhere,
} from "../../llm_lessons/web/room/activities/distance.js";
import { flipTwins } from "../../llm_lessons/web/room/activities/flip_twins.js";
import {
  firstTokens,
  realInWords,
} from "../../llm_lessons/web/room/activities/real_odds.js";
import { isReal } from "../../llm_lessons/web/room/activities/story_length.js";
import {
  storiesOnPhone,
  toRead,
} from "../../llm_lessons/web/room/activities/stories_phone.js";
import { standInElement } from "./stand_in_browser.js";
import { until } from "./tiny_model.js";

/** @import { Element } from "./stand_in_browser.js" */

const PROMPT = "The best pet is a";
// Numbers are told in the language of the page.
Object.assign(globalThis, {
  document: { createElement: standInElement, documentElement: { lang: "en" } },
});

test("a step is a real model's whether or not it has answered", () => {
  assert.ok(!isReal({ prompt: PROMPT }));
  assert.ok(isReal({ prompt: PROMPT, real: null }));
  assert.ok(isReal({ prompt: PROMPT, real: { odds: [], texts: [] } }));
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

test("the wall asks for coins as long as phones may flip them", () => {
  const told = [[" dog", "."], [" dog", "!"]].map((pieces, i) => ({ seat: i, pieces }));
  const real = { odds: [], texts: [] };
  const step = { id: "real", kind: "stories", title: "", lesson: null };
  /** @param {string} phase @param {number} count @param {object} [more] */
  const said = (phase, count, more = { real }) => {
    const moment = { phase, step: { ...step, shown: { prompt: PROMPT, ...more } } };
    const tell = (/** @type {string} */ key, values = {}) =>
      [key, ...Object.values(values)].join(" ");
    return realInWords(moment, told.slice(0, count), tell);
  };
  assert.equal(said("open", 0, { real: null, coming: true }), "real_coming");
  assert.equal(said("shown", 0, { real: null, coming: false }), "real_missing");
  assert.deepEqual([0, 1, 2].map((count) => said("open", count)), [
    "real_none",
    "real_answers 1 1",
    "real_answers 2 2",
  ]);
  assert.deepEqual([0, 1].map((count) => said("shown", count)), ["", "real_from 1 1"]);
});

test("what nobody would see stands among all others", () => {
  const odds = [0.6, 0.3, 0.004, 0.003, 0.093];
  const counts = [3, 0, 1, 0, 1];
  const twins = flipTwins(["dog", "cat", "pig", "cow"], odds, counts, "all else");
  assert.deepEqual(twins.map(({ name }) => name), ["dog", "cat", "pig", "all else"]);
  assert.deepEqual(twins.map(({ parts }) => parts), [3, 0, 1, 1]);
  assert.deepEqual(twins.map(({ isRest }) => isRest), [false, false, false, true]);
  const sum = (/** @type {(number | null)[]} */ all) =>
    all.reduce((/** @type {number} */ so, one) => so + (one ?? 0), 0);
  for (const all of [twins.map(({ odd }) => odd), twins.map(({ share }) => share)]) {
    assert.ok(Math.abs(sum(all) - 1) < 1e-9);
  }
  assert.ok(shareElsewhere(counts, odds) > 0);
});

test("before a coin there are odds alone, and without a model coins alone", () => {
  const before = flipTwins(["dog"], [0.7, 0.3], [0, 0], "all else");
  assert.deepEqual(before.map(({ share, shareText }) => [share, shareText]), [
    [null, ""],
    [null, ""],
  ]);
  const without = flipTwins(["dog"], null, [1, 1], "all else");
  assert.deepEqual(without.map(({ odd, share }) => [odd, share]), [
    [null, 0.5],
    [null, 0.5],
  ]);
});

test("a phone waits for the class model only where that writes", async () => {
  let [asked, answer] = [0, /** @type {unknown} */ (null)];
  const phone = storiesOnPhone({
    tell: (key, { name = "" } = {}) => `${key} ${name}`.trim(),
    answer: (value) => void (answer = value),
    model: () => new Promise(() => void (asked += 1)),
    say() {},
    send: () => false,
  });
  const { children } = /** @type {Element} */ (/** @type {unknown} */ (phone.node));
  const [page, , , write, flipped, note] = children;
  const real = { odds: [], texts: [[" dog", "."]] };
  const shown = { prompt: PROMPT, temperatures: [1], real: null };
  const moment = { deck: "one", index: 0, of: 1, phase: "open", round: 1, left: null };
  /** @param {string} id @param {Record<string, unknown>} shown */
  const show = (id, shown) =>
    phone.show({
      ...moment,
      step: { ...{ id, kind: "stories", title: "", lesson: null }, shown },
    });
  show("real", shown);
  write.click();
  assert.equal(note.textContent, "real_coming");
  show("real", { ...shown, real });
  write.click();
  await until(() => answer !== null);
  assert.deepEqual(answer, { pieces: [" dog", "."], seed: 0 });
  assert.equal(page.children[1].textContent, " dog.");
  assert.equal(flipped.textContent, "real_coin 00");
  assert.equal(asked, 0);
  show("fjord", { prompt: PROMPT });
  assert.equal(asked, 1);
  phone.stop();
});
