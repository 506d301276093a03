// The site without a network: which files are its own. How they are kept is shown by
// `tests/browser/test_site_offline.py`.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fileAt } from "../../llm_lessons/web/site/service_worker.js";

const SCOPE = "https://example.org/lessons/";
const FILES = { "index.html": "a1", "03_x.html": "b1", "fjord.js": "c1" };

test("an address means a file of the site, or none of its", () => {
  const cases = {
    "": "index.html",
    "#lessons": "index.html",
    "03_x.html?toy=1#play": "03_x.html",
    "fjord.js": "fjord.js",
    "model.gguf": "",
    "toString": "",
    "../fjord.js": "",
  };
  for (const [end, name] of Object.entries(cases)) {
    assert.equal(fileAt(new URL(end, SCOPE).href, SCOPE, FILES), name, end);
  }
  assert.equal(fileAt("https://elsewhere.example/fjord.js", SCOPE, FILES), "");
});
