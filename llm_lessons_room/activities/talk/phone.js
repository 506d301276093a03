// What a phone shows while the room listens, talks or plays with cards.

import { element, paragraphsOf, pushButton } from "../../../llm_lessons/web/lib/dom.js";
import { registerPhone } from "../../web/kinds.js";
import { phoneStage, showIf } from "../../web/parts/stage.js";
import { realCoin } from "../../web/parts/next_token.js";
import { figureFrame } from "../../web/pictures.js";
import "./phone.css" with { type: "text" };

/** @import { Activity, Context } from "../../web/moment.js" */
/** @import { PlayedMoment } from "../../web/parts/stage.js" */
/**
 * `pages`: of lessons, which the room itself serves. `address`: of all of them, on the
 * web. `rolls`: whether a phone has dice.
 * @typedef {{ text?: string, pages?: { address: string, title: string }[],
 *   address?: string, rolls?: boolean }} TextShown
 * @typedef {{ svg: string, alt: string, said: string, coming?: boolean }} FigureShown
 * @typedef {PlayedMoment<TextShown, unknown, unknown, unknown>} TextMoment
 * @typedef {PlayedMoment<FigureShown, unknown, unknown, unknown>} FigureMoment
 */

const NUMBERS = 100; // from 00 to 99, as on the cards

/** @param {Context} context */
export function textOnPhone({ tell }) {
  const text = element("div", { class: "room-text" });
  const [note, at, more, keep] = ["waiting", "at_home", "pages_here", "home_how"].map(
    (key) => element("p", { class: "room-note" }, tell(key)),
  );
  const [links, home, web] = [1, 2, 3].map(() =>
    element("ul", { class: "room-links" })
  );
  const node = element("div", {}, text, note, at, web, keep, home, more, links);
  let written = "";

  /** @param {Record<string, string>} attributes @param {string} name */
  const link = (attributes, name) =>
    element("li", {}, element("a", { target: "_blank", ...attributes }, name));

  /** @param {TextShown} shown */
  function drawLinks({ pages, address }) {
    at.hidden = web.hidden = !address;
    if (address) web.replaceChildren(link({ href: address }, address));
    keep.hidden = home.hidden = !pages;
    const file = `/home_${document.documentElement.lang}.html`;
    home.replaceChildren(
      link({ href: file, download: "fjord.html" }, tell("home_keep")),
    );
    more.hidden = links.hidden = !pages?.length;
    links.replaceChildren(
      ...(pages ?? []).map(({ address, title }) => link({ href: address }, title)),
    );
  }

  /** @param {TextMoment} moment */
  function show({ step: { shown } }) {
    const now = JSON.stringify(shown);
    if (now === written) return; // else whoever stands in it would fall out
    written = now;
    text.replaceChildren(...paragraphsOf(shown.text));
    drawLinks(shown);
  }
  return { node, show };
}

/** @param {number} coin from 0 up to 1 */
export function twoDigits(coin) {
  return String(Math.floor(NUMBERS * coin)).padStart(2, "0");
}

/** A game with cards; a button rolls the dice. @param {Context} context */
function gameOnPhone(context) {
  const { tell } = context;
  const text = textOnPhone(context);
  const rolled = element("p", { class: "ll-rolled", role: "status" });
  const roll = pushButton(tell("game_roll"), () => {
    rolled.replaceChildren(twoDigits(realCoin())); // read out again, even if the same
  }, { class: "ll-great" });
  const node = phoneStage("game", text.node, roll, rolled);
  /** @param {TextMoment} moment */
  function show(moment) {
    text.show(moment);
    for (const part of [roll, rolled]) showIf(part, moment.step.shown.rolls === true);
  }
  return { node, show };
}

/** @param {Context} context @returns {Activity} */
export function breakOnPhone({ tell }) {
  return { node: element("p", { class: "room-text" }, tell("break_now")), show() {} };
}

export function figureOnPhone() {
  const { node, update } = figureFrame();
  /** @param {FigureMoment} moment */
  function show({ step: { shown } }) {
    update(shown);
  }
  return { node, show };
}

registerPhone("say", textOnPhone);
registerPhone("remember", textOnPhone);
registerPhone("figure", figureOnPhone);
registerPhone("break", breakOnPhone);
registerPhone("game", gameOnPhone);
