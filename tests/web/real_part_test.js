// The box of the real model in a page: what its buttons do, and what it says.

import assert from "node:assert/strict";
import { test } from "node:test";
import { realModel } from "../../llm_lessons/web/engine/real_model.js";
import { modelWith } from "../../llm_lessons/web/page/states.js";
import { browser, BYTES, SHA256, standInElement } from "./stand_in_browser.js";
import { tinyFile } from "./tiny_gguf.js";
import { until } from "./tiny_model.js";

const ANSWERS = /^SmolLM2 answers in this page\. It stays/;

/**
 * A toy that the page has.
 * @param {string} text @param {Record<string, unknown>} [more]
 */
function ownToy(text, more) {
  const shown = modelWith({
    ...{ _lm_name: "tiny", _anywidget_id: "x.NextToken", _esm: "", _css: "" },
    ...{ prompt: text, _shown: text, _heard: text, _endings: {}, ...more },
  });
  const place = /** @type {HTMLElement} */ (/** @type {unknown} */ (null));
  return { ...shown, place, id: "own" };
}

test("a toy that the page has is answered as long as it is open", async () => {
  const { visit } = browser();
  const own = ownToy("on");
  const page = visit([own]);
  own.model.set("prompt", "off"); // typed before anybody answered
  page.press("Load");
  await until(() => own.model.get("_heard") === "off");
  assert.equal(own.model.get("_in_page"), true);
  page.press("Close it");
  assert.equal(own.model.get("_in_page"), false);
  own.model.set("prompt", "of"); // typed while it is closed
  await new Promise((done) => setTimeout(done, 50));
  assert.equal(own.model.get("_heard"), "off");
  page.press("Open");
  await until(() => own.model.get("_heard") === "of");
});

test("a toy that is closed while it is drawn waits for nothing", async () => {
  const { visit } = browser();
  const page = visit([], [["a", { kind: "NextToken", text: "on" }]]);
  page.press("Load");
  await until(() => page.waiting.size === 1);
  page.press("Close it");
  await until(() => page.waiting.size === 0);
});

test("what goes wrong is said, and can be tried again", async () => {
  const { visit, served, lasting } = browser();
  const page = visit();
  served.content = BYTES.map((byte, i) => i === 5 ? byte ^ 1 : byte);
  page.press("Load");
  await page.says(/thrown away/);
  served.content = BYTES;
  page.press("Load");
  await page.says(ANSWERS);
  // the browser has made room meanwhile: nothing is loaded that nobody asked for
  lasting.pieces.delete(2);
  const [next, before] = [visit(), served.bytes];
  next.press("Open");
  await next.says(/Less of SmolLM2 is here/);
  assert.equal(served.bytes, before);
  next.press("Go on loading (2 MB of 3 MB are here)");
  await next.says(ANSWERS);
  assert.equal(served.bytes, before + BYTES.length - 2 * 2 ** 20);
});

test("what another tab loads meanwhile is not taken for a loss", async () => {
  const { visit, lasting } = browser();
  const page = visit();
  const { count } = lasting.store;
  lasting.store.count = async () => {
    const counted = await count();
    // a piece that came to the other tab after this one had counted
    localStorage.setItem("llm-lessons-real-here", `${SHA256} ${2 ** 20}`);
    return counted;
  };
  page.press("Load");
  await page.says(ANSWERS);
});

test("the keyboard stays in the box while its buttons come and go", async () => {
  const { visit } = browser();
  const page = visit();
  const focused = () => /** @type {unknown} */ (document.activeElement);
  page.press("Load");
  assert.equal(focused(), page.said); // no button is there for a moment
  await page.says(ANSWERS);
  assert.match(String(document.activeElement?.textContent), /^Close it$/);
  const elsewhere = standInElement();
  page.press("Close it");
  page.press("Delete");
  elsewhere.focus();
  await page.says(/is deleted/);
  assert.equal(focused(), elsewhere); // who has gone on is left in peace
});

test("a page that was ended comes back without it, and says so once", async () => {
  const { visit } = browser();
  const page = visit();
  page.press("Load");
  await page.says(ANSWERS);
  const next = visit(); // and nothing of the one before was called
  assert.match(next.said.textContent, /was ended while a real model was open/);
  assert.doesNotMatch(visit().said.textContent, /was ended/);
});

const FILE = new File([tinyFile()], "mine.gguf");
const MINE = /^mine\.gguf answers in this page\. It stays on this device/;

test("a file of one's own answers in SmolLM2's place, in the same toys", async () => {
  const { visit, served } = browser();
  const own = ownToy("ab", { temperature: 0.5 });
  const page = visit([own], [["strip", { kind: "TokenStrip", text: "abc" }]]);
  page.choose(FILE);
  await page.says(MINE);
  await until(() => page.drawn.size === 2 && !/reads/.test(page.said.textContent));
  const bars = page.drawn.get("own");
  const { buffer } = /** @type {DataView} */ (bars?.get("_logits"));
  assert.deepEqual(new Float32Array(buffer), realModel(tinyFile()).logits("ab"));
  assert.deepEqual([bars?.get("prompt"), bars?.get("temperature")], ["ab", 0.5]);
  assert.equal(own.model.get("_in_page"), undefined); // knows other tokens
  const [row] = /** @type {{ name: string, tokens: unknown[] }[]} */ (
    page.drawn.get("strip")?.get("_rows")
  );
  assert.deepEqual([row.name, row.tokens.length], ["mine", 1]);
  assert.equal(served.bytes, 0);
});

test("what a file breaks off goes on: no other tab is taken to load it", async () => {
  const { visit, served } = browser();
  const page = visit();
  page.press("Load SmolLM2");
  page.drop(FILE);
  await page.says(MINE);
  page.press("Close it");
  page.press("Load SmolLM2");
  await page.says(ANSWERS);
  assert.equal(served.owners.size, 1);
});

test("a page from a disk says how", () => {
  const { visit } = browser("file:");
  const page = visit();
  page.press("Load");
  assert.match(page.said.textContent, /python3 start\.py serve/);
});
