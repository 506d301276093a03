// Pictures that the server brings along as text: the room's own figures and codes.

import { element } from "../lib/dom.js";

/** What holds a figure: in the colours that a figure has on this ground. */
export function figureFrame() {
  const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
  return element("div", { class: "room-figure", "data-jp-theme-light": !isDark });
}

/**
 * @param {string} text of an SVG @param {string} alt what it says
 * @returns {Node} the picture; where it can't be read, what it says
 */
export function parsedSvg(text, alt) {
  const found = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  if (found.localName !== "svg") return element("p", {}, alt);
  for (const script of found.querySelectorAll("script")) script.remove();
  found.querySelector(":scope > title")?.remove(); // its own, which is in English
  found.removeAttribute("style"); // as large as the page has room for
  found.setAttribute("role", "img");
  found.setAttribute("aria-label", alt);
  return document.importNode(found, true);
}
