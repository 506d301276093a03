// Tokens: how they are made visible.

import assert from "node:assert/strict";
import { test } from "node:test";
import { pieceParts, visiblePiece } from "../../llm_lessons/web/lib/pieces.js";
import { random } from "./stand_ins.js";

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
