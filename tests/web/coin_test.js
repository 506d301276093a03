// The coin's strip, its tally, and where a coin falls.

import assert from "node:assert/strict";
import { test } from "node:test";
import { lotsOf, withGaps } from "../../llm_lessons/web/lib/coin_strip.js";
import { oddsOf, rankDrawn, sortScores } from "../../llm_lessons/web/lib/odds.js";
import { tallyOf } from "../../llm_lessons/web/widgets/next_token_coin.js";
import { lotsOfFlip } from "../../llm_lessons/web/widgets/two_runs_side.js";
import { random } from "./stand_ins.js";

/** @import { Lot } from "../../llm_lessons/web/lib/coin_strip.js" */
/** @import { Flip } from "../../llm_lessons/web/widgets/next_token_coin.js" */

test("a strip covers all from 0 to 1 once, with a token or with all others", () => {
  const next = random(3);
  for (let turn = 0; turn < 100; turn += 1) {
    const ends = Array.from({ length: 8 }, next).sort((a, b) => a - b);
    /** @type {Lot[]} */
    const lots = [0, 2, 4, 6].map((i) => ({ id: i, from: ends[i], to: ends[i + 1] }));
    const parts = withGaps(lots.toReversed());
    assert.deepEqual(parts.flatMap(({ lot }) => lot ? [lot] : []), lots);
    let end = 0;
    for (const { from, to } of parts) {
      assert.ok(Math.abs(from - end) <= 1e-4 && to >= from);
      end = to;
    }
    assert.ok(end > 1 - 1e-4);
  }
  assert.deepEqual(withGaps([]), [{ from: 0, to: 1 }]);
});

test("a coin falls within the lot of the token that it draws", () => {
  const next = random(1);
  const scores = Float32Array.from({ length: 40 }, () => 6 * next());
  const sorted = sortScores(scores);
  for (const settings of [{}, { temperature: 2.5 }, { top_k: 5 }, { temperature: 0 }]) {
    const odds = oddsOf(sorted, settings);
    for (let turn = 0; turn < 200; turn += 1) {
      const fell = next();
      const drawnRank = rankDrawn(odds, fell);
      const lots = lotsOf({ ids: sorted.ids, odds, drawnRank }, 12);
      const [drawn, ...others] = lots.filter(({ isDrawn }) => isDrawn);
      assert.equal(others.length, 0);
      assert.equal(drawn.id, sorted.ids[drawnRank]);
      assert.ok(drawn.from <= fell && fell < drawn.to + 1e-9);
      assert.ok(lots.length <= Math.min(13, odds.kept));
    }
  }
});

test("a tally counts each flip once", () => {
  const tokens = [3, 3, 9, 5, 3];
  const flips = tokens.map((id) => /** @type {Flip} */ ([0.5, id]));
  const tally = tallyOf(flips, Int32Array.of(7, 3, 9));
  assert.deepEqual([tally.flips, ...[0, 1, 2, 3].map(tally.of)], [5, 0, 3, 1, 0]);
});

test("a run's flip lies on the strip where the loop has laid it", () => {
  /** @type {[number, number][]} */
  const likeliest = [[9, 0.5], [2, 0.25]];
  const listed = lotsOfFlip([2, 0.25, 0.1, 0, likeliest, [0.4, 0]], true);
  assert.deepEqual(listed, [
    { id: 9, from: 0.4, to: 0.9, isDrawn: false },
    { id: 2, from: 0, to: 0.25, isDrawn: true },
  ]);
  const rare = lotsOfFlip([5, 0.05, 0.32, 0.3, likeliest, [0.4, 0]], true);
  assert.deepEqual(rare.at(-1), { id: 5, from: 0.3, to: 0.35, isDrawn: true });
  const ahead = lotsOfFlip([5, 0.05, 0.32, 0.3, likeliest, [0.4, 0]], false);
  assert.ok(ahead.length === 2 && ahead.every(({ isDrawn }) => !isDrawn));
});
