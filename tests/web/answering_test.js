// What is said where nobody answers: in a notebook, and in a page.

import assert from "node:assert/strict";
import { test } from "node:test";
import { isPage, tellPage, whyNoAnswer } from "../../llm_lessons/web/lib/answering.js";
import { searchOfPage } from "../../llm_lessons/web/widgets/memory_explorer_search.js";
import { standInModel } from "./stand_ins.js";

/**
 * A document with the script of one model, in a state.
 * @param {string | undefined} state @param {() => void} act
 */
function within(state, act) {
  const scripts = [{ dataset: { model: "fjord", state } }];
  const document = { body: { dataset: {} }, querySelectorAll: () => scripts };
  Object.assign(globalThis, { document });
  try {
    act();
  } finally {
    Reflect.deleteProperty(globalThis, "document");
  }
}

const fjord = standInModel({ _lm_name: "fjord" }).model;
const other = standInModel({ _lm_name: "SmolLM2" }).model;

test("in a notebook the kernel may be busy", () => {
  within(undefined, () => {
    assert.equal(isPage(), false);
    assert.match(whyNoAnswer(fjord), /JupyterLab.*busy.*run this cell again/);
    assert.match(whyNoAnswer(fjord, "wait"), /^\(In JupyterLab, .* busy: wait\.\)$/);
  });
});

test("in a page it depends on where the model is", () => {
  const all = { coming: /on its way/, here: /busy: wait/, missing: /file is missing/ };
  for (const [state, words] of Object.entries(all)) {
    within(state, () => {
      tellPage();
      assert.equal(isPage(), true);
      assert.match(whyNoAnswer(fjord), words);
      assert.match(whyNoAnswer(other), /in the notebook only/);
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
