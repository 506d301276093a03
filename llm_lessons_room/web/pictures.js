// Pictures that the server brings along as text: the room's own figures and codes.

import { element, setText } from "../../llm_lessons/web/lib/dom.js";
import { parsedSvg, setAttributes } from "../../llm_lessons/web/lib/svg.js";

/** @import { FigureShown } from "../activities/talk/phone.js" */

/** A figure, in the colours for this ground. */
export function figureFrame() {
  const isDark = matchMedia("(prefers-color-scheme: dark)").matches;
  const look = { class: "room-figure", "data-jp-theme-light": !isDark };
  const [picture, said] = [element("div", look), element("p")];
  const caption = element("figcaption", {}, said);
  /** @param {FigureShown} shown */
  function update({ svg: text, alt, said: words }) {
    picture.replaceChildren(...(text ? [pictureOf(text, alt)] : []));
    setText(said, words ?? "");
  }
  return { node: element("figure", {}, picture, caption), caption, update };
}

/**
 * @param {string} text of an SVG @param {string} alt what it says
 * @returns {Node} the picture; where it can't be read, what it says
 */
export function pictureOf(text, alt) {
  const svg = parsedSvg(text);
  if (!svg) return element("p", {}, alt);
  svg.querySelector(":scope > title")?.remove(); // its own, which is in English
  svg.removeAttribute("style"); // as large as the page has room for
  setAttributes(svg, { role: "img", "aria-label": alt });
  return svg;
}
