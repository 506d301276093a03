// What is said where nobody answers: in a notebook, and in a page.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  isPage,
  noAnswer,
  PYTHON,
  tellPage,
} from "../../llm_lessons/web/lib/answering.js";
import { listenTo } from "../../llm_lessons/web/lib/kernel.js";
import { searchOfPage } from "../../llm_lessons/web/widgets/memory_explorer_search.js";
import { standInKernel, standInModel } from "./stand_ins.js";

/**
 * A document with the script of one model, in a state, and a box that loads SmolLM2.
 * @param {string | undefined} state @param {() => void} act
 */
function within(state, act) {
  const scripts = [{ dataset: { model: "fjord", state } }];
  const document = {
    body: { dataset: {} },
    querySelectorAll: () => scripts,
    querySelector: () => ({ dataset: { model: "smollm2" } }),
  };
  Object.assign(globalThis, { document });
  try {
    act();
  } finally {
    Reflect.deleteProperty(globalThis, "document");
  }
}

const fjord = standInModel({ _lm_name: "fjord" }).model;
const other = standInModel({ _lm_name: "ollama:other" }).model;
const real = standInModel({ _lm_name: "smollm2" }).model;

test("in a notebook the words follow what is known of the kernel", () => {
  within(undefined, () => {
    assert.equal(isPage(), false);
    // Nobody tells: it may be busy.
    const unknown = noAnswer(fjord, ", so all stays");
    assert.match(unknown, /^No answer yet, so all stays\. .* may be busy: wait\./);
    const { kernel, tell } = standInKernel();
    const { model } = standInModel({});
    model.widget_manager = { kernel };
    listenTo(model);
    tell("busy", "execute_request");
    const busy = "Still working: the kernel is busy with another cell.";
    assert.equal(noAnswer(model, ", so all stays"), busy);
    model.widget_manager = { kernel: null };
    const gone = noAnswer(model, ", so all stays");
    assert.match(
      gone,
      /^No model is answering, so all stays\. \(The kernel is gone: run/,
    );
    const kept = noAnswer(model, "", { ...PYTHON, remedy: "copy it" });
    assert.equal(kept, "Python is not answering. (The kernel is gone: copy it.)");
  });
});

test("in a page it depends on where the model is", () => {
  const all = { coming: /on its way/, here: /busy: wait/, missing: /file is missing/ };
  for (const [state, words] of Object.entries(all)) {
    within(state, () => {
      tellPage();
      assert.equal(isPage(), true);
      assert.match(noAnswer(fjord), words);
      assert.match(noAnswer(other), /in the notebook only/);
      assert.match(noAnswer(real), /Load it first/);
      const slow = standInModel({ _lm_name: "fjord", _in_page: true }).model;
      assert.match(noAnswer(slow), /^The model is still at work/);
    });
  }
});

test("a page searches the texts that it keeps, each of them once", () => {
  const texts = Array.from({ length: 7 }, (_, i) => `Ida met ${i} <b>foxes</b>.`);
  const { model } = standInModel({
    query: "",
    _find: { total: 0, texts: [] },
    _kept_finds: {
      Ida: { total: 9, texts: texts.slice(0, 5) },
      foxes: { total: 7, texts: texts.slice(2) },
    },
  });
  const search = searchOfPage(model);
  const some = search("<b>foxes");
  assert.deepEqual(some.texts, texts.slice(0, 5));
  assert.match(
    some.said,
    /stands in 7 of the 7 texts that this page keeps\. Here are 5/,
  );
  const none = search("Nils");
  assert.deepEqual(none.texts, []);
  assert.match(
    none.said,
    /^“Nils” stands in none of the 7 texts .*notebook searches all/,
  );
});
