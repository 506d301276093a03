// A link to a word of the glossary explains it, on hover and on focus, where it stands.

import { element, newId } from "./dom.js";
import { EMPHASIS, marked } from "./marked.js";
import { later } from "./timers.js";
import "./glossary.css" with { type: "text" };

/** A word and what it means. @typedef {[string, string]} Word */
/** @typedef {{ left: number, top: number, bottom: number }} Place */
/** @typedef {{ width: number, height: number }} Size */

const LINK = /glossary\.(?:md|html)[^#]*#(.+)$/;
const [DELAY, GRACE] = [150, 250]; // milliseconds, to pass over a link and to leave it
const [GAP, EDGE] = [6, 8]; // pixels, to the link and to the window's edge

/**
 * The word that an address leads to: its heading, as an address writes it.
 * @param {string} href
 */
export function anchorOf(href) {
  const found = LINK.exec(href);
  try {
    return found && decodeURIComponent(found[1]);
  } catch {
    return null; // a percent sign without its digits
  }
}

/** @param {readonly Word[]} words */
export function byAnchor(words) {
  return new Map(words.map((word) => [word[0].replaceAll(" ", "-"), word]));
}

/**
 * Where an explanation of this size stands: below its link, or above it if the window
 * ends, and never across the window's edge.
 * @param {Place} link @param {Size} size @param {Size} view
 */
export function placed(link, size, view) {
  const left = Math.max(EDGE, Math.min(link.left, view.width - size.width - EDGE));
  const below = link.bottom + GAP;
  const above = link.top - GAP - size.height;
  const fits = below + size.height <= view.height - EDGE || above < EDGE;
  return { left, top: fits ? below : above };
}

/** The explanation on the screen: one for the whole page. */
function bubble() {
  const tip = element("div", { class: "ll-widget ll-tip", role: "tooltip" });
  tip.id = newId();
  tip.hidden = true;
  (document.querySelector("main") ?? document.body).append(tip);
  /** @type {HTMLAnchorElement | null} */
  let shown = null;

  function place() {
    const line = shown?.getClientRects()[0]; // the first, where it goes over two
    if (!line) return;
    const view = { width: innerWidth, height: innerHeight };
    const { left, top } = placed(line, tip.getBoundingClientRect(), view);
    Object.assign(tip.style, { left: `${left}px`, top: `${top}px` });
  }

  /** @param {HTMLAnchorElement} link @param {Word} word */
  function show(link, [term, text]) {
    hide();
    tip.replaceChildren(element("strong", {}, term), ...marked(text, EMPHASIS));
    tip.hidden = false;
    link.setAttribute("aria-describedby", tip.id);
    shown = link;
    place();
  }

  function hide() {
    shown?.removeAttribute("aria-describedby");
    tip.hidden = true;
    shown = null;
  }
  return { tip, show, hide, place, shown: () => shown };
}

/**
 * Explain words in this whole page from now on; a second call changes nothing.
 * @param {readonly Word[]} words
 */
export function explainWords(words) {
  if (!words.length || document.querySelector(".ll-tip")) return;
  const known = byAnchor(words);
  const { tip, show, hide, place, shown } = bubble();
  /** @type {HTMLAnchorElement | null} */
  let next = null;
  const opening = later(DELAY, () => next && explain(next));
  const closing = later(GRACE, hide);

  /** @param {EventTarget | null} target */
  function linkAt(target) {
    const link = target instanceof Element ? target.closest("a") : null;
    return link && known.has(anchorOf(link.href) ?? "") ? link : null;
  }

  /** @param {HTMLAnchorElement} link */
  function explain(link) {
    const word = known.get(anchorOf(link.href) ?? "");
    if (word) show(link, word);
  }

  function leave() {
    opening.stop();
    closing.stop();
    hide();
  }

  listen({
    over(target) {
      const link = linkAt(target);
      const isOnTip = target instanceof Node && tip.contains(target);
      if (isOnTip || (link && link === shown())) return closing.stop();
      opening.stop();
      const isKept = shown() === document.activeElement; // by the keyboard
      if (shown() && !isKept && !closing.isDue()) closing.start();
      next = link;
      if (link) opening.start();
    },
    focus(target) {
      leave();
      const link = linkAt(target);
      if (link) explain(link);
    },
    tap(target) {
      const link = linkAt(target);
      if (!link || link === shown()) return false;
      explain(link);
      return true;
    },
    leave,
    scroll: () => shown() && place(),
    isShown: () => shown() !== null,
  });
}

/**
 * @param {{
 *   over(target: EventTarget | null): void, focus(target: EventTarget | null): void,
 *   tap(target: EventTarget | null): boolean,
 *   leave(): void, scroll(): void, isShown(): boolean,
 * }} word
 */
function listen({ over, focus, tap, leave, scroll, isShown }) {
  let byTouch = false;
  document.addEventListener("pointerdown", (event) => {
    byTouch = event.pointerType === "touch";
  }, true);
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "touch") over(event.target);
  });
  document.addEventListener("focusin", (event) => {
    if (!byTouch && event.target instanceof Element) focus(event.target);
  });
  document.addEventListener("focusout", leave);
  // A finger can't hover: its first tap explains, the second follows the link.
  document.addEventListener("click", (event) => {
    if (!byTouch) return;
    if (tap(event.target)) {
      event.preventDefault();
      event.stopPropagation();
    } else leave();
  }, true);
  document.addEventListener("keydown", (event) => {
    byTouch = false;
    if (event.key !== "Escape" || !isShown()) return;
    event.stopPropagation();
    leave();
  }, true);
  document.addEventListener("scroll", scroll, true);
}
