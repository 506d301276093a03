// The top of a phone: whether it is connected, its seat, the language.

import {
  control,
  element,
  fillChoice,
  pushButton,
  setText,
} from "../../llm_lessons/web/lib/dom.js";
import { later } from "../../llm_lessons/web/lib/timers.js";

/** @import { Link } from "./connection.js" */
/** @import { Tell } from "./words.js" */

const FORGIVEN = 1200; // milliseconds of a lost connection that nobody is told of

/**
 * @param {Tell} tell
 * @param {{ tryNow: () => void, speak: (language: string) => void }} asked
 */
export function phoneHead(tell, { tryNow, speak }) {
  const state = element("span", { role: "status" });
  const link = element("p", { class: "room-link" }, state);
  const seat = element("p");
  const choice = control("select");
  const box = element("label", { hidden: "" }, choice);
  const bar = element("div", { class: "room-head" }, link, seat, box);
  const words = element("p");
  const retry = pushButton("", tryNow);
  const look = { class: "room-alarm", role: "alert", hidden: "" };
  const alarm = element("div", look, words, retry);
  const node = element("header", {}, bar, alarm);
  /** @type {Link} */
  let now = "connecting";
  const lost = later(FORGIVEN, () => become("lost"));
  choice.addEventListener("change", () => speak(choice.value));

  /** @param {Link} to */
  function become(to) {
    now = to;
    draw();
  }
  function draw() {
    link.dataset.state = now;
    setText(state, tell(`link_${now}`));
    alarm.hidden = now !== "lost";
    if (now !== "lost") return;
    setText(words, tell("link_lost_help"));
    setText(retry, tell("link_retry"));
  }

  return {
    node,
    /** @param {Link} to */
    link(to) {
      lost.stop();
      if (to === "lost" && now === "on") lost.start();
      else become(to);
    },
    /** @param {number} number @param {string} language
     * @param {Record<string, string>} languages their own names, by their codes */
    welcome(number, language, languages) {
      setText(seat, tell("seat", { n: number }));
      box.hidden = !fillChoice(choice, Object.entries(languages), language);
      for (const option of choice.options) option.lang = option.value;
      choice.setAttribute("aria-label", tell("language"));
      draw();
    },
  };
}
