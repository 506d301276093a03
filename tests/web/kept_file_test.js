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

test("a list takes 60 KB at the most, and a text of 40 KB less than 200", () => {
  const list = keptText(keptOf(LINES));
  assert.ok(isKept(list) && list.length < 60_000, `${list.length}`);
  const long = Array.from({ length: 1500 }, (_, i) => `a line with the number ${i}`);
  const text = keptText(keptOf(long));
  assert.ok(long.join("\n").length > 40_000 && text.length < 200_000, `${text.length}`);
  // Signs that JSON writes as two, and 200 letters with a token of their own.
  const signs = Array.from({ length: 200 }, (_, i) => String.fromCodePoint(0x4e00 + i));
  const worst = Array.from({ length: 4000 }, (_, i) => `${'"'.repeat(40)}${i}`);
  const largest = keptText(keptOf([...signs, ...worst]));
  assert.ok(worst.join("\n").length < MOST_BYTES);
  assert.ok(new TextEncoder().encode(largest).length < LARGEST_FILE);
});

test("what is kept comes back", () => {
  const kept = keptOf([...LINES, "øyvind", "\u0905\u0928\u0940\u0924\u093e"]);
  const { weights, ...facts } = keptFrom(keptText(kept));
  const { weights: before, ...same } = kept;
  assert.deepEqual(facts, same);
  const { numbers, scales } = toEightBits(before);
  assert.deepEqual(weights, fromEightBits(numbers, scales));
});

test("what is damaged, or of another version, is refused in a sentence", () => {
  const text = keptText(keptOf(LINES));
  /** @type {[RegExp, string][]} */
  const changes = [
    [/own-1/, "own-2"],
    [/"seed":3/, '"seed":-1'],
    [/"steps":40/, '"steps":"40"'],
    [/"rate":0.01/, '"rate":0'],
    [/"rate":0.01/, '"rate":1e999'],
    [/"anna",/, '"anna","anna",'],
    [/"anna",/, '"a\\ud83dnna",'],
    [/"lines":\[/, '"lines":["'],
    [/"scales":".{8}/, '"scales":"AADAfw=='], // a scale that is no number
    [/"scales":"..../, '"scales":"'],
    [/"weights":"./, '"weights":"?'],
    [/"weights"/, '"weight"'],
  ];
  const bad = changes.map(([found, other]) => text.replace(found, other));
  for (const one of [...bad, text.slice(0, -9), "{}", "[]", "null", ""]) {
    assert.notEqual(one, text);
    assert.throws(() => keptFrom(one), {
      name: "Error",
      message: /can't be opened: .* Take another copy, or train anew\.$/,
    });
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

test("a training that is stopped can be kept, and goes on elsewhere", async () => {
  const [one, other] = [someWork(), someWork()];
  one.hear({ kind: "rate", rate: 0.01 });
  one.hear({ kind: "begin", run: 1, lines: LINES, seed: 7 });
  await one.train();
  const [before, kept] = [one.standing(), one.kept()];
  assert.ok(before.steps > 0 && before.read > 0);
  other.hear({ kind: "open", run: 2, kept });
  const opened = other.standing();
  assert.equal(opened.steps, before.steps);
  assert.equal(opened.read, before.read);
  assert.ok(Math.abs(opened.aside - before.aside) < 0.1);
  const size = opened.knobs.length;
  assert.deepEqual(opened.knobs, kept.weights.slice(0, size));
  await other.train();
  const after = other.standing();
  assert.ok(after.steps > before.steps && after.read > before.read);
  assert.equal(other.kept().rate, 0.01);
  assert.equal(other.kept().steps, after.steps);
  for (const { stop } of [one, other]) stop();
});

test("a file whose weights are not those of its lines is refused", () => {
  const kept = keptOf(LINES);
  const others = [
    { ...kept, lines: [...LINES, "xyz"] },
    { ...kept, letters: [...kept.letters].reverse().join("") },
    { ...kept, weights: kept.weights.slice(1) },
    { ...kept, config: { ...kept.config, n_layers: 1 } },
  ];
  for (const other of others) {
    const { news, hear } = someWork();
    hear({ kind: "open", run: 3, kept: other });
    const [told] = news;
    assert.ok(told.kind === "refused" && news.length === 1);
    assert.match(told.sentence, /can't be opened/);
  }
  const { news, hear, standing } = someWork();
  hear({ kind: "open", run: 3, kept });
  assert.equal(news.length, 1);
  assert.deepEqual(standing().knobs, kept.weights.slice(0, standing().knobs.length));
});
