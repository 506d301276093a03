// Tokens: how they are joined from pieces, and how they are made visible.

import assert from "node:assert/strict";
import { test } from "node:test";
import { joiner } from "../../llm_lessons/web/lib/joining.js";
import { pieceParts, visiblePiece } from "../../llm_lessons/web/lib/pieces.js";
import { sizeStops } from "../../llm_lessons/web/widgets/growing_vocabulary.js";
import { spokenCounts } from "../../llm_lessons/web/widgets/token_strip.js";
import { random } from "./stand_ins.js";

const PIECES = ["ab", "bc", "abc", "cab"];
const LETTERS = ["a", "b", "c"];
const cut = joiner(PIECES, LETTERS, 100);

/** @param {string} text @param {number} learned */
const namesOf = (text, learned) => cut(text, learned).map(([piece]) => piece);

test("what was learned first joins first", () => {
  assert.deepEqual(namesOf("abcab", 0), ["a", "b", "c", "a", "b"]);
  assert.deepEqual(namesOf("abcab", 1), ["ab", "c", "ab"]);
  assert.deepEqual(namesOf("bcab", 2), ["bc", "ab"]);
  assert.deepEqual(namesOf("abcab", 3), ["abc", "ab"]); // ab, ab, then ab + c
  assert.deepEqual(namesOf("ccab", 4), ["c", "cab"]);
});

test("ids: bytes, then joined pieces, then letters", () => {
  const ids = (/** @type {string} */ text, /** @type {number} */ learned) =>
    cut(text, learned).map(([, id]) => id);
  assert.deepEqual(ids("ab\n", 2), [100, 2]);
  assert.deepEqual(ids("ba", 2), [103, 102]); // letters move behind what is learned
  assert.deepEqual(cut("é", 4), [
    ["<0xC3>", 3 + 0xc3, "⟨0xC3⟩"],
    ["<0xA9>", 3 + 0xa9, "⟨0xA9⟩"],
  ]);
});

test("no letter is lost, however many pieces have been learned", () => {
  const next = random(5);
  for (let turn = 0; turn < 200; turn += 1) {
    const text = Array.from({ length: 12 }, () => "abc"[Math.floor(3 * next())]).join(
      "",
    );
    const learned = Math.floor(5 * next());
    const names = namesOf(text, learned);
    assert.equal(names.join(""), text);
    const known = new Set([...LETTERS, ...PIECES.slice(0, learned)]);
    assert.ok(names.every((name) => known.has(name)));
    // Nothing is left that could be joined.
    names.slice(1).forEach((name, i) => {
      assert.ok(!PIECES.slice(0, learned).includes(names[i] + name));
    });
  }
});

// Of a piece, what is seen and what is spoken.
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

test("sizes to stop at: from the fewest to the most, in steps that grow", () => {
  for (const most of [301, 380, 4096]) {
    const stops = sizeStops(300, most);
    assert.deepEqual([stops[0], stops.at(-1)], [300, most]);
    const steps = stops.slice(1).map((stop, i) => stop - stops[i]);
    assert.ok(steps.every((step) => step > 0));
    assert.ok(steps.slice(0, -1).every((step, i) => i === 0 || step >= steps[i - 1]));
  }
});

test("counts of tokens are spoken, missing vocabularies are not", () => {
  const rows = [
    { name: "Fjord", size: 9, tokens: cut("abc", 3) },
    { name: "GPT-4", missing: "not installed" },
  ];
  assert.equal(spokenCounts("a🦊c", rows), "3 characters: Fjord 1 token.");
});
