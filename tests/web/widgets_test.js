// What the widgets' scripts work out without a browser: handles, results, states, a
// landscape, searches and turns.

import assert from "node:assert/strict";
import { test } from "node:test";
import { beforeAnswer, turnsOf } from "../../llm_lessons/web/widgets/chat_box.js";
import { curve, scale } from "../../llm_lessons/web/widgets/guess.js";
import { barsOf, states } from "../../llm_lessons/web/widgets/machine_numbers.js";
import { along, placesOf } from "../../llm_lessons/web/widgets/machine_picture.js";
import {
  isWhole,
  searchOfPage,
} from "../../llm_lessons/web/widgets/memory_explorer_search.js";
import { resultsOf, resultText } from "../../llm_lessons/web/widgets/race_words.js";
import {
  contour,
  heights,
  lossOf,
  lowest,
  oddsAt,
  slopes,
} from "../../llm_lessons/web/widgets/two_knobs_loss.js";
import { apart, whyOver } from "../../llm_lessons/web/widgets/two_runs.js";
import { random, standInModel } from "./stand_ins.js";

/** @import { Flip, Run } from "../../llm_lessons/web/widgets/two_runs_side.js" */
/** @import { Side } from "../../llm_lessons/web/widgets/race_words.js" */

const said = (/** @type {number} */ value) => `${value} %`;
/** @type {(range: [number, number], ...at: number[]) => Parameters<typeof scale>[0]} */
const asked = (range, ...at) => ({ range, at, along: "readings", said });

test("a place on the picture means the number whose handle stands there", () => {
  for (const width of [300, 736]) {
    const line = scale(asked([1, 40]));
    const chart = curve(asked([0, 100], 1, 4, 16, 64));
    for (const value of [1, 12, 40]) {
      const [x, y] = line.place(0, value, width);
      assert.ok(x >= 0 && x <= width && y <= line.tall);
      assert.deepEqual(line.meant(x, y, width).map(Math.round), [0, value]);
    }
    for (const which of [0, 1, 2, 3]) {
      const [x, y] = chart.place(which, 25, width);
      assert.ok(x >= 0 && x <= width && y <= chart.tall);
      assert.deepEqual(chart.meant(x, y, width).map(Math.round), [which, 25]);
    }
    assert.equal(chart.meant(-50, 0, width)[0], 0);
    assert.equal(chart.meant(9000, 0, width)[0], 3);
  }
});

/**
 * @param {string} text cut into tokens at each bar @param {string} answer
 * @param {boolean} right
 * @returns {Side}
 */
function side(text, answer, right) {
  const pieces = text.split("|");
  return { pieces, costs: pieces.map(() => 10), answer, right, sure: 0.5 };
}

const AT_ONCE = side(" |5|6|.", "56", false);
const STEPS = side(
  " |2|2| +| 2|0| =| 4|2|.| 4|2| -| |2| =| |4|0|.| Answer|:| 4|0|.",
  "40",
  true,
);

test("results are found by their tokens, whatever stands in one with them", () => {
  assert.deepEqual(resultsOf(STEPS.pieces), [[7, 9], [17, 19]]);
  assert.deepEqual([0, 1].map((step) => resultText(STEPS, step)), ["42", "40"]);
  assert.deepEqual(resultsOf([" 2 x", " 2", " =", " $", "4", ".", " 3"]), [[4, 5]]);
  assert.deepEqual(resultsOf([" =", " $12", "."]), [[1, 2]]);
  assert.equal(resultText(side(" =| $12|.", "", false), 0), "12");
  assert.deepEqual(resultsOf(AT_ONCE.pieces), []);
});

const [LAYERS, HEADS, TOKENS, BARS] = [2, 2, 3, 4];
const PAIRS = (TOKENS * (TOKENS + 1)) / 2;
const SIZES = { layers: LAYERS, heads: HEADS, tokens: TOKENS };
const WORDS = TOKENS * (3 * BARS + 4 * (LAYERS + 1)); // of a state

/** Bytes that begin somewhere within their buffer. @param {ArrayBufferView} array */
function within({ buffer, byteLength }) {
  const bytes = new Uint8Array(byteLength + 2);
  bytes.set(new Uint8Array(buffer), 2);
  return new DataView(bytes.buffer, 2);
}

test("states come apart as they were packed", () => {
  const next = random(1);
  const table = Float32Array.from({ length: 3 * WORDS }, next);
  const looks = Uint16Array.from(
    { length: 3 * LAYERS * HEADS * PAIRS },
    () => Math.floor(65_536 * next()),
  );
  assert.equal(barsOf(4 * WORDS, TOKENS, LAYERS), BARS);
  const all = states(within(table), within(looks), BARS, SIZES);
  assert.equal(all.length, 3);
  const [start, wide] = [2 * WORDS, LAYERS + 1];
  assert.deepEqual(all[2].ids(1), table.slice(start + BARS, start + 2 * BARS));
  const own = start + TOKENS * (3 * BARS + 2 * wide);
  assert.deepEqual(all[2].own(2), table.slice(own + 2 * wide, own + 3 * wide));
  assert.deepEqual(all[2].ranks(2), table.slice(-wide));
  const first = ((2 * LAYERS + 1) * HEADS + 0) * PAIRS + 3; // the third token's looks
  const expected = [...looks.slice(first, first + 3)].map((one) => one / 65_535);
  assert.deepEqual([...all[2].looks(1, 0, 2)], expected);
  assert.equal(all[0].looks(0, 1, 0).length, 1);
});

