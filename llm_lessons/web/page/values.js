// The number of a figure's mark, for a finger: a mouse has it by pointing. A finger is
// thicker than a mark, so the nearest one counts.

import { element } from "../lib/dom.js";

const NEAR = 30; // pixels from a finger to the edge of a mark

/** @param {Element} mark @param {MouseEvent} event */
function distance(mark, { clientX, clientY }) {
  const { left, right, top, bottom } = mark.getBoundingClientRect();
  const across = Math.max(left - clientX, 0, clientX - right);
  const down = Math.max(top - clientY, 0, clientY - bottom);
  return Math.hypot(across, down);
}

/** @param {Element} figure @param {MouseEvent} event */
function nearest(figure, event) {
  let [found, least] = [/** @type {Element | null} */ (null), NEAR];
  for (const title of figure.querySelectorAll("use > title, path > title")) {
    const mark = title.parentElement;
    const away = mark === null ? Infinity : distance(mark, event);
    if (away <= least) [found, least] = [title, away];
  }
  return found?.textContent ?? "";
}

/** Touch a figure, and the number of the mark there stands above the finger. */
export function tellValues() {
  const bubble = element("p", { class: "value", role: "status" });
  bubble.hidden = true;
  document.body.append(bubble);
  const hide = () => bubble.hidden = true;
  addEventListener("scroll", hide, { capture: true, passive: true });
  document.addEventListener("click", (event) => {
    const { target, clientX, clientY } = event;
    const figure = target instanceof Element ? target.closest(".ll-figure") : null;
    const said = figure === null ? "" : nearest(figure, event);
    bubble.textContent = said;
    bubble.hidden = said === "";
    const room = document.documentElement.clientWidth - bubble.offsetWidth;
    const left = Math.min(Math.max(clientX - bubble.offsetWidth / 2, 0), room);
    const above = clientY - bubble.offsetHeight - NEAR;
    bubble.style.left = `${left}px`;
    bubble.style.top = `${above < 0 ? clientY + NEAR : above}px`;
  });
}
