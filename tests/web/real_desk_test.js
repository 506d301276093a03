// The real model at work: it is opened once its file is there, and toys of a page are
// answered as if it stood beside them. By a tiny model in its place.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { answerOf } from "../../llm_lessons/web/answers/answers.js";
import { Refusal } from "../../llm_lessons/web/engine/refusal.js";
import { desk } from "../../llm_lessons/web/real/desk.js";
import { storeInMemory } from "../../llm_lessons/web/real/store.js";
import { tinyModel, until } from "./tiny_model.js";

/** @import { AskTraits } from "../../llm_lessons/web/lib/ask.js" */
/** @import { News, Surroundings } from "../../llm_lessons/web/real/desk.js" */
/** @import { Toy } from "../../llm_lessons/web/real/first_traits.js" */
/** @import { Traits } from "../../llm_lessons/web/lib/traits.js" */

const BYTES = Uint8Array.from({ length: 5000 }, (_, i) => i % 251);
const FILE = {
  size: BYTES.length,
  sha256: createHash("sha256").update(BYTES).digest("hex"),
};

/**
 * A page with its desk: what comes from there is copied, as on the way to a worker.
 * @param {Partial<Surroundings>} [other]
 */
function page(other = {}) {
  /** @type {News[]} */
  const heard = [];
  const { hear: send } = desk({
    open(bytes) {
      assert.deepEqual(bytes, BYTES);
      return tinyModel(64);
    },
    room: (size) => new Uint8Array(size),
    answerOf,
    storeOf: () => Promise.resolve(storeInMemory()),
    fetch: () => Promise.resolve(new Response(BYTES)),
    ...other,
  }, (news) => heard.push(structuredClone(news)));
  /** @param {string} id @returns {Traits | null} */
  const toy = (id) => {
    const found = heard.find((one) => one.kind === "toy" && one.id === id);
    return found?.kind === "toy" ? found.traits : null;
  };
  return { heard, send, toy };
}

/** @param {ReturnType<typeof page>} own */
async function loaded({ send }) {
  await send({ kind: "begin", file: FILE, address: "file", owner: "a" });
  await send({ kind: "load" });
}

test("it is said to stay where all of it is kept, and nowhere else", async () => {
  // another tab may delete what this one has kept
  for (const [count, stays] of /** @type {const} */ ([[1, true], [0, false]])) {
    const store = {
      ...storeInMemory(),
      stays: true,
      count: () => Promise.resolve(count),
    };
    const own = page({ storeOf: () => Promise.resolve(store) });
    await loaded(own);
    assert.deepEqual(own.heard.at(-1), { kind: "open", name: "tiny", stays });
  }
});

/** @param {unknown} error */
const fails = (error) => () => {
  throw error;
};

test("what can't be is said in a sentence, and nothing is opened", async () => {
  /** @type {[Partial<Surroundings>, RegExp][]} */
  const cases = [
    [{ room: fails(new RangeError("no room")) }, /too little memory/],
    [{ fetch: () => Promise.resolve(new Response("?", { status: 404 })) }, /not have/],
    [{ open: fails(new Refusal("This is no model.")) }, /no model/],
    [{ open: fails(new TypeError("undefined")) }, /This browser can't/],
  ];
  for (const [other, expected] of cases) {
    const own = page(other);
    await loaded(own);
    const last = own.heard.at(-1);
    assert.ok(last?.kind === "refused");
    assert.match(last.sentence, expected);
    assert.ok(own.heard.every(({ kind }) => kind !== "open"));
  }
});

/** @type {Toy[]} */
const TOYS = [
  { kind: "NextToken", text: "on" },
  { kind: "Continuations", text: "on" },
  { kind: "TwoRuns", text: "on" },
  { kind: "TokenStrip", text: "on, off" },
];

test("toys come with what the model says of their first text", async () => {
  const own = page();
  await loaded(own);
  for (const toy of TOYS) own.send({ kind: "toy", id: toy.kind, toy });
  await until(() => TOYS.every(({ kind }) => own.toy(kind)));
  const [bars, drafts, runs, strip] = TOYS.map(({ kind }) => own.toy(kind) ?? {});
  const lm = tinyModel(64);
  /** @param {Traits} toy */
  const valueOf = (toy) =>
    /** @type {AskTraits} */ (/** @type {unknown} */ (toy))._answers.prompt.value;
  const { buffer } = /** @type {DataView} */ (valueOf(bars));
  assert.deepEqual(new Float32Array(buffer), lm.logits("on"));
  assert.equal(bars.prompt, "on");
  assert.deepEqual(bars._pieces, lm.tokenizer.pieces);
  assert.ok(bars._in_page && bars._lm_name === "tiny");
  assert.deepEqual([drafts.draws, drafts.temperature], [[], 1]);
  /** @type {{ flips: unknown[] }[]} */
  const both = valueOf(runs).runs;
  assert.ok(both.length === 2 && both.every(({ flips }) => flips.length > 0));
  const [row] = /** @type {{ tokens: [string, number][] }[]} */ (strip._rows);
  assert.deepEqual(row.tokens.map(([, id]) => id), lm.tokenizer.encode("on, off"));
});
