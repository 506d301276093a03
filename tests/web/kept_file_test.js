// The file of a model of one's own lines: its size, what comes back, how a training
// goes on from it, and what is refused.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fromEightBits, toEightBits } from "../../llm_lessons/web/engine/eight_bits.js";
import {
  isKept,
  keptFrom,
  keptText,
  LARGEST_FILE,
} from "../../llm_lessons/web/widgets/train_your_own_file.js";
import { pupilOf } from "../../llm_lessons/web/widgets/train_your_own_model.js";
import { MOST_BYTES } from "../../llm_lessons/web/widgets/train_your_own_text.js";
import { working } from "../../llm_lessons/web/widgets/train_your_own_work.js";

/** @import { News } from "../../llm_lessons/web/widgets/train_your_own_work.js" */

const LINES = "anna benno carla dario elena fabio greta hanno ilona jakob karla mona"
  .split(" ");

/** @param {string[]} lines */
function keptOf(lines) {
  const { config, letters, trainer } = pupilOf(lines, 3, () => 0.01);
  const facts = { lines, seed: 3, steps: 40, read: 900, rate: 0.01 };
  return { ...facts, config, letters: letters.join(""), weights: trainer.values };
}

test("no file is larger than what is opened again", () => {
  // Signs that JSON writes as two, and 200 letters with a token of their own.
  const signs = Array.from({ length: 200 }, (_, i) => String.fromCodePoint(0x4e00 + i));
  const worst = Array.from({ length: 4000 }, (_, i) => `${'"'.repeat(40)}${i}`);
  assert.ok(worst.join("\n").length < MOST_BYTES);
  const largest = keptText(keptOf([...signs, ...worst]));
  assert.ok(isKept(largest));
  assert.ok(new TextEncoder().encode(largest).length < LARGEST_FILE);
});

test("what is damaged, or of another version, is refused in a sentence", () => {
  const text = keptText(keptOf(LINES));
  /** @type {[RegExp, string][]} */
  const changes = [
    [/own-1/, "own-2"],
    [/"seed":3/, '"seed":-1'],
    [/"rate":0.01/, '"rate":1e999'],
    [/"anna",/, '"anna","anna",'],
    [/"anna",/, '"a\\ud83dnna",'],
    [/"scales":".{8}/, '"scales":"AADAfw=='], // a scale that is no number
    [/"weights":"./, '"weights":"?'],
    [/"weights"/, '"weight"'],
    [/.{9}$/, ""],
    [/^.*$/s, "null"],
  ];
  for (const [found, other] of changes) {
    const bad = text.replace(found, other);
    assert.notEqual(bad, text);
    assert.throws(() => keptFrom(bad), { message: /can't be opened: / });
  }
});

/** What hears wishes, and all that it has told. */
function someWork() {
  /** @type {News[]} */
  const news = [];
  const heard = { news: () => {} };
  const work = working((one) => {
    news.push(one);
    if (one.kind === "news") heard.news();
  }, 20);
  /** Train until there are news, then stop. */
  async function train() {
    const stopped = Promise.withResolvers();
    heard.news = () => {
      heard.news = () => stopped.resolve(null);
      work.hear({ kind: "stop" });
    };
    work.hear({ kind: "go" });
    await stopped.promise;
  }
  function standing() {
    const last = news.findLast((one) => one.kind === "news");
    assert.ok(last);
    return last.standing;
  }
  function kept() {
    work.hear({ kind: "keep" });
    const last = news.at(-1);
    assert.ok(last?.kind === "kept");
    return keptFrom(last.text);
  }
  return { news, ...work, train, standing, kept };
}

test("what is kept comes back, and a training goes on elsewhere", async () => {
  const { weights: before, ...same } = keptOf([...LINES, "øyvind", "\u0905\u0928"]);
  const { weights, ...facts } = keptFrom(keptText({ ...same, weights: before }));
  assert.deepEqual(facts, same);
  const { numbers, scales } = toEightBits(before);
  assert.deepEqual(weights, fromEightBits(numbers, scales));

  const [one, other] = [someWork(), someWork()];
  one.hear({ kind: "rate", rate: 0.01 });
  one.hear({ kind: "begin", run: 1, lines: LINES, seed: 7 });
  await one.train();
  const [left, kept] = [one.standing(), one.kept()];
  assert.ok(left.steps > 0 && left.read > 0);
  other.hear({ kind: "open", run: 2, kept });
  const { steps, read, aside, knobs } = other.standing();
  assert.deepEqual([steps, read], [left.steps, left.read]);
  assert.ok(Math.abs(aside - left.aside) < 0.1);
  assert.deepEqual(knobs, kept.weights.slice(0, knobs.length));
  await other.train();
  const after = other.standing();
  assert.ok(after.steps > steps && after.read > read);
  assert.deepEqual([other.kept().rate, other.kept().steps], [0.01, after.steps]);
  for (const { stop } of [one, other]) stop();
});

test("a file whose weights are not those of its lines is refused", () => {
  const kept = keptOf(LINES);
  for (
    const other of [
      { ...kept, lines: [...LINES, "xyz"] },
      { ...kept, letters: [...kept.letters].reverse().join("") },
      { ...kept, weights: kept.weights.slice(1) },
      { ...kept, config: { ...kept.config, n_layers: 1 } },
    ]
  ) {
    const { news, hear } = someWork();
    hear({ kind: "open", run: 3, kept: other });
    assert.deepEqual(news.map(({ kind }) => kind), ["refused"]);
  }
});
