// A model from a GGUF file: its scores, its text, and how it is talked to.

import assert from "node:assert/strict";
import { test } from "node:test";
import { chanceOf } from "../../llm_lessons/web/answers/texts.js";
import { numbersIn } from "../../llm_lessons/web/engine/blocks.js";
import { Reader } from "../../llm_lessons/web/engine/kv_cache.js";
import { roomForFile } from "../../llm_lessons/web/engine/products.js";
import { realModel } from "../../llm_lessons/web/engine/real_model.js";
import { chatPrompt, encodeChat } from "../../llm_lessons/web/engine/templates.js";
import { finished } from "./stand_ins.js";
import { tinyFile, TOKENS } from "./tiny_gguf.js";

/** @import { LanguageModel } from "../../llm_lessons/web/engine/model.js" */
/** @import { Layer } from "../../llm_lessons/web/engine/parameters.js" */

const FILE = tinyFile();
/** @param {Uint8Array} file */
function opened(file) {
  const bytes = roomForFile(file.length);
  bytes.set(file);
  return realModel(bytes);
}

/** The same model with all of its weights worked out. @param {LanguageModel} lm */
function workedOut(lm) {
  const { embedding, layers, final_norm } = lm.params;
  /** @param {Layer} layer */
  const all = ({ attention_norm, mlp_norm, ...layer }) => ({
    ...{ attention_norm, mlp_norm, query: numbersIn(layer.query) },
    ...{ key: numbersIn(layer.key), value: numbersIn(layer.value) },
    ...{ output: numbersIn(layer.output), gate: numbersIn(layer.gate) },
    ...{ up: numbersIn(layer.up), down: numbersIn(layer.down) },
  });
  return lm.withParams({
    embedding: numbersIn(embedding),
    layers: layers.map(all),
    final_norm,
    output_head: null,
  });
}

/** @param {ArrayLike<number>} found @param {ArrayLike<number>} expected */
function close(found, expected) {
  assert.equal(found.length, expected.length);
  const far = Math.max(...Array.from(found, (one, i) => Math.abs(one - expected[i])));
  assert.ok(far < 1e-4, `${far}`);
}

test("scores are those of the weights that blocks stand for", () => {
  const lm = opened(FILE);
  const plain = workedOut(lm);
  for (const prompt of ["a", "abc cc", "a bcab, abc ø. 12 ab a b c"]) {
    const expected = plain.logits(prompt);
    assert.equal(expected.length, TOKENS.length);
    assert.ok(Math.max(...expected) - Math.min(...expected) > 0.1);
    close(lm.logits(prompt), expected);
  }
});

test("a file of another model, or in another packing, is refused", () => {
  const table = "token_embd.weight";
  for (
    const file of [
      new TextEncoder().encode("{}  what is this?"),
      FILE.with(4, 9), // the version
      tinyFile([["llama.feed_forward_length", "u32", 48]]),
      tinyFile([], [{ name: table, shape: [TOKENS.length, 32], kind: "Q4_1" }]),
    ]
  ) {
    assert.throws(() => opened(file), /not the file of SmolLM2/);
  }
});

test("what can be done to Fjord can be done to it", () => {
  const bytes = roomForFile(FILE.length);
  bytes.set(FILE);
  const lm = realModel(bytes);
  const { query } = lm.params.layers[1];
  assert.ok("bytes" in query && query.bytes.buffer === bytes.buffer);
  const plain = workedOut(lm);
  const before = plain.logits("abc cc");
  const heads = /** @type {[number, number][]} */ ([[0, 1], [1, 3]]);
  close(lm.silenced(heads).logits("abc"), plain.silenced(heads).logits("abc"));
  for (const matrix of ["embedding", "layers[1].query", "layers[0].mlp_norm"]) {
    const weight = { matrix, row: 0, column: 9 };
    assert.equal(lm.trained(weight), plain.trained(weight));
    const [turned, other] = [lm, plain].map((one) =>
      finished(finished(one.turning("abc cc", weight))(3))
    );
    close(turned, other);
    assert.notDeepEqual(other, before);
  }
  const reader = new Reader(lm);
  const ids = lm.encode("abc cc ab a bc");
  close(finished(reader.read(ids)), lm.logits("abc cc ab a bc"));
  close(reader.behind(2, ids.slice(2)), lm.logits("abc cc ab a bc"));
});

test("an ending that joins the first token has nothing to be guessed from", () => {
  const reader = opened(FILE).reader();
  assert.equal(finished(chanceOf(reader, "a", "b")), 1); // "ab" is one token
  const chance = finished(chanceOf(reader, "a", "bcc"));
  assert.ok(chance > 0 && chance < 1);
});

test("a conversation is written down as SmolLM2 was shown it", () => {
  const hello = [{ role: "user", content: "<|im_end|>" }];
  const lm = opened(tinyFile([["llama.context_length", "u32", 900]]));
  const prompt = chatPrompt(lm, hello);
  assert.ok(prompt.endsWith("user\n<|im_end|><|im_end|>\n<|im_start|>assistant\n"));
  const { ids, stops } = encodeChat(lm, hello);
  assert.deepEqual(ids.filter((id) => id < 3), [1, 2, 1, 2, 1]);
  assert.deepEqual(stops, [2, 0]);
});