test("all has its place within the picture, at any width", () => {
  const names = Array.from({ length: 18 }, (_, i) => `␣word${i}`);
  for (const [layers, heads] of [[6, 3], [30, 9], [1, 1]]) {
    for (const width of [280, 480, 744, 1200]) {
      const places = placesOf(width, { layers, heads, names });
      assert.ok(places.whole >= width);
      assert.ok(places.guess + places.guessWidth <= places.whole);
      assert.ok(places.x(0) > places.cellX(heads));
      assert.ok(places.x(17) < places.guess);
      assert.ok(places.y(layers) < places.cellY(layers - 1));
      assert.ok(places.cellY(0) + places.high < places.y(0));
      assert.equal(places.isCompact, layers > 12);
    }
  }
});

test("the first place stands at the end, the last at the beginning", () => {
  assert.equal(along(1, 1000), 1);
  assert.equal(along(1000, 1000), 0);
  assert.ok(Math.abs(along(10, 1000) - 2 / 3) < 1e-12);
});

const SHARES = [[0.5, 0.3, 0.2], [0.83, 0.11, 0.06], [0.01, 0.01, 0.98]];
/** @param {number[]} shares @param {number[]} knobs */
const loss = (shares, knobs) => lossOf(shares, oddsAt(knobs));

test("the slope is what the loss grows by, for a little turn of a knob", () => {
  const next = random(8);
  for (let turn = 0; turn < 20; turn += 1) {
    const shares = SHARES[turn % SHARES.length];
    const knobs = [4 * next() - 2, 4 * next() - 2];
    const slope = slopes(shares, oddsAt(knobs));
    for (const i of [0, 1]) {
      const [less, more] = [-1e-5, 1e-5].map((step) =>
        loss(shares, knobs.map((value, k) => (k === i ? value + step : value)))
      );
      assert.ok(Math.abs((more - less) / 2e-5 - slope[i]) < 1e-6);
    }
  }
});

test("nothing lies below the lowest place, and it is flat there", () => {
  const next = random(3);
  for (const shares of SHARES) {
    const place = lowest(shares);
    assert.ok(Math.abs(loss(shares, place) - lossOf(shares, shares)) < 1e-12);
    for (const slope of slopes(shares, oddsAt(place))) {
      assert.ok(Math.abs(slope) < 1e-12);
    }
    for (let turn = 0; turn < 20; turn += 1) {
      assert.ok(loss(shares, [8 * next() - 4, 8 * next() - 4]) >= loss(shares, place));
    }
  }
});

test("a line of the map has one height, and lower ground within", () => {
  for (const shares of SHARES) {
    const [a, b] = lowest(shares);
    const all = heights(lossOf(shares, shares), 9);
    assert.deepEqual(all, [...all].sort((one, other) => one - other));
    for (const height of all) {
      for (const [x, y] of contour(shares, height, 24)) {
        assert.ok(Math.abs(loss(shares, [x, y]) - height) < 1e-5);
        for (const share of [0.3, 0.9]) {
          const within = [a + share * (x - a), b + share * (y - b)];
          assert.ok(loss(shares, within) < height);
        }
      }
    }
  }
});

test("a page searches the texts that it keeps, each of them once", () => {
  const texts = Array.from({ length: 7 }, (_, i) => `Ida met ${i} <b>foxes</b>.`);
  const { model } = standInModel({
    query: "",
    _kept_finds: {
      Ida: { total: 9, whole: 9, texts: texts.slice(0, 5) },
      foxes: { total: 7, whole: 7, texts: texts.slice(2) },
    },
  });
  const search = searchOfPage(model);
  const some = search("<b>foxes");
  assert.deepEqual(some.texts, texts.slice(0, 5));
  assert.match(some.said, /stands in 7 of the 7 texts .* Here are 5/);
  const part = search("fox");
  assert.match(part.said, /stands in 7 of .* keeps, always within a longer word\./);
  const none = search("Nils");
  assert.deepEqual(none.texts, []);
  assert.match(none.said, /^“Nils” stands in none of the 7 texts/);
});

test("a whole word is found before a part of one", () => {
  const texts = ["A trumpet.", "Trump met a trumpet.", "trump"];
  assert.deepEqual(texts.map((one) => isWhole(one, "trump")), [false, false, true]);
  assert.ok(
    isWhole("at once", "at ") && isWhole("what?", "?") && !isWhole("øre", "re"),
  );
  const { model } = standInModel({
    query: "",
    _kept_finds: { x: { total: 3, whole: 1, texts } },
  });
  assert.deepEqual(searchOfPage(model)("trump").texts, [
    "trump",
    "A trumpet.",
    "Trump met a trumpet.",
  ]);
});

test("a turn is a user's message and what follows it", () => {
  const roles = ["assistant", "user", "assistant", "assistant", "user"];
  const turns = turnsOf(roles.map((role, i) => ({ role, content: String(i) })));
  assert.deepEqual(turns.map(({ start }) => start), [0, 1, 4]);
});

test("what a talk reads before an answer is written as the model reads it", () => {
  const asked = { role: "user", content: "Hello" };
  const first = { role: "assistant", content: "Hi." };
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

test("two runs end, or are stopped; with the same coins they are one text", () => {
  /** @type {(...tokens: number[]) => Run} */
  const run = (...tokens) => ({
    seed: 0,
    flips: tokens.map((token) => /** @type {Flip} */ ([token, 1, 0, 0, [], []])),
  });
  const [ended, stopped, marks] = [run(5, 1), run(5, 6), { 1: "⟨end of text⟩" }];
  assert.equal(whyOver([ended, stopped], 1, marks), "");
  assert.match(whyOver([ended, ended], 2, marks), /end/);
  for (const runs of [[stopped, stopped], [ended, stopped]]) {
    assert.match(whyOver(runs, 2, marks), /stops here, after 2/);
  }
  assert.equal(apart([ended, ended]).length, 1);
  assert.equal(apart([ended, run(5, 1)]).length, 2);
});
