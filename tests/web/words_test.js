// What the widgets conclude and say: curves, runs, forks.

import assert from "node:assert/strict";
import { test } from "node:test";
import { places, ticks } from "../../llm_lessons/web/lib/line_chart.js";
import {
  howRare,
  keyOf,
  sureTokens,
} from "../../llm_lessons/web/widgets/branch_tree_forks.js";
import { sumOfOrigins } from "../../llm_lessons/web/lib/origins.js";
import { beforeAnswer, turnsOf } from "../../llm_lessons/web/widgets/chat_box_turns.js";
import { firstParting } from "../../llm_lessons/web/widgets/two_runs.js";
import { oddsOfFlip } from "../../llm_lessons/web/widgets/two_runs_side.js";

/** @import { Fork, Path } from "../../llm_lessons/web/widgets/branch_tree_forks.js" */
/** @import { Flip } from "../../llm_lessons/web/widgets/two_runs_side.js" */

test("rare paths are told as one in so many", () => {
  assert.deepEqual([0.25, 0.001, 0.00052, 1e-6, 0].map(howRare), [
    "25.0\u00a0%",
    "0.1\u00a0%",
    "1 in 1,900",
    "1 in 1,000,000",
    "0\u00a0%",
  ]);
});

test("a branch goes on through sure tokens, to a choice, a stop or the unread", () => {
  /** @type {(...likeliest: [number, number][]) => Fork} */
  const fork = (...likeliest) => ({ likeliest, others: 0, rest: 0 });
  /** @type {Record<string, Fork>} */
  const read = {
    "1": fork([2, 0.99], [9, 0.01]),
    "1.2": fork([3, 0.97]),
    "1.2.3": fork([4, 0.6], [5, 0.4]),
    "7": fork([8, 1]),
  };
  const forks = {
    fork: (/** @type {Path} */ path) => read[keyOf(path)],
    about: () => ({ sure: 0.95, stops: [8] }),
  };
  assert.deepEqual(sureTokens(forks, [1]), [[2, 0.99], [3, 0.97]]);
  assert.deepEqual(sureTokens(forks, [7]), []);
  assert.deepEqual(sureTokens(forks, [6]), []);
});

test("a turn is a user's message and what follows it", () => {
  const talk = ["assistant", "user", "assistant", "assistant", "user"]
    .map((role, i) => ({ role, content: String(i) }));
  const turns = turnsOf(talk);
  assert.deepEqual(turns.map(({ start }) => start), [0, 1, 4]);
  assert.deepEqual(turns.flatMap(({ said }) => said), talk);
});

test("two runs part at the first flip that fell differently", () => {
  /** @type {(...tokens: number[]) => { seed: number, flips: Flip[] }} */
  const run = (...tokens) => ({
    seed: 0,
    flips: tokens.map((token) => [token, 1, 0, 0, [], []]),
  });
  assert.equal(firstParting(run(1, 2, 3), run(1, 2, 4), 2), 0);
  assert.equal(firstParting(run(1, 2, 3), run(1, 2, 4), 3), 3);
  assert.equal(firstParting(run(1, 2), run(1, 2, 4), 3), 3); // one has ended
  assert.equal(firstParting(run(1), run(1), 5), 0);
});

test("a drawn token that is none of the likeliest gets a bar as well", () => {
  /** @type {Flip} */
  const flip = [7, 0.1, 0.95, 0.9, [[3, 0.6], [4, 0.3]], [0, 0.6]];
  const odds = oddsOfFlip(flip, true);
  assert.deepEqual(odds.ids, [3, 4, 7]);
  assert.equal(odds.drawnRank, 2);
  assert.deepEqual([0, 1, 2].map(odds.chance), [0.6, 0.3, 0.1]);
  assert.deepEqual(oddsOfFlip(flip, false).ids, [3, 4]);
  assert.equal(oddsOfFlip([4, 0.3, 0, 0, flip[4], flip[5]], true).drawnRank, 1);
});

test("ticks are round, begin at 0 and stay within the picture", () => {
  for (const end of [0.7, 4, 13.2, 1e6, 9_830_400]) {
    for (const count of [4, 6]) {
      const all = ticks(end, count);
      assert.equal(all[0], 0);
      assert.ok(all.length >= 2 && all.length <= count + 1);
      assert.ok(all[all.length - 1] <= end);
      const step = all[1] / 10 ** Math.floor(Math.log10(all[1]));
      assert.ok([1, 2, 2.5, 5].some((round) => Math.abs(step - round) < 1e-9));
    }
  }
});

test("of two curves, the upper one is named above and the lower one below", () => {
  /** @type {[number, number][][]} */
  const [low, high] = [[[0, 9], [4, 1]], [[0, 9], [1, 7], [2, 5], [3, 6], [4, 8]]];
  assert.deepEqual(places("a", low, "b", high), [
    ["a", [4, 1], true],
    ["b", [3, 6], false],
  ]);
  assert.deepEqual(places("a", high, "b", low), [
    ["a", [4, 8], false],
    ["b", [0, 9], true],
  ]);
  assert.deepEqual(places("a", [], "b", low), []);
});

test("what a talk reads before an answer is written as the model reads it", () => {
  const [asked, first] = [{ role: "user", content: "Hello" }, {
    role: "assistant",
    content: "Hi.",
  }];
  /** @type {[string, string][]} */
  const steps = [["Ida", "Ida lives in Oslo."]];
  const last = { role: "assistant", content: "Oslo", steps };
  const talk = [asked, first, { role: "user", content: "Where?" }, last];
  assert.equal(beforeAnswer(talk, first), "User: Hello\nFjord: ");
  assert.equal(
    beforeAnswer(talk, last),
    "User: Hello\nFjord: Hi.\nUser: Where?\nFjord: search: Ida\n" +
      "Result: Ida lives in Oslo.\nFjord: ",
  );
});

test("how much was found is told, and the longest piece where it is known", () => {
  /** @type {[string, number, number][][]} */
  const texts = [[["a ", 0, 2], ["b\nc", 1, 1200], [" d", -1, 1]], []];
  const sum = "1,202 of 1,203 tokens stand in pieces that Fjordby has word for word.";
  assert.equal(sumOfOrigins(texts, false), sum);
  const longest = " The longest piece of one page has 1,200 tokens: “b c”.";
  assert.equal(sumOfOrigins(texts, true), sum + longest);
  const none = "None of 0 tokens stand in pieces that Fjordby has word for word.";
  assert.equal(sumOfOrigins([[]], true), none);
});
