// The site without a network: what somebody has visited is kept, and kept up to date.
//
// Its list of files has a digest for each: where one changes, so does this script, and
// a browser that finds another script here begins with it at once.

/**
 * The browser's own names, as far as they are used here.
 * @typedef {object} Scope
 * @property {{ scope: string }} registration
 * @property {() => Promise<void>} skipWaiting
 * @property {{ claim: () => Promise<void> }} clients
 * @property {(name: string, call: (event: WorkerEvent) => void) => void}
 *   addEventListener
 */
/**
 * @typedef {object} WorkerEvent
 * @property {(work: Promise<unknown>) => void} waitUntil
 * @property {(answer: Promise<Response>) => void} respondWith
 * @property {Request} request @property {{ keep?: string[] }} data
 */
/** Digests of files, by their names. @typedef {Record<string, string>} Files */

const CACHE = "llm-lessons";
const MARK = "?kept="; // between a file's address and its digest

/**
 * The file that an address means; "" where it is none of the site's.
 * @param {string} address @param {string} scope @param {Files} files
 */
export function fileAt(address, scope, files) {
  const { href } = new URL(address);
  if (!href.startsWith(scope)) return "";
  const name = decodeURIComponent(href.slice(scope.length).split(/[?#]/)[0]);
  return Object.hasOwn(files, name || "index.html") ? name || "index.html" : "";
}

/**
 * What to do about what was kept: `stale` files are kept anew, `gone` ones are not.
 * @param {string[]} keys addresses, each with a digest @param {string} scope
 * @param {Files} files
 */
function aboutKept(keys, scope, files) {
  /** @type {{ stale: string[], gone: string[] }} */
  const found = { stale: [], gone: [] };
  for (const key of keys) {
    const [address, digest] = key.split(MARK);
    const name = fileAt(address, scope, files);
    if (!name) found.gone.push(key);
    else if (files[name] !== digest) found.stale.push(key);
  }
  return found;
}

/** @param {Files} files @param {Scope} own */
function keeper(files, own) {
  const { scope } = own.registration;
  /** @param {string} name */
  const keyOf = (name) => `${scope}${encodeURI(name)}${MARK}${files[name]}`;

  /** @param {string} name @returns {Promise<Response>} from the network, and kept */
  async function fetched(name) {
    const found = await fetch(`${scope}${encodeURI(name)}`, { cache: "no-cache" });
    if (!found.ok) return found;
    // A browser opens no page by an answer that was redirected, as some hosts do.
    const { status, headers } = found;
    const response = found.redirected
      ? new Response(found.body, { status, headers })
      : found;
    const cache = await caches.open(CACHE);
    await cache.put(keyOf(name), response.clone()).catch(() => {}); // a full disk
    return response;
  }
  /** @param {string} name */
  async function answer(name) {
    const cache = await caches.open(CACHE);
    const kept = await cache.match(keyOf(name));
    if (kept) return kept;
    try {
      return await fetched(name);
    } catch (error) {
      // Without a network, an older one is better than none.
      const older = await cache.match(keyOf(name), { ignoreSearch: true });
      if (older) return older;
      throw error;
    }
  }
  async function renew() {
    const cache = await caches.open(CACHE);
    const keys = (await cache.keys()).map(({ url }) => url);
    const { stale, gone } = aboutKept(keys, scope, files);
    for (const key of gone) await cache.delete(key);
    await own.clients.claim();
    for (const key of stale) {
      const name = fileAt(key.split(MARK)[0], scope, files);
      const isNew = await fetched(name).then(({ ok }) => ok, () => false);
      if (isNew) await cache.delete(key);
    }
  }
  /** @param {string[]} addresses that a page has loaded */
  async function keep(addresses) {
    const names = addresses.map((one) => fileAt(one, scope, files)).filter(Boolean);
    const cache = await caches.open(CACHE);
    for (const name of new Set(names)) {
      if (!(await cache.match(keyOf(name)))) await fetched(name).catch(() => {});
    }
  }
  return { answer, renew, keep };
}

/** Let this script serve the site. @param {Files} files */
export function serveSite(files) {
  const own = /** @type {Scope} */ (/** @type {unknown} */ (globalThis));
  const { answer, renew, keep } = keeper(files, own);
  own.addEventListener("install", (event) => event.waitUntil(own.skipWaiting()));
  own.addEventListener("activate", (event) => event.waitUntil(renew()));
  own.addEventListener(
    "message",
    (event) => event.waitUntil(keep(event.data.keep ?? [])),
  );
  own.addEventListener("fetch", (event) => {
    const { method, url, headers } = event.request;
    const name = fileAt(url, own.registration.scope, files);
    if (method === "GET" && name && !headers.has("Range")) {
      event.respondWith(answer(name));
    }
  });
}
