// Pictures that the server brings along as text: the room's own figures and codes.

import { element } from "../lib/dom.js";

/**
 * @param {string} text of an SVG @param {string} alt what it says
 * @returns {Node} the picture; where it can't be read, what it says
 */
export function parsedSvg(text, alt) {
  const found = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  if (found.localName !== "svg") return element("p", {}, alt);
  for (const script of found.querySelectorAll("script")) script.remove();
  found.setAttribute("role", "img");
  found.setAttribute("aria-label", alt);
  return document.importNode(found, true);
}
