// A text that somebody types: the box that it stands in, and what a page's own model
// does with it, by a tiny one with random weights.

import assert from "node:assert/strict";
import { test } from "node:test";
import { answerBranchTree } from "../../llm_lessons/web/answers/branch_tree.js";
import { answerTwoRuns } from "../../llm_lessons/web/answers/two_runs.js";
import { growsWithText } from "../../llm_lessons/web/lib/text_box.js";
import { standInModel } from "./stand_ins.js";
import { tinyModel, until } from "./tiny_model.js";

/** @import { Model } from "../../llm_lessons/web/lib/widget_model.js" */
/** @import { Traits as Tree } from "../../llm_lessons/web/widgets/branch_tree.js" */
/** @import { Traits as Runs } from "../../llm_lessons/web/widgets/two_runs_side.js" */

/** A box of one line of 20 pixels for each line of its text, with a border of 1. */
function standInBox() {
  const style = { height: "" };
  const lines = { count: 1 };
  const inner = () =>
    style.height === "auto" ? 20 : parseFloat(style.height || "20") - 2;
  return {
    style,
    lines,
    // no browser says less than what the box has room for
    get scrollHeight() {
      return Math.max(20 * lines.count, inner());
    },
    get clientHeight() {
      return inner();
    },
    get offsetHeight() {
      return inner() + 2;
    },
  };
}

/** @param {boolean} inStyle whether style can do it @param {() => void} act */
function inBrowser(inStyle, act) {
  class ResizeObserver {
    observe() {}
    disconnect() {}
  }
  Object.assign(globalThis, { CSS: { supports: () => inStyle }, ResizeObserver });
  try {
    act();
  } finally {
    for (const name of ["CSS", "ResizeObserver"]) {
      Reflect.deleteProperty(globalThis, name);
    }
  }
}

test("a box grows and shrinks with its text where style can't do it", () => {
  inBrowser(false, () => {
    const box = standInBox();
    const { grow } = growsWithText(
      /** @type {HTMLTextAreaElement} */ (/** @type {unknown} */ (box)),
    );
    for (const lines of [1, 3, 2]) {
      box.lines.count = lines;
      grow();
      assert.equal(box.style.height, `${20 * lines + 2}px`);
    }
  });
  inBrowser(true, () => {
    const box = standInBox();
    const { grow } = growsWithText(
      /** @type {HTMLTextAreaElement} */ (/** @type {unknown} */ (box)),
    );
    grow();
    assert.equal(box.style.height, "");
  });
});

const LM = tinyModel();
const TOO_LONG = "a".repeat(40);

/**
 * Type a text and wait until it is read.
 * @param {Model<any>} model @param {string} text
 */
async function type(model, text) {
  model.set("prompt", text);
  await until(() => model.get("_heard") === text);
}

test("the runs of another text begin anew, with the same seeds", async () => {
  const { model } = standInModel(
    /** @type {Runs & Record<string, unknown>} */ ({
      ...{ prompt: "a b", _shown: "a b", _heard: "a b", _message: "", flips: 7 },
      ...{
        same_coins: false,
        _pieces: {},
        _marks: {},
        _endings: {},
        _size: 257,
        _bars: 5,
      },
      ...{ _runs: [{ seed: 3, flips: [] }, { seed: 4, flips: [] }] },
      ...{ _pair: 1, _named: 1, _wanted: 2, _has_origins: false, _in_page: true },
      ...{ _origins_asked: [], _origins: {} },
    }),
  );
  answerTwoRuns(model, LM);
  await type(model, TOO_LONG);
  assert.match(model.get("_message"), /too long/);
  assert.deepEqual([model.get("_shown"), model.get("flips")], ["a b", 7]);
  await type(model, "on");
  assert.deepEqual([model.get("_shown"), model.get("_message")], ["on", ""]);
  assert.deepEqual([model.get("flips"), model.get("_pair")], [0, 0]);
  const seeds = () => model.get("_runs").map(({ seed }) => seed);
  assert.deepEqual(seeds(), [3, 4]);
  const first = model.get("_runs")[0].flips.map(([token]) => token);
  assert.ok(first.length > 0);
  model.set("_wanted", 4); // behind the new text
  await until(() => model.get("_runs").length === 4);
  assert.deepEqual(seeds(), [3, 4, 5, 6]);
  await type(model, "off");
  await type(model, "on");
  assert.deepEqual(model.get("_runs")[0].flips.map(([token]) => token), first);
});

test("another text has another tree, and one that is refused has none", async () => {
  const { model } = standInModel(
    /** @type {Tree & Record<string, unknown>} */ ({
      ...{ prompt: "a b", _shown: "a b", _heard: "a b", _message: "", path: [66] },
      ...{
        _forks: {},
        _grown: true,
        _pieces: {},
        _marks: {},
        _stops: [0],
        _sure: 0.99,
      },
      ...{ _asked: "66.67", _room: 12, _in_page: true },
    }),
  );
  answerBranchTree(model, LM);
  await until(() => "66.67" in model.get("_forks"));
  await type(model, "");
  assert.match(model.get("_message"), /empty/);
  assert.deepEqual([model.get("_shown"), model.get("path")], ["a b", [66]]);
  await type(model, "on");
  assert.deepEqual([model.get("path"), model.get("_grown")], [[], false]);
  assert.deepEqual([model.get("_shown"), model.get("_room")], ["on", 13]);
  const { "": fork, ...near } = model.get("_forks");
  const expected = fork.likeliest.map(([token]) => String(token)).sort();
  assert.deepEqual(Object.keys(near).sort(), expected.filter((one) => one !== "0"));
  assert.equal(model.get("_asked"), "");
  model.set("_asked", "66.67"); // as before, but behind another text
  await until(() => "66.67" in model.get("_forks"));
});
