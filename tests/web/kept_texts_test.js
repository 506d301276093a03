// A page searches the texts that it keeps.

import assert from "node:assert/strict";
import { test } from "node:test";
import { searchOfPage } from "../../llm_lessons/web/widgets/memory_explorer_search.js";
import { standInModel } from "./stand_ins.js";

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
