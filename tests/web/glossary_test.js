// Which word a link leads to.

import assert from "node:assert/strict";
import { test } from "node:test";
import { anchorOf, byAnchor } from "../../llm_lessons/web/lib/glossary.js";

test("a link leads to a word, in JupyterLab and in a page", () => {
  assert.equal(anchorOf("file:///tmp/glossary.html#Token"), "Token");
  const server = "http://127.0.0.1:8888/files/notebooks/glossary.md?_xsrf=a";
  assert.equal(anchorOf(`${server}#Chain-of-thought`), "Chain-of-thought");
  assert.equal(anchorOf("glossary.md#Top%2Dk"), "Top-k");
  for (const other of ["glossary.md", "glossary.html#", "04.html#Token", "#Token"]) {
    assert.equal(anchorOf(other), null);
  }
  assert.equal(anchorOf("glossary.md#100%"), null);
});

test("a word is found by its heading, as an address writes it", () => {
  const known = byAnchor([["Chain of thought", "Steps."], ["Top-k", "Keeping."]]);
  assert.deepEqual(known.get("Chain-of-thought"), ["Chain of thought", "Steps."]);
  assert.deepEqual(known.get("Top-k"), ["Top-k", "Keeping."]);
  assert.equal(known.get("Chain of thought"), undefined);
});
