// All steps of the evening, to see what comes and to go there.

import {
  control,
  element,
  fillChoice,
  pushButton,
  setText,
} from "../../llm_lessons/web/lib/dom.js";

/** @import { LeadMoment, SendCommand } from "./moment.js" */
/** @import { Tell } from "./words.js" */

/** @param {Tell} tell @param {SendCommand} send */
export function stepList(tell, send) {
  const head = element("h2");
  const choice = control("select");
  const list = element("ol");
  const node = element("section", { class: "room-steps" }, head, choice, list);
  choice.addEventListener("change", () => send({ do: "deck", deck: choice.value }));
  let written = "";

  /** @param {LeadMoment} moment */
  function write({ decks = [], deck }) {
    choice.hidden = !fillChoice(
      choice,
      decks.map(({ id, title }) => [id, title]),
      deck,
    );
    choice.setAttribute("aria-label", tell("steps_deck"));
    const steps = decks.find(({ id }) => id === deck)?.steps ?? [];
    list.replaceChildren(...steps.map(({ title, minutes, optional }, step) => {
      const button = pushButton("", () => send({ do: "go", step }));
      const time = element("small", {}, tell("steps_minutes", { n: minutes }));
      button.append(element("span", {}, title), time);
      if (optional) button.append(element("small", {}, tell("steps_optional")));
      return element("li", {}, button);
    }));
  }

  /** @param {LeadMoment} moment */
  function show(moment) {
    setText(head, tell("steps"));
    const all = JSON.stringify([moment.decks, moment.deck, tell("steps")]);
    if (all !== written) write(moment);
    written = all;
    [...list.children].forEach((item, i) => {
      const isNow = i === moment.index;
      item.classList.toggle("room-done", i < moment.index);
      if (isNow) item.firstElementChild?.setAttribute("aria-current", "step");
      else item.firstElementChild?.removeAttribute("aria-current");
    });
  }
  return { node, show };
}
