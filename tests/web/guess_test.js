// A number of one's own: where its handle stands.

import assert from "node:assert/strict";
import { test } from "node:test";
import { curve, scale } from "../../llm_lessons/web/widgets/guess.js";

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
