// A model of one's own lines: what is refused, what it reads, what it writes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { placeOfRate } from "../../llm_lessons/web/widgets/train_your_own.js";
import {
  batchAt,
  bits,
  byHeartOf,
  lettersIn,
  pupilOf,
  written,
} from "../../llm_lessons/web/widgets/train_your_own_model.js";
import {
  lettersOf,
  linesOf,
  parted,
  RARE,
  shuffled,
  textFrom,
  textOfTokens,
  tokensOf,
} from "../../llm_lessons/web/widgets/train_your_own_text.js";
import { isBroken } from "../../llm_lessons/web/widgets/train_your_own_training.js";

const NAMES =
  "anna benno carla dario elena fabio greta hanno ilona jakob karla leo mona";
const LINES = NAMES.split(" ");

test("lines are cut at their ends, tidied, and each is there once", () => {
  const text = `\ufeff  ${LINES.join("\r\n")}\n\n anna \n big\t  dog\n`;
  assert.deepEqual(linesOf(text), [...LINES, "big dog"]);
  // An e with an accent behind it is one letter.
  assert.ok(linesOf(`${LINES.join("\n")}\nre\u0301my`).includes("r\u00e9my"));
});

test("a long line is cut at a space, and one without a space anyway", () => {
  const words = Array.from({ length: 200 }, (_, i) => `word${i}`).join(" ");
  const lines = linesOf(words);
  assert.equal(lines.join(" "), words);
  assert.ok(lines.length > 10 && lines.every((line) => line.length <= 60));
  const solid = "\u4e00\u4e01\u4e02".repeat(28);
  const cut = linesOf(`${LINES.join("\n")}\n${solid}`).slice(LINES.length);
  assert.deepEqual(cut, [solid.slice(0, 60), solid.slice(60)]);
});

test("what can't be learned from gets a sentence that says what to do", () => {
  const with_ = (/** @type {string} */ line) => [...LINES, line].join("\n");
  /** @type {[string, RegExp][]} */
  const texts = [
    [" \n\t\n", /^The box is empty\. Write 10 lines or more, or choose a list\.$/],
    ["Anna\nAnna\n", /^Different lines so far: 1\..*write 9 more, each word/],
    ["aaaa\naa\n", /one letter, “a”.*several letters\.$/],
    ["Anna ".repeat(200_000), /^This is 1,000 KB .* Keep a part of it\.$/],
    [with_("a\u0007b"), /^Line 14 holds a control character, U\+0007\. Delete it/],
    [with_("a\ud83d"), /^Line 14 holds half a sign, .* paste the text anew\.$/],
    [with_("a\ufffd"), /^Line 14 holds the sign .* Save the file as UTF-8/],
  ];
  for (const [text, sentence] of texts) {
    assert.throws(() => linesOf(text), { message: sentence });
  }
});

test("any script is learned from, as it is written", () => {
  for (const letters of ["अआइईउऊएऐओऔक", "ابتثجحخدذرز", "😀😁😂🤣😃😄😅😆😉😊😋"]) {
    const lines = linesOf([...letters].map((one) => `${one}${letters}`).join("\n"));
    const known = lettersOf(lines);
    for (const line of lines) {
      assert.equal(textOfTokens(tokensOf(line, known), known), line);
    }
  }
});

test("the most frequent letters have a token each, all others one", () => {
  assert.deepEqual(lettersOf(["abba", "b c"]), ["b", "a", " ", "c"]);
  const many = Array.from({ length: 300 }, (_, i) => String.fromCodePoint(0x4e00 + i));
  const letters = lettersOf([...many, many.slice(250).join("")]);
  assert.equal(letters.length, 201);
  assert.deepEqual(letters.slice(0, 50), many.slice(250));
  assert.equal(letters.at(-1), RARE);
  assert.deepEqual(tokensOf(many[249], letters), [0, 201, 0]);
  assert.equal(textOfTokens([0, 201, 1, 0], letters), RARE + many[250]);
});

test("one line in ten is kept aside, and is always the same", () => {
  const lines = Array.from({ length: 120 }, (_, i) => `line ${i}`);
  const { read, aside } = parted(lines);
  assert.equal(aside.length, 12);
  assert.deepEqual([...read, ...aside].sort(), lines.toSorted());
  assert.deepEqual(parted(lines), { read, aside });
  assert.equal(parted(LINES).aside.length, 1);
  assert.deepEqual([...shuffled(50, 3)].sort((a, b) => a - b), [...Array(50).keys()]);
  assert.notDeepEqual(shuffled(50, 3), shuffled(50, 4));
});

test("a model reads all lines before it reads one again", () => {
  const pupil = pupilOf(LINES, 5, () => 0.003);
  const { rows, rowLength, read, letters } = pupil;
  const texts = [0, 1, 2].flatMap((step) => {
    const batch = batchAt(pupil, step);
    assert.equal(batch.length, rows * (rowLength + 1));
    return Array.from({ length: rows }, (_, row) => {
      const tokens = [...batch.subarray(row * (rowLength + 1))].slice(0, rowLength + 1);
      return textOfTokens(tokens.filter((token) => token >= 0), letters);
    });
  });
  const round = texts.slice(read.length, 2 * read.length);
  assert.deepEqual(round.toSorted(), parted(LINES).read.toSorted());
  assert.equal(lettersIn(Int32Array.of(0, 3, 0, 0, 0, -1), 2), 3);
  assert.deepEqual(batchAt(pupil, 2), batchAt(pupilOf(LINES, 5, () => 1), 2));
});

test("a file may be saved as Windows saves it", () => {
  const text = "Åse\nBjørn";
  const utf8 = new TextEncoder().encode(text);
  const letters = Array.from(text, (letter) => letter.charCodeAt(0));
  const wide = Uint8Array.from([0xff, 0xfe, ...letters.flatMap((one) => [one, 0])]);
  const marked = Uint8Array.from([0xef, 0xbb, 0xbf, ...utf8]);
  for (const bytes of [utf8, marked, Uint8Array.from(letters), wide]) {
    assert.equal(textFrom(bytes.buffer), text);
  }
});

test("it learns, and what it writes depends on its seed alone", () => {
  const [one, same, other] = [4, 4, 5].map((seed) => pupilOf(LINES, seed, () => 0.01));
  /** @type {number[]} */
  const losses = [];
  for (let step = 0; step < 40; step += 1) {
    losses.push(bits(one.trainer.step(batchAt(one, step))));
    same.trainer.step(batchAt(same, step));
  }
  assert.ok(losses[39] < losses[0] / 2, `${losses[0]} to ${losses[39]}`);
  const texts = Array.from({ length: 12 }, (_, i) => written(one, i));
  assert.deepEqual(Array.from({ length: 12 }, (_, i) => written(same, i)), texts);
  assert.notDeepEqual(Array.from({ length: 12 }, (_, i) => written(other, i)), texts);
  const { heart, fresh } = byHeartOf(texts, one.known);
  assert.ok(heart > 0 && heart + fresh === 12, texts.join());
});

test("a rate that is too high is known by its loss", () => {
  assert.ok(isBroken(NaN, 20) && isBroken(40, 20));
  assert.ok(!isBroken(null, 20) && !isBroken(Math.log2(21), 20));
  assert.equal(placeOfRate(0.001), 1);
  assert.equal(placeOfRate(0.0012), 1);
});
