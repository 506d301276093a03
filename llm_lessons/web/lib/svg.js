// Pictures from elements, as `dom.js` builds pages.

/** @import { Attributes } from "./dom.js" */

/**
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag @param {Attributes} [attributes] @param {(Node | string)[]} children
 */
export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  setAttributes(node, attributes);
  node.append(...children);
  return node;
}

/**
 * A picture that Python has drawn, from its text; without scripts, as one never knows.
 * @param {string} text @returns {Element | null} null where it is no SVG
 */
export function parsedSvg(text) {
  const found = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  if (found.localName !== "svg") return null;
  for (const script of found.querySelectorAll("script")) script.remove();
  return document.importNode(found, true);
}

/** @param {Element} node @param {Attributes} attributes */
export function setAttributes(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    node.setAttribute(name, String(value));
  }
}

/** The points of a line, as a path's `d`. @param {[number, number][]} points */
export function pathOf(points) {
  return points
    .map(([x, y], i) => `${i ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`)
    .join("");
}
