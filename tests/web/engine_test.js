// The engine without Python: its numbers, its cuts, and what it refuses.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Agenda } from "../../llm_lessons/web/engine/agenda.js";
import { numbersIn } from "../../llm_lessons/web/engine/blocks.js";
import { decodeStep, extend, prefill } from "../../llm_lessons/web/engine/kv_cache.js";
import { LanguageModel } from "../../llm_lessons/web/engine/model.js";
import { unpack } from "../../llm_lessons/web/engine/parameters.js";
import { coin } from "../../llm_lessons/web/engine/sampling.js";
import { matmul } from "../../llm_lessons/web/engine/speed.js";
import { SentencePieceTokenizer } from "../../llm_lessons/web/engine/tokenizer.js";
import { forward } from "../../llm_lessons/web/engine/transformer.js";
import { finished, random } from "./stand_ins.js";
import { SIZES, weights } from "./tiny_model.js";

const CONFIG = { ...SIZES, vocab_size: 271 };
const BYTES = Array.from(
  { length: 256 },
  (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`,
);
const LEARNED = ["ab", "bc", "abc", " a", "cc", "a", "b", "c", " ", "ø", "ccc", "cccc"];
const TOKENIZER = new SentencePieceTokenizer({
  pieces: ["<unk>", "<s>", "\n", ...BYTES, ...LEARNED],
  scores: [0, 0, 0, ...BYTES.map(() => 0), ...LEARNED.map((_, i) => -i)],
  kinds: `ucd${"b".repeat(256)}${"n".repeat(LEARNED.length)}`,
});

const tiny = () => new LanguageModel("tiny", CONFIG, weights(CONFIG, 5), TOKENIZER);

/** @param {ArrayLike<number>} found @param {ArrayLike<number>} expected */
function close(found, expected, within = 1e-5) {
  assert.equal(found.length, expected.length);
  for (let i = 0; i < found.length; i += 1) {
    const apart = Math.abs(found[i] - expected[i]);
    assert.ok(apart <= within, `${found[i]} for ${expected[i]}`);
  }
}

/** @param {string} text */
const pieces = (text) => TOKENIZER.encode(text).map((id) => TOKENIZER.pieces[id]);

test("neighbours join by their score, and equals from the left", () => {
  assert.deepEqual(pieces("abc"), ["abc"]);
  assert.deepEqual(pieces("bcc"), ["bc", "c"]);
  assert.deepEqual(pieces("cccccc"), ["cccc", "cc"]); // cc cc cc, and none is ccc
  assert.deepEqual(pieces("ccccc"), ["cc", "ccc"]); // ccc is better than cccc
  assert.deepEqual(pieces(" ab a"), [" ", "ab", " a"]);
});

test("what is no piece is spelled in bytes, and nothing joins a line break", () => {
  assert.deepEqual(pieces("c\nc"), ["c", "\n", "c"]);
  assert.deepEqual(pieces("øå"), ["ø", "<0xC3>", "<0xA5>"]);
  assert.deepEqual(pieces("a\u2581b"), ["a", "<0xE2>", "<0x96>", "<0x81>", "b"]);
  assert.deepEqual(pieces("\ud83e"), ["<0xEF>", "<0xBF>", "<0xBD>"]);
  assert.deepEqual(pieces("<s>").length, 3);
  assert.deepEqual(pieces(""), []);
});

test("a text comes back, a character at a time", () => {
  const text = "\ufeffabc 🦊\u2581\n";
  const ids = TOKENIZER.encode(text);
  assert.equal(TOKENIZER.decode(ids), text);
  const fox = [...TOKENIZER.decodeStream(TOKENIZER.encode("🦊"))];
  assert.deepEqual(fox, ["", "", "", "🦊", ""]);
  assert.equal(TOKENIZER.decode([1, TOKENIZER.encode("ø")[0], 3 + 0xe2]), "ø\ufffd");
  assert.throws(() => TOKENIZER.decode([271]), /ids must be token ids from 0 to 270/);
});

test("an agenda hands out the best score first, then from the left", () => {
  const next = random(1);
  const agenda = new Agenda();
  const pairs = Array.from({ length: 500 }, (_, left) => ({
    score: Math.floor(20 * next()),
    left,
    right: left + 1,
    joined: "",
  }));
  for (const pair of pairs) agenda.add(pair);
  const order = pairs.toSorted((a, b) => b.score - a.score || a.left - b.left);
  assert.deepEqual(pairs.map(() => agenda.take()), order);
  assert.equal(agenda.take(), undefined);
});

test("a product is the sum of products, whatever its sides", () => {
  const next = random(2);
  for (const [rows, inputs, outputs] of [[1, 6, 4], [3, 5, 7], [2, 2, 3], [5, 8, 8]]) {
    const x = Float32Array.from({ length: rows * inputs }, next);
    const weight = Float32Array.from({ length: outputs * inputs }, next);
    const expected = Array.from({ length: rows * outputs }, (_, place) => {
      const [row, o] = [Math.floor(place / outputs), place % outputs];
      let sum = 0;
      for (let i = 0; i < inputs; i += 1) {
        sum += x[row * inputs + i] * weight[o * inputs + i];
      }
      return sum;
    });
    close(matmul(x, weight, inputs), expected, 1e-6);
  }
});

test("a text read in parts has the scores of one read at once", () => {
  const { params } = tiny();
  const tokens = [1, 262, 5, 270, 264, 2, 262, 100, 9];
  const whole = forward(params, tokens, CONFIG);
  const size = CONFIG.vocab_size;
  for (const cut of [1, 4, 8]) {
    const { logits, cache } = prefill(params, tokens.slice(0, cut), 9, CONFIG);
    close(logits, whole.subarray((cut - 1) * size, cut * size));
    if (cut === 4) {
      close(extend(params, tokens.slice(4, 7), cache, CONFIG), row(whole, 6, size));
    }
    for (let t = cache.length; t < tokens.length; t += 1) {
      close(decodeStep(params, tokens[t], cache, CONFIG), row(whole, t, size));
    }
  }
});

/** @param {Float32Array} table @param {number} place @param {number} size */
const row = (table, place, size) => table.subarray(place * size, (place + 1) * size);

test("looks add to one, and nobody looks ahead", () => {
  const lm = tiny();
  const found = lm.activations("abc a\nb");
  const steps = lm.encode("abc a\nb").length;
  for (const looks of lm.looks(found)) {
    assert.equal(looks.length, CONFIG.n_heads * steps * steps);
    for (let one = 0; one < CONFIG.n_heads * steps; one += 1) {
      const look = row(looks, one, steps);
      close([look.reduce((a, b) => a + b)], [1]);
      assert.ok(look.subarray(one % steps + 1).every((weight) => weight === 0));
    }
  }
  close(
    lm.guesses(found)[CONFIG.n_layers].slice(-CONFIG.vocab_size),
    lm.logits("abc a\nb"),
  );
});

test("a changed model shares what is not changed, and leaves the other alone", () => {
  const lm = tiny();
  const before = lm.logits("abc");
  const weight = { matrix: "layers[1].down", row: 9, column: 3 };
  const turned = lm.withWeight(weight, 5);
  assert.equal(turned.trained(weight), 5);
  assert.equal(turned.params.layers[0], lm.params.layers[0]);
  assert.equal(turned.params.layers[1].up, lm.params.layers[1].up);
  assert.notDeepEqual(turned.logits("abc"), before);
  const quiet = lm.silenced([[0, 0], [0, 1], [0, 2], [0, 3], [0, 3]]);
  const { output } = quiet.params.layers[0];
  assert.ok(numbersIn(output).every((number) => number === 0));
  assert.equal(quiet.params.embedding, lm.params.embedding);
  assert.deepEqual(lm.logits("abc"), before);
  assert.deepEqual(lm.silenced([]).logits("abc"), before);
});

test("a knob that is turned gives what the changed model gives", () => {
  const lm = tiny();
  const fields = Object.keys(lm.params.layers[0]).map((name) => `layers[1].${name}`);
  for (const matrix of ["embedding", "final_norm", "layers[0].up", ...fields]) {
    const weight = { matrix, row: matrix.endsWith("norm") ? 0 : 1, column: 2 };
    const turn = finished(lm.turning("abc a", weight));
    for (const value of [3, -2, lm.trained(weight)]) {
      const changed = lm.withWeight(weight, value).logits("abc a");
      assert.deepEqual(finished(turn(value)), changed);
    }
  }
});

test("a text stops at its limit, at the window, and where the model ends it", () => {
  const lm = tiny();
  const ids = lm.encode("abc a");
  const drawn = [...lm.drawn(ids, { maxTokens: 7, seed: 3 })];
  assert.deepEqual(drawn.map(({ position }) => position), [3, 4, 5, 6, 7, 8, 9]);
  assert.deepEqual(
    drawn.map((one) => one.coin),
    [3, 4, 5, 6, 7, 8, 9].map((at) => coin(3, at)),
  );
  const most = [...lm.drawn(ids, { maxTokens: 99, seed: 3 })];
  assert.equal(most.length, CONFIG.max_seq_len - ids.length);
  assert.deepEqual(most.slice(0, 7), drawn);
  lm.tokenizer.stops.push(drawn[3].token);
  const ended = [...lm.drawn(ids, { maxTokens: 99, seed: 3 })];
  lm.tokenizer.stops.pop();
  assert.deepEqual(
    ended,
    drawn.slice(0, drawn.findIndex(({ token }) => token === drawn[3].token)),
  );
  assert.equal(
    lm.generate("abc a", { maxTokens: 7, seed: 3 }),
    lm.tokenizer.decode(drawn.map(({ token }) => token)),
  );
  assert.equal([...lm.stream("abc a", { maxTokens: 7 })].every(Boolean), true);
});

test("a text that was read is gone on from, up to what ends it", () => {
  const [lm, settings] = [tiny(), { maxTokens: 6, seed: 3 }];
  const ids = lm.encode("abc a");
  const read = prefill(lm.params, ids, CONFIG.max_seq_len, CONFIG);
  const drawn = [...lm.drawn(ids, settings)];
  assert.deepEqual([...lm.drawn(ids, settings, read)], drawn);
  assert.deepEqual([...lm.drawn(ids, settings, read)], drawn);
  lm.tokenizer.stops.push(drawn[0].token);
  const end = { value: drawn[0], done: true };
  assert.deepEqual(lm.drawn(ids, settings, read).next(), end);
  lm.tokenizer.stops.pop();
});

test("what does not do is refused in one sentence", () => {
  const lm = tiny();
  /** @type {[() => unknown, RegExp][]} */
  const refused = [
    [() => lm.encode(""), /^The prompt is empty: write at least one letter\.$/],
    [() => lm.logits("b ".repeat(30)), /^The prompt is too long: 60 tokens, and this /],
    [() => lm.logits("b ".repeat(3000)), /too long: over 1,536 tokens, .* most 23\. S/],
    [() => lm.encode(JSON.parse("7")), /^text must be a text, .*; it was 7\.$/],
    [
      () => lm.generate("a", { temperature: NaN }),
      /^temperature must be .* was NaN\.$/,
    ],
    [() => lm.generate("a", { top_k: 0 }), /^top_k must be a whole number from 1 /],
    [() => lm.generate("a", { top_p: 1.5 }), /^top_p must be above 0 and at most 1, /],
    [() => lm.generate("a", { min_p: 1.5 }), /^min_p must be from 0 to 1, /],
    [
      () => lm.generate("a", { seed: 0.5 }),
      /^seed must be a whole number; it was 0\.5/,
    ],
    [() => lm.generate("a", { maxTokens: 0 }), /^maxTokens must be .*, 1 or more; /],
    [
      () => lm.silenced([[2, 0]]),
      /^layer must be a whole number from 0 to 1; it was 2/,
    ],
    [() => lm.silenced([[0, 4]]), /^head must be a whole number from 0 to 3; it was 4/],
    [
      () => lm.withWeight({ matrix: "layers[2].up", row: 0, column: 0 }, 1),
      /^There is no matrix "layers\[2\]\.up" in this model\.$/,
    ],
    [
      () => lm.withWeight({ matrix: "embedding", row: 271, column: 0 }, 1),
      /^row must be a whole number from 0 to 270; it was 271\.$/,
    ],
    [
      () => lm.withWeight({ matrix: "final_norm", row: 0, column: 0 }, NaN),
      /^value must be a number, /,
    ],
    [() => [...unpack(btoa("abcd"), CONFIG)], /^The model of this page is damaged: /],
    [() => [...unpack("<html>", CONFIG)], /^The model of this page is damaged: /],
  ];
  for (const [act, sentence] of refused) assert.throws(act, { message: sentence });
});
