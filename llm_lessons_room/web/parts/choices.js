// Large buttons to choose one of a few answers, each with its letter.

import {
  element,
  newId,
  pushButton,
  setOff,
  setText,
} from "../../../llm_lessons/web/lib/dom.js";
import { letterOf } from "../words.js";

/** @import { Tell } from "../words.js" */
/**
 * What is chosen, was chosen before, and is right: null while nobody may know.
 * @typedef {{ isOff: boolean, chosen: number | null, before?: number | null,
 *   right?: number[] | null }} ChoiceState
 */

/** @param {Tell} tell @param {(index: number) => void} choose */
export function choiceButtons(tell, choose) {
  const id = newId();
  const question = element("h2", { id, class: "room-question" });
  const look = { class: "room-choices", role: "group", "aria-labelledby": id };
  const list = element("div", look);
  let written = "";
  /** @type {{ button: HTMLButtonElement, note: HTMLElement }[]} */
  let rows = [];

  /** @param {string} text @param {number} index */
  function row(text, index) {
    const letter = element("b", { "aria-hidden": "true" }, letterOf(index));
    const note = element("small");
    const words = element("span", {}, text, note);
    const button = pushButton("", () => choose(index), { class: "room-big" });
    button.append(letter, words);
    return { button, note };
  }

  /** @param {string} asked @param {string[]} choices */
  function write(asked, choices) {
    const all = JSON.stringify([asked, choices]);
    if (all === written) return;
    written = all;
    setText(question, asked);
    rows = choices.map(row);
    list.replaceChildren(...rows.map(({ button }) => button));
  }

  /** @param {ChoiceState} state */
  function mark({ isOff, chosen, before = null, right = null }) {
    rows.forEach(({ button, note }, i) => {
      button.setAttribute("aria-pressed", String(i === chosen));
      setOff(button, isOff);
      const isRight = right?.includes(i) ?? false;
      const wrong = i === chosen ? "wrong" : "other";
      button.dataset.verdict = !right ? "" : isRight ? "right" : wrong;
      const notes = [
        isRight ? `✓ ${tell("choice_right")}` : "",
        i === chosen ? tell("choice_yours") : "",
        i === before && before !== chosen ? tell("choice_before") : "",
      ];
      setText(note, notes.filter(Boolean).join(" · "));
    });
  }
  return { node: element("div", {}, question, list), write, mark };
}
