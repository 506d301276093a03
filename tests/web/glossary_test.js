// Which word a link leads to, and where its explanation stands.

import assert from "node:assert/strict";
import { test } from "node:test";
import { anchorOf, byAnchor, placed } from "../../llm_lessons/web/lib/glossary.js";

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

test("an explanation stays in the window and off its link", () => {
  const view = { width: 700, height: 500 };
  const size = { width: 300, height: 80 };
  const link = { left: 100, top: 200, bottom: 220 };
  assert.deepEqual(placed(link, size, view), { left: 100, top: 226 });
  const right = { left: 690, top: 200, bottom: 220 };
  assert.deepEqual(placed(right, size, view), { left: 392, top: 226 });
  const low = { left: 100, top: 460, bottom: 480 };
  assert.deepEqual(placed(low, size, view), { left: 100, top: 374 });
  const tall = { width: 300, height: 490 }; // fits nowhere: then below, as always
  assert.equal(placed(link, tall, view).top, 226);
  const narrow = { width: 200, height: 500 };
  assert.equal(placed(link, size, narrow).left, 8);
});
