// The coin's strip, and where a coin falls on it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { withGaps } from "../../llm_lessons/web/lib/coin_strip.js";
import { oddsOf, rankDrawn, sortScores } from "../../llm_lessons/web/lib/odds.js";
import { lotsOf } from "../../llm_lessons/web/widgets/next_token_coin.js";
import { random } from "./stand_ins.js";

/** @import { Lot } from "../../llm_lessons/web/lib/coin_strip.js" */

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
