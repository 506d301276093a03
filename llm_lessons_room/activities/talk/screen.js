// What the screen shows while the room listens, talks or plays with cards.

import { element, paragraphsOf, setText } from "../../../llm_lessons/web/lib/dom.js";
import { registerScreen } from "../../web/kinds.js";
import { figureFrame } from "../../web/pictures.js";

/** @import { Activity, Context } from "../../web/moment.js" */
/** @import { FigureMoment, TextMoment } from "./phone.js" */

const LARGE_UP_TO = 120; // letters of a text that has room to be large

export function textOnScreen() {
  const node = element("div", { class: "room-text" });
  /** @param {TextMoment} moment */
  function show({ step: { shown: { text = "", address = "" } } }) {
    node.dataset.size = text.length <= LARGE_UP_TO ? "large" : "";
    node.replaceChildren(...paragraphsOf(text), ...paragraphsOf(address));
  }
  return { node, show };
}

/** @param {Context} context @returns {Activity} */
export function breakOnScreen({ tell }) {
  const text = element("p");
  const node = element("div", { class: "room-text", "data-size": "large" }, text);
  return {
    node,
    show({ left }) {
      if (left === null) return setText(text, tell("break_now"));
      const time = new Date(Date.now() + 1000 * left).toLocaleTimeString(
        document.documentElement.lang || "en",
        { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
      );
      setText(text, tell("break_until", { name: time }));
    },
  };
}

/** @param {Context} context */
export function figureOnScreen({ tell }) {
  const figure = figureFrame();
  const coming = element("p", { class: "room-coming" });
  figure.caption.append(coming);
  /** @param {FigureMoment} moment */
  function show({ step: { shown } }) {
    figure.update(shown);
    figure.node.classList.toggle("room-no-picture", !shown.svg);
    setText(coming, shown.coming ? tell("figure_coming") : "");
  }
  return { node: figure.node, show };
}

registerScreen("figure", figureOnScreen);
registerScreen("break", breakOnScreen);
registerScreen("say", textOnScreen);
registerScreen("remember", textOnScreen);
registerScreen("game", textOnScreen);
