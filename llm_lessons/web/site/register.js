// In each page of the site: from now on it opens without a network, too.

/** What this page has loaded so far, and the way to all lessons. */
const loadedByPage = () => [
  location.href,
  new URL(".", location.href).href,
  ...performance.getEntriesByType("resource").map(({ name }) => name),
];

/** @param {ServiceWorker | null} worker */
const tellWorker = (worker) => worker?.postMessage({ keep: loadedByPage() });

if ("serviceWorker" in navigator) { // which only a secure address has
  addEventListener("load", async () => {
    await navigator.serviceWorker.register("sw.js").catch(() => {}); // it is forbidden
    tellWorker((await navigator.serviceWorker.ready).active);
  });
  // what came later: the model of a toy that one has scrolled to
  addEventListener("pagehide", () => tellWorker(navigator.serviceWorker.controller));
}
