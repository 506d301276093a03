// The address of a room, as it is read and typed.

import { element } from "../../llm_lessons/web/lib/dom.js";

/** The address without what a browser adds by itself. @param {string} address */
export function shortAddress(address) {
  return address.replace(/\/$/, "");
}

/** An address that may break where it is read in parts. @param {string} address */
export function breakable(address) {
  const parts = address.replace("//", "//\n").replace(/(?=:\d)/g, "\n").split("\n");
  return parts.flatMap((part, i) => i ? [element("wbr"), part] : [part]);
}
