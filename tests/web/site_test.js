// The site without a network: which files are kept, renewed and forgotten.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fileAt, keeper } from "../../llm_lessons/web/site/service_worker.js";

/** @import { Files, Scope } from "../../llm_lessons/web/site/service_worker.js" */

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

/** A browser's store, and a network that redirects and can be cut. */
function inBrowser() {
  /** @type {Map<string, Response>} */
  const kept = new Map();
  const network = { isCut: false, version: "one", asked: /** @type {string[]} */ ([]) };
  const bare = (/** @type {string} */ key) => key.split("?")[0];
  const cache = {
    match(/** @type {string} */ key, /** @type {unknown} */ ignoring) {
      const like = (/** @type {string} */ one) => bare(one) === bare(key);
      const found = ignoring ? [...kept.keys()].find(like) ?? "" : key;
      return Promise.resolve(kept.get(found)?.clone());
    },
    put: (/** @type {string} */ key, /** @type {Response} */ response) =>
      Promise.resolve(kept.set(key, response)),
    keys: () => Promise.resolve([...kept.keys()].map((url) => ({ url }))),
    delete: (/** @type {string} */ key) => Promise.resolve(kept.delete(key)),
  };
  Object.defineProperty(globalThis, "caches", {
    value: { open: () => Promise.resolve(cache) },
  });
  globalThis.fetch = (/** @type {unknown} */ url) => {
    network.asked.push(String(url));
    if (network.isCut) return Promise.reject(new TypeError("no network"));
    const response = new Response(network.version);
    return Promise.resolve(
      Object.defineProperty(response, "redirected", { value: true }),
    );
  };
  return { kept, network };
}

/** @param {Files} files */
function keeperOf(files) {
  const own = { registration: { scope: SCOPE }, clients: { claim: async () => {} } };
  const { answer, ...rest } = keeper(
    files,
    /** @type {Scope} */ (/** @type {unknown} */ (own)),
  );
  const says = async (/** @type {string} */ name) => await (await answer(name)).text();
  return { answer, says, ...rest };
}

test("what was visited opens without a network, and is kept up to date", async () => {
  const { kept, network } = inBrowser();
  const own = keeperOf(FILES);
  await own.keep([SCOPE, `${SCOPE}fjord.js`, `${SCOPE}model.gguf`, SCOPE]);
  assert.deepEqual(network.asked, [`${SCOPE}index.html`, `${SCOPE}fjord.js`]);
  network.isCut = true;
  assert.equal(await own.says("fjord.js"), "one");
  await assert.rejects(own.answer("03_x.html"));
  network.isCut = false;
  assert.equal((await own.answer("03_x.html")).redirected, false); // or no page

  network.version = "two";
  const { "03_x.html": _, ...others } = FILES;
  const newer = keeperOf({ ...others, "fjord.js": "c2" });
  network.isCut = true;
  await newer.renew(); // what can't be had anew stays
  assert.equal(await newer.says("fjord.js"), "one");
  network.isCut = false;
  await newer.renew();
  assert.equal(await newer.says("fjord.js"), "two");
  const names = [...kept.keys()].map((key) => key.slice(SCOPE.length)).sort();
  assert.deepEqual(names, ["fjord.js?kept=c2", "index.html?kept=a1"]);
});
