// Probabilities, cuts and the coin, against sums that sort nothing and share nothing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { topKStops } from "../../llm_lessons/web/lib/draw_sliders.js";
import {
  oddsOf,
  percent,
  rankDrawn,
  sortScores,
} from "../../llm_lessons/web/lib/odds.js";
import { random } from "./stand_ins.js";

/** Top-p and min-p. @type {[number | null, number | null][]} */
const CUTS = [[null, null], [0.05, null], [0.5, 0.3], [0.95, 0.02], [null, 0.1]];

/** @param {number} got @param {number} expected */
function close(got, expected) {
  assert.ok(Math.abs(got - expected) < 1e-9, `${got} is not ${expected}`);
}

/**
 * Random scores, some of them equal.
 * @param {number} seed @param {number} size
 */
function scoresOf(seed, size) {
  const next = random(seed);
  const scores = Float32Array.from({ length: size }, () => 10 * next() - 5);
  scores[size - 1] = scores[0];
  return scores;
}

/**
 * Each token's chance, token by token: a token stays if fewer than k are better, if
 * those that are better do not reach p by themselves, and if it has the share m of the
 * best one's weight.
 * @param {Float32Array} scores @param {number} temperature
 * @param {number | null} k @param {number | null} p @param {number | null} m
 */
function expectedChances(scores, temperature, k, p, m) {
  const all = [...scores];
  const weight = (/** @type {number} */ score) => Math.exp(score / temperature);
  const sum = (/** @type {number[]} */ some) =>
    some.reduce((total, score) => total + weight(score), 0);
  const left = all.filter((score) =>
    k === null || all.filter((other) => other > score).length < k
  );
  const whole = sum(left);
  const kept = left.filter((score) =>
    (p === null || sum(left.filter((other) => other > score)) < p * whole) &&
    (m === null || weight(score) >= m * weight(Math.max(...all)))
  );
  const least = Math.min(...kept);
  return all.map((score) => (score >= least ? weight(score) / sum(kept) : 0));
}

test("scores are sorted, the best first, and ties by their ids", () => {
  for (const size of [2, 50, 1000]) {
    const scores = scoresOf(size, size);
    const { ids, gaps } = sortScores(scores);
    const expected = Array.from(scores.keys())
      .sort((a, b) => scores[b] - scores[a] || a - b);
    assert.deepEqual([...ids], expected);
    ids.forEach((id, rank) =>
      assert.equal(gaps[rank], scores[id] - Math.max(...scores))
    );
  }
});

test("chances are those of temperature, then top-k, top-p and min-p", () => {
  for (const size of [2, 7, 60]) {
    for (const temperature of [0.3, 1, 2.5]) {
      for (const k of [null, 1, 5, 1000]) {
        for (const [p, m] of CUTS) {
          const scores = scoresOf(size, size);
          const sorted = sortScores(scores);
          const odds = oddsOf(sorted, { temperature, top_k: k, top_p: p, min_p: m });
          const expected = expectedChances(scores, temperature, k, p, m);
          const uncut = expectedChances(scores, temperature, null, null, null);
          let bits = 0;
          sorted.ids.forEach((id, rank) => {
            close(odds.chance(rank), expected[id]);
            close(odds.share(rank), uncut[id]);
            if (expected[id] > 0) bits -= expected[id] * Math.log2(expected[id]);
          });
          close(odds.bits, bits);
          assert.equal(odds.kept, expected.filter((chance) => chance > 0).length);
        }
      }
    }
  }
});

test("at temperature 0 the likeliest takes all", () => {
  const odds = oddsOf(sortScores(Float32Array.of(1, 3, 2)), { temperature: 0 });
  assert.deepEqual([0, 1, 2].map(odds.chance), [1, 0, 0]);
  assert.equal(odds.bits, 0);
});

test("the coin falls on each token as often as its chance says", () => {
  const odds = oddsOf(sortScores(scoresOf(3, 12)), { temperature: 1.5, top_p: 0.9 });
  const [next, counts, flips] = [random(1), new Array(12).fill(0), 40_000];
  for (let i = 0; i < flips; i += 1) counts[rankDrawn(odds, next())] += 1;
  counts.forEach((count, rank) => {
    const chance = odds.chance(rank);
    const spread = Math.sqrt((chance * (1 - chance)) / flips);
    assert.ok(Math.abs(count / flips - chance) <= 5 * spread, `${rank}: ${count}`);
  });
  assert.equal(rankDrawn(odds, 0), 0);
  assert.ok(rankDrawn(odds, 1 - 2 ** -53) < odds.kept);
});

test("percents never round something to nothing, or nearly all to all", () => {
  const told = [0, 1e-9, 0.0009, 0.001, 0.5, 0.999, 0.9999, 1].map(percent);
  assert.deepEqual(
    told.map((text) => text.replace("\u00a0", " ")),
    ["0 %", "<0.1 %", "<0.1 %", "0.1 %", "50.0 %", "99.9 %", ">99.9 %", "100 %"],
  );
});

test("the stops of top-k grow, end below the vocabulary, and hold what is set", () => {
  for (const size of [3, 11, 1024, 49_152]) {
    for (const current of [null, 1, 37, 1000]) {
      const stops = topKStops(size, current);
      assert.ok(stops.every((k, i) => i === 0 || k > stops[i - 1]));
      assert.ok(stops.every((k) => Number.isInteger(k) && k >= 1 && k < size));
      if (current !== null && current < size) assert.ok(stops.includes(current));
      assert.ok(stops.length < 60);
    }
  }
});
