// Large buttons to choose one of a few answers, each with its letter.

import { element, newId, pushButton, setOff, setText } from "../../lib/dom.js";
import { letterOf } from "./letters.js";

/**
 * What a choice may show: whether it is chosen, was chosen before, and is right.
 * @typedef {object} ChoiceState
 * @property {boolean} isOff
 * @property {number | null} chosen
 * @property {number | null} [before]
 * @property {number[] | null} [right] null while nobody may know
 */

/**
 * @param {import("../words.js").Tell} tell @param {(index: number) => void} choose
 */
export function choiceButtons(tell, choose) {
  const id = newId();
  const question = element("h2", { id, class: "room-question" });
  const list = element("div", {
    class: "room-choices",
    role: "group",
    "aria-labelledby": id,
  });
  let written = "";
  let isOff = true;
  /** @type {{ button: HTMLButtonElement, note: HTMLElement }[]} */
  let rows = [];

  /** @param {string} text @param {number} index */
  function row(text, index) {
    const letter = element("b", { "aria-hidden": "true" }, letterOf(index));
    const note = element("small");
    const words = element("span", {}, text, note);
    const press = () => isOff || choose(index);
    const button = pushButton("", press, { class: "room-big" });
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
  function mark({ isOff: off, chosen, before = null, right = null }) {
    isOff = off;
    rows.forEach(({ button, note }, i) => {
      button.setAttribute("aria-pressed", String(i === chosen));
      setOff(button, off);
      const isRight = right?.includes(i) ?? false;
      button.dataset.verdict = !right
        ? ""
        : isRight
        ? "right"
        : i === chosen
        ? "wrong"
        : "other";
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
