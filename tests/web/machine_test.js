// The machine's picture: states unpacked, places, keys, and what is said of them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { neighbour } from "../../llm_lessons/web/widgets/machine_cells.js";
import {
  barsOf,
  most,
  states,
  stateShelf,
  together,
} from "../../llm_lessons/web/widgets/machine_numbers.js";
import { along, arc, placesOf } from "../../llm_lessons/web/widgets/machine_places.js";
import {
  guessesInWords,
  headInWords,
  lookInWords,
  silenceInWords,
  stepInWords,
  tokenInWords,
} from "../../llm_lessons/web/widgets/machine_words.js";
import { random, standInModel } from "./stand_ins.js";

/** @import { Head } from "../../llm_lessons/web/widgets/machine_numbers.js" */

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

/** @param {number} count of states @param {number} seed */
function packed(count, seed) {
  const next = random(seed);
  const table = Float32Array.from({ length: count * WORDS }, next);
  const looks = Uint16Array.from(
    { length: count * LAYERS * HEADS * PAIRS },
    () => Math.floor(65_536 * next()),
  );
  return { table, looks, bytes: within(table), lookBytes: within(looks) };
}

test("states come apart as they were packed", () => {
  const { table, looks, bytes, lookBytes } = packed(3, 1);
  assert.equal(barsOf(4 * WORDS, TOKENS, LAYERS), BARS);
  const all = states(bytes, lookBytes, BARS, SIZES);
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

/**
 * @param {ReturnType<typeof packed>} stock @param {ReturnType<typeof packed>} answer
 */
function shelfOf(stock, answer) {
  const { model } = standInModel({
    _sizes: /** @type {[number, number, number]} */ ([LAYERS, HEADS, 9]),
    _tokens: [4, 5, 6],
    _stock: stock.bytes,
    _stock_looks: stock.lookBytes,
    _answer: answer.bytes,
    _answer_looks: answer.lookBytes,
    _answered: /** @type {Head[]} */ ([]),
  });
  return { shelf: stateShelf(model), model };
}

test("the page finds what it has, and nothing else", () => {
  const [stock, answer] = [packed(1 + LAYERS * HEADS, 2), packed(1, 3)];
  const { shelf, model } = shelfOf(stock, answer);
  const ids = (/** @type {number} */ state) =>
    stock.table.slice(state * WORDS, state * WORDS + BARS);
  assert.ok(shelf.isStocked());
  assert.deepEqual(shelf.trained().ids(0), ids(0));
  assert.deepEqual(shelf.now([])?.ids(0), ids(0));
  assert.deepEqual(shelf.now([[1, 0]])?.ids(0), ids(1 + 2));
  assert.equal(shelf.now([[0, 0], [1, 0]]), undefined);
  model.set("_answered", [[0, 0], [1, 0]]);
  assert.deepEqual(shelf.now([[0, 0], [1, 0]])?.ids(0), answer.table.slice(0, BARS));
  assert.equal(shelf.now([[0, 0], [1, 1]]), undefined);
});

test("a large model has one state, and is asked for each head", () => {
  const stock = packed(1, 4);
  const { shelf } = shelfOf(stock, packed(0, 1));
  assert.ok(!shelf.isStocked());
  assert.equal(shelf.now([[0, 1]]), undefined);
  assert.deepEqual(shelf.now([])?.ids(0), stock.table.slice(0, BARS));
});

test("heads look together as their mean, and none at nothing", () => {
  const looks = [Float64Array.of(1, 0, 0), Float64Array.of(0.5, 0, 0.5)];
  assert.deepEqual([...together(looks, 2)], [0.75, 0, 0.25]);
  assert.deepEqual([...together([], 2)], [0, 0, 0]);
  assert.deepEqual(most(together(looks, 2), 3), [[0, 0.75], [2, 0.25]]);
});

test("arrow keys lead to neighbours, upwards to the next layer, and never out", () => {
  const grid = { rows: 2, columns: 3 };
  assert.equal(neighbour("ArrowRight", 1, grid), 2);
  assert.equal(neighbour("ArrowRight", 2, grid), 2);
  assert.equal(neighbour("ArrowLeft", 3, grid), 3);
  assert.equal(neighbour("ArrowUp", 1, grid), 4);
  assert.equal(neighbour("ArrowUp", 4, grid), 4);
  assert.equal(neighbour("ArrowDown", 4, grid), 1);
  assert.equal(neighbour("Home", 4, grid), 0);
  assert.equal(neighbour("End", 1, grid), 5);
  assert.equal(neighbour("Enter", 1, grid), null);
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

test("a look leads from the stream of its token to the column that looks", () => {
  const places = placesOf(744, { layers: 6, heads: 3, names: ["a", "b", "c"] });
  const [start, end] = [places.x(0), places.x(2)];
  const path = arc(places, 0, 2, 0);
  assert.ok(path.startsWith(`M${start} ${places.y(0)}C`) && path.endsWith(`H${end}`));
  assert.ok(!arc(places, 0, 1, 1).includes("C")); // at itself: straight up
});

test("the first place stands at the end, the last at the beginning", () => {
  assert.equal(along(1, 1000), 1);
  assert.equal(along(1000, 1000), 0);
  assert.ok(Math.abs(along(10, 1000) - 2 / 3) < 1e-12);
});

const NAMES = ["a", "b", "c"];

test("looks are told with their shares, the largest first", () => {
  const look = Float64Array.of(0.2, 0.04, 0.76);
  assert.equal(lookInWords(look, NAMES), "“c” 76\u00a0%, “a” 20\u00a0%");
  assert.equal(lookInWords(Float64Array.of(0.01), NAMES), "no token much");
  assert.equal(
    headInWords([1, 0], look, NAMES, false),
    "From “c”, layer 2, head 1 looks at: “c” 76\u00a0%, “a” 20\u00a0%.",
  );
  assert.ok(
    headInWords([1, 0], look, NAMES, true).startsWith("Layer 2, head 1 is off"),
  );
  const looks = [{ head: /** @type {Head} */ ([0, 1]), look }];
  assert.equal(
    tokenInWords(0, looks, NAMES, 2),
    "At “a”, seen from “c”: layer 1, head 2 (20\u00a0%).",
  );
  assert.ok(tokenInWords(1, looks, NAMES, 2).endsWith("no head looks at it much."));
  assert.ok(tokenInWords(2, looks, NAMES, 1).includes("comes later"));
});

test("guesses and silence are told", () => {
  const there = { guess: "a", chance: 0.5, answer: "b", own: 0.25, rank: 1200 };
  const at = stepInWords(3, there);
  assert.ok(at.includes("after layer 3, it would say “a” (50.0\u00a0%)"));
  assert.ok(at.includes("“b” is number 1,200 in the list"));
  assert.ok(!stepInWords(0, { ...there, answer: "a" }).includes("number"));
  const bars = { ids: [7, 8], before: [0.75, 0.25], now: [0.25, 0.5] };
  const name = (/** @type {number} */ id) => `t${id}`;
  assert.equal(
    silenceInWords(0, bars, name),
    "All heads are on. Favourite: “t7”, 75.0\u00a0%.",
  );
  assert.equal(
    silenceInWords(2, bars, name),
    "2 heads are off. “t7” had 75.0\u00a0% and now has 25.0\u00a0%. The favourite is " +
      "now “t8”, 50.0\u00a0%.",
  );
  const way = guessesInWords(["a", "b", "b"], [0.5, 0.25, 0.75], "c");
  assert.ok(
    way.endsWith("before layer 1 “a”, 50.0\u00a0%; after layer 1 “b”, 25.0\u00a0%."),
  );
});
