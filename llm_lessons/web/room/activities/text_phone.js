// What a phone shows while the room listens, talks or plays with cards.

import { element, setText } from "../../lib/dom.js";
import { figureFrame, pictureOf } from "../pictures.js";

/** @import { Activity, Place } from "../moment.js" */
/**
 * `pages`: of lessons, which the room itself serves.
 * @typedef {{ text?: string, pages?: { address: string, title: string }[] }} TextShown
 * @typedef {{ svg: string, alt: string, said: string, coming?: boolean }} FigureShown
 */

/**
 * @param {Place} place
 * @returns {Activity}
 */
export function textOnPhone({ tell }) {
  const text = element("div", { class: "room-text" });
  const [note, more] = ["waiting", "pages_here"].map((key) =>
    element("p", { class: "room-note" }, tell(key))
  );
  const links = element("ul", { class: "room-links" });
  const node = element("div", {}, text, note, more, links);
  let written = "";

  /** @param {TextShown} shown */
  function drawLinks({ pages = [] }) {
    more.hidden = links.hidden = !pages.length;
    links.replaceChildren(...pages.map(({ address, title }) => {
      const link = { href: address, target: "_blank" };
      return element("li", {}, element("a", link, title));
    }));
  }

  return {
    node,
    show({ step: { shown } }) {
      const now = JSON.stringify(shown);
      if (now === written) return; // else whoever stands in it would fall out
      written = now;
      const told = /** @type {TextShown} */ (shown);
      const paragraphs = (told.text ?? "").split(/\n\s*\n/);
      text.replaceChildren(...paragraphs.map((one) => element("p", {}, one)));
      drawLinks(told);
    },
  };
}

/**
 * @param {Place} place
 * @returns {Activity}
 */
export function waitingOnPhone({ tell }) {
  return { node: element("p", { class: "room-note" }, tell("waiting")), show() {} };
}

/**
 * @param {Place} place
 * @returns {Activity}
 */
export function breakOnPhone({ tell }) {
  const node = element("p", { class: "room-text" }, tell("break_now"));
  return { node, show() {} };
}

/**
 * @returns {Activity}
 */
export function figureOnPhone() {
  const [picture, said] = [figureFrame(), element("p")];
  const node = element("figure", {}, picture, element("figcaption", {}, said));
  return {
    node,
    show({ step }) {
      const { svg, alt, said: text } = /** @type {FigureShown} */ (step.shown);
      picture.replaceChildren(...(svg ? [pictureOf(svg, alt)] : []));
      setText(said, text ?? "");
    },
  };
}
