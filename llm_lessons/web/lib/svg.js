// Drawing: an element of an SVG picture, made like those of a page (dom.js).

/** @import { Attributes } from "./dom.js" */

/**
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag @param {Attributes} [attributes] @param {(Node | string)[]} children
 */
export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  place(node, attributes);
  node.append(...children);
  return node;
}

/**
 * Attributes of an element that is there already.
 * @param {SVGElement} node @param {Attributes} attributes
 */
export function place(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    node.setAttribute(name, String(value));
  }
}
