// The site without a network: which files are kept, renewed and forgotten.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  aboutKept,
  fileAt,
  keeper,
} from "../../llm_lessons/web/site/service_worker.js";

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

test("what changed is stale, and what is no more is gone", () => {
  const keys = ["index.html?kept=a1", "fjord.js?kept=c0", "old.html?kept=d1"];
  const found = aboutKept(keys.map((one) => SCOPE + one), SCOPE, FILES);
  assert.deepEqual(found, {
    stale: [`${SCOPE}fjord.js?kept=c0`],
    gone: [`${SCOPE}old.html?kept=d1`],
  });
});

/**
 * A browser with a store, and a network that redirects and can be cut.
 * @param {(browser: { store: Map<string, string>, asked: string[],
 *   network: { isCut: boolean, version: string } }) => Promise<void>} test
 */
async function inBrowser(test) {
  const before = { fetch: globalThis.fetch, caches: globalThis.caches };
  const store = /** @type {Map<string, string>} */ (new Map());
  const asked = /** @type {string[]} */ ([]);
  const network = { isCut: false, version: "one" };
  const cache = {
    /** @param {string} key @param {{ ignoreSearch?: boolean }} [how] */
    match(key, how) {
      const bare = (/** @type {string} */ one) => one.split("?")[0];
      const found = how?.ignoreSearch
        ? [...store.keys()].find((one) => bare(one) === bare(key))
        : key;
      const text = found === undefined ? undefined : store.get(found);
      return Promise.resolve(text === undefined ? undefined : new Response(text));
    },
    /** @param {string} key @param {Response} response */
    async put(key, response) {
      store.set(key, await response.text());
    },
    keys: () => Promise.resolve([...store.keys()].map((url) => ({ url }))),
    /** @param {string} key */
    delete: (key) => Promise.resolve(store.delete(key)),
  };
  Object.defineProperty(globalThis, "caches", {
    value: { open: () => Promise.resolve(cache) },
    configurable: true,
    writable: true,
  });
  globalThis.fetch = (/** @type {unknown} */ url) => {
    asked.push(String(url));
    if (network.isCut) return Promise.reject(new TypeError("no network"));
    const response = new Response(`${String(url)} ${network.version}`);
    return Promise.resolve(
      Object.defineProperty(response, "redirected", { value: true }),
    );
  };
  try {
    await test({ store, asked, network });
  } finally {
    globalThis.fetch = before.fetch;
    Object.defineProperty(globalThis, "caches", {
      value: before.caches,
      configurable: true,
      writable: true,
    });
  }
}

/** @param {Files} files */
function keeperOf(files) {
  const own = { registration: { scope: SCOPE }, clients: { claim: async () => {} } };
  return keeper(files, /** @type {Scope} */ (/** @type {unknown} */ (own)));
}

test("what was visited opens without a network, once and from then on", () =>
  inBrowser(async ({ asked, network }) => {
    const own = keeperOf(FILES);
    await own.keep([SCOPE, `${SCOPE}fjord.js`, `${SCOPE}model.gguf`, SCOPE]);
    assert.deepEqual(asked, [`${SCOPE}index.html`, `${SCOPE}fjord.js`]);
    network.isCut = true;
    for (const name of ["index.html", "fjord.js"]) {
      assert.match(await (await own.answer(name)).text(), / one$/);
    }
    assert.equal(asked.length, 2);
    await assert.rejects(own.answer("03_x.html"));
    network.isCut = false;
    assert.equal((await own.answer("03_x.html")).redirected, false); // or no page
    network.isCut = true;
    assert.match(await (await own.answer("03_x.html")).text(), / one$/);
  }));

test("a new version takes the place of the old one, as soon as it is here", () =>
  inBrowser(async ({ store, network }) => {
    await keeperOf(FILES).keep([SCOPE, `${SCOPE}fjord.js`, `${SCOPE}03_x.html`]);
    network.version = "two";
    const { "03_x.html": _, ...others } = FILES;
    const newer = keeperOf({ ...others, "fjord.js": "c2" });
    network.isCut = true;
    await newer.renew(); // what can't be had anew stays
    assert.match(await (await newer.answer("fjord.js")).text(), / one$/);
    network.isCut = false;
    await newer.renew();
    assert.match(await (await newer.answer("fjord.js")).text(), / two$/);
    assert.match(await (await newer.answer("index.html")).text(), / one$/);
    const kept = [...store.keys()].map((key) => key.slice(SCOPE.length)).sort();
    assert.deepEqual(kept, ["fjord.js?kept=c2", "index.html?kept=a1"]);
  }));
