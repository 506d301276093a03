// What toys share: tokens made visible, odds and their words, links to the glossary,
// texts that are typed, and what is done later.

import assert from "node:assert/strict";
import { test } from "node:test";
import { topKStops } from "../../llm_lessons/web/lib/draw_sliders.js";
import { anchorOf, byAnchor } from "../../llm_lessons/web/lib/glossary.js";
import { peaksBeyond } from "../../llm_lessons/web/lib/line_chart.js";
import { CODE, EMPHASIS, marks } from "../../llm_lessons/web/lib/marked.js";
import { oddsOf, percent, sortScores } from "../../llm_lessons/web/lib/odds.js";
import { pieceParts, visiblePiece } from "../../llm_lessons/web/lib/pieces.js";
import { growsWithText } from "../../llm_lessons/web/lib/text_box.js";
import { announcer } from "../../llm_lessons/web/lib/timers.js";
import { random, withClock, withDocument } from "./stand_ins.js";

const SEEN = [
  [" the", "␣the", "space the"],
  ["\n", "↵", "line break"],
  ["a\tb", "a⇥b", "a tab b"],
  ["\x00", "␀", "U+0000"],
  ["\x7f", "⟨U+007F⟩", "U+007F"],
  ["\u200b", "⟨U+200B⟩", "U+200B"],
  ["\u202ea", "⟨U+202E⟩a", "U+202E a"],
  ["<b>", "<b>", "<b>"],
  ["👩", "👩", "👩"],
  ["\u0301x", "◌\u0301x", "\u0301x"],
  ["", "⟨nothing⟩", "nothing"],
];

test("every character can be seen, and letters stay as they are", () => {
  for (const [piece, seen, heard] of SEEN) {
    assert.equal(visiblePiece(piece), seen);
    const spoken = pieceParts(piece).map((part) => part.spoken).join("").trim();
    assert.equal(spoken.replaceAll("  ", " "), heard);
  }
  assert.equal(visiblePiece("<s>", "⟨end of text⟩"), "⟨end of text⟩");
  const next = random(2);
  for (let turn = 0; turn < 300; turn += 1) {
    const codes = Array.from({ length: 4 }, () => Math.floor(0x3000 * next()));
    const parts = pieceParts(String.fromCodePoint(...codes));
    assert.ok(parts.every(({ text }) => text !== "" && !/^[\p{Z}\p{C}]/u.test(text)));
    assert.ok(parts.every(({ sign }, i) => sign || i === 0 || parts[i - 1].sign));
  }
});

/** @param {string} text @param {RegExp} kind */
const short = (text, kind) => marks(text, kind).map((one) => [one.tag, one.text]);

test("code and emphasis are told from plain text", () => {
  const code = [[null, "Set "], ["code", "a*b*c"], [null, " to *2*."]];
  assert.deepEqual(short("Set `a*b*c` to *2*.", CODE), code);
  const emphasis = [[null, "counted in "], ["em", "bits"], [null, ", `so`."]];
  assert.deepEqual(short("counted in *bits*, `so`.", EMPHASIS), emphasis);
  assert.deepEqual(short("", CODE), []);
  // a sign without a partner stays
  for (const text of ["a ` b", "2 * 3 * 4", "``", "**", "a\n`b\nc`", "<b>&amp;"]) {
    for (const kind of [CODE, EMPHASIS]) {
      assert.deepEqual(short(text, kind), [[null, text]]);
    }
  }
});

test("a link leads to a word, in JupyterLab and in a page", () => {
  const server = "http://127.0.0.1:8888/files/notebooks/glossary.md?_xsrf=a";
  assert.equal(anchorOf("file:///tmp/glossary.html#Token"), "Token");
  assert.equal(anchorOf(`${server}#Chain-of-thought`), "Chain-of-thought");
  assert.equal(anchorOf("glossary.md#Top%2Dk"), "Top-k");
  for (const other of ["glossary.html#", "04.html#Token", "#Token", "glossary.md#1%"]) {
    assert.equal(anchorOf(other), null);
  }
  const known = byAnchor([["Chain of thought", "Steps."]]);
  assert.deepEqual([...known], [["Chain-of-thought", ["Chain of thought", "Steps."]]]);
});

test("at temperature 0 the likeliest takes all", () => {
  const odds = oddsOf(sortScores(Float32Array.of(1, 3, 2)), { temperature: 0 });
  assert.deepEqual([0, 1, 2].map(odds.chance), [1, 0, 0]);
  assert.equal(odds.bits, 0);
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

test("only the last word is read out, once all is quiet", () => {
  withDocument(() =>
    withClock((run) => {
      const heard = announcer();
      heard.say("one");
      run(599);
      heard.say("two");
      run(599);
      assert.equal(heard.node.textContent, "");
      run(1);
      assert.equal(heard.node.textContent, "two");
      heard.say("three");
      heard.stop();
      run(10_000);
      assert.equal(heard.node.textContent, "two");
    })
  );
});

test("a box grows and shrinks with its text where style can't do it", () => {
  class ResizeObserver {
    observe() {}
  }
  const own = { lines: 1, height: "" };
  const inner = () => own.height === "auto" ? 20 : parseFloat(own.height || "20") - 2;
  const box = { // of 20 pixels a line, and a border of 1
    style: own,
    // no browser says less than what the box has room for
    get scrollHeight() {
      return Math.max(20 * own.lines, inner());
    },
    get clientHeight() {
      return inner();
    },
    get offsetHeight() {
      return inner() + 2;
    },
  };
  try {
    Object.assign(globalThis, { CSS: { supports: () => false }, ResizeObserver });
    const node = /** @type {HTMLTextAreaElement} */ (/** @type {unknown} */ (box));
    const { grow } = growsWithText(node);
    for (own.lines of [1, 3, 2]) {
      grow();
      assert.equal(own.height, `${20 * own.lines + 2}px`);
    }
  } finally {
    for (const name of ["CSS", "ResizeObserver"]) {
      Reflect.deleteProperty(globalThis, name);
    }
  }
});

test("a curve leaves a picture at the highest point of each stretch above it", () => {
  /** @type {[number, number][]} */
  const points = [[0, 5], [1, 14], [2, 20], [3, 16], [4, 9], [5, 15]];
  assert.deepEqual(peaksBeyond(points, 13.7), [[2, 20], [5, 15]]);
  assert.deepEqual(peaksBeyond(points, 20), []);
  assert.deepEqual(peaksBeyond([], 4), []);
});
