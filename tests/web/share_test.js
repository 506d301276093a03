// A link to a toy: what stands in it, what comes back, and what is not believed.

import assert from "node:assert/strict";
import { test } from "node:test";
import { hashOf, linkIn, stateBy } from "../../llm_lessons/web/page/share.js";
import { checksOf, stateOf } from "../../llm_lessons/web/page/share_traits.js";
import { standInModel } from "./stand_ins.js";

/** @import { State } from "../../llm_lessons/web/page/share_traits.js" */

const TEXT = "Åse has 100% & “2+2”=4?#\n<b>🦊</b> Anna went home.";
const DRAW = { prompt: "Once", temperature: 1, top_k: null, top_p: null, min_p: null };
const PEOPLE = [["Ida", 1, 2, 3], ["Nils", 0, 0, 0]];
const RACES = [["one", ["p", "q"]], ["two", ["r"]], ["own", []]];
const UP = ["up", 0, 0];
/**
 * Of each kind: what it has, what a learner makes of it, and what no link may bring;
 * what is a text there stands in the address as it is.
 * @type {Record<string, [State, State, Record<string, unknown[]>]>}
 */
const KINDS = {
  BranchTree: [{ prompt: "Once" }, { prompt: TEXT }, { prompt: ["a".repeat(2001)] }],
  Continuations: [DRAW, { temperature: 0 }, { temperature: [[0]] }],
  Effort: [{ easy: "a", hard: "b" }, { hard: TEXT }, {}],
  GrowingVocabulary: [
    { text: "a", size: 260, _first: 256, _letters: ["a"], _pieces: ["b", "c", "d"] },
    { text: TEXT, size: 258 },
    { size: [256, 261, 257.5, '"258"', null] },
  ],
  Knob: [
    { weight: UP, position: 2, _listed: [{ weight: UP, stops: [1, 2, 3, 4, 5] }] },
    { position: 0 },
    { weight: [["up", 1, 0], ["up"], "up"], position: [5, -1, '"0"'] },
  ],
  Machine: [{ text: "a" }, { text: TEXT }, {}],
  MemoryExplorer: [
    { person: "Ida", ask: true, query: "Ida", _people: PEOPLE },
    { person: "Nils", ask: false, query: "" },
    { person: ["Nobody", "length", "__proto__"], ask: ["no", 0] },
  ],
  NextToken: [
    DRAW,
    { prompt: TEXT, temperature: 2.35, top_k: 7, top_p: 0.45, min_p: 0.1 },
    { temperature: [-1, "1e400", null], top_k: [0, 2.5], top_p: [2, {}], min_p: [-1] },
  ],
  OpenBook: [
    { person: 0, others: 0, conflict: false, label: true, note: "a", _people: PEOPLE },
    { person: 1, others: 3, conflict: true, label: false, note: TEXT },
    { person: [2, -1, "length"], others: [4], conflict: [1] },
  ],
  Race: [
    { kind: 0, problem: 0, own: "", step: 0, speed: 6, _asked: [], _kinds: RACES },
    { kind: 2, problem: 0, own: TEXT, step: 12, speed: 20, _asked: [1, 0, 2, 99] },
    { kind: [3, -1, "__proto__"], problem: [2, "length"], _asked: [[1, 1, 0, 0], [1]] },
  ],
  SpeakIfSure: [
    { least: 0, price: 1, chosen: 3, question: "", _dots: [1, 2, 3, 4], _most: 5 },
    { least: 85, price: 3, chosen: -1, question: TEXT },
    { least: [-1, 101, 0.5], price: [6, -1], chosen: [-2, 4, "length"] },
  ],
  TokenStrip: [{ text: "a" }, { text: TEXT }, { text: ["🦊".repeat(1001)] }],
  TwoKnobs: [
    { knobs: [0, 0], steps: 0, size: 1, _range: [-4, 4] },
    { knobs: [-1.25, 0.1 + 0.2], steps: 5, size: 8 },
    { knobs: [[0], [0, 5], [0, null], "00"], steps: [-1], size: [0] },
  ],
  TwoRuns: [
    { prompt: "Once", same_coins: false },
    { prompt: TEXT, same_coins: true },
    { same_coins: [1, "yes"] },
  ],
};

/** @param {string} kind @param {State} traits */
function toyOf(kind, traits) {
  const { model } = standInModel({ ...traits });
  const names = Object.keys(checksOf(kind, model) ?? {});
  const first = stateOf(names, model);
  return { name: `${kind}-1`, kind, model, first, now: () => stateOf(names, model) };
}

test("a link brings back what a learner has made, of each kind of toy", () => {
  for (const [kind, [traits, own]] of Object.entries(KINDS)) {
    const [toy, friends] = [toyOf(kind, traits), toyOf(kind, traits)];
    for (const [name, value] of Object.entries(own)) toy.model.set(name, value);
    const hash = hashOf(toy) ?? "";
    assert.match(hash, /^#[\w.*%+=&-]+&toy=\w+-1$/, kind);
    const link = linkIn(hash);
    assert.equal(link?.name, toy.name);
    const state = stateBy(friends, link?.values ?? new URLSearchParams());
    assert.deepEqual(state, toy.now(), kind);
    assert.notDeepEqual(state, friends.first, kind);
  }
});

test("only what differs from the first state stands in a link", () => {
  const toy = toyOf("NextToken", DRAW);
  toy.model.set("temperature", 0.5);
  assert.equal(hashOf(toy), "#temperature=0.5&toy=NextToken-1");
  toy.model.set("prompt", "a".repeat(2001));
  assert.equal(hashOf(toy), null); // no link at all, before one that brings less
});

test("a value that a toy can't have is left out, and the others come", () => {
  for (const [kind, [traits, , wrong]] of Object.entries(KINDS)) {
    const toy = toyOf(kind, traits);
    for (const [name, values] of Object.entries(wrong)) {
      for (const value of values) {
        const text = typeof value === "string" ? value : JSON.stringify(value);
        const state = stateBy(toy, new URLSearchParams({ [name]: text, x: "1" }));
        assert.deepEqual(state, toy.first, `${kind}.${name}: ${text.slice(0, 40)}`);
      }
    }
  }
  const both = new URLSearchParams("prompt=Twice&temperature=hot&_logits=1");
  const state = stateBy(toyOf("NextToken", DRAW), both);
  assert.deepEqual(state, { ...DRAW, prompt: "Twice" });
});

test("a problem of another kind is none of this one", () => {
  const [traits] = KINDS.Race;
  const toy = toyOf("Race", { ...traits, problem: 1 });
  assert.deepEqual(stateBy(toy, new URLSearchParams("kind=1")), toy.first);
  const other = stateBy(toy, new URLSearchParams("kind=1&problem=0"));
  assert.deepEqual([other.kind, other.problem], [1, 0]);
});

test("what is damaged, or no link to a toy, says nothing", () => {
  for (const hash of ["", "#", "#04_temperature-play", "#toy", "#%", "#%E0%A4%A"]) {
    assert.ok(!linkIn(hash)?.name, hash);
  }
  assert.equal(linkIn(`#toy=NextToken-1&prompt=${"a".repeat(20_000)}`), null);
  const broken = linkIn("#top_k=%5B%5B&temperature=%&toy=NextToken-1");
  const state = stateBy(toyOf("NextToken", DRAW), broken?.values ?? assert.fail());
  assert.deepEqual(state, DRAW);
  assert.equal(checksOf("Predict", standInModel({}).model), undefined);
});
