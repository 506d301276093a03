// A file for who looks at the page, made in the page.

import { element } from "./dom.js";

const KEPT = 10_000; // milliseconds until a browser has surely read it

/** @param {string} name @param {Blob} blob */
export function saveFile(name, blob) {
  const href = URL.createObjectURL(blob);
  element("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), KEPT);
}

/** @param {string} name @param {string} text @param {string} [kind] */
export function saveText(name, text, kind = "text/plain") {
  saveFile(name, new Blob([text], { type: `${kind};charset=utf-8` }));
}
