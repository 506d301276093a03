// The room's own: the address, the screens, the language, empty seats, a new evening.

import {
  control,
  element,
  fillChoice,
  pushButton,
  setText,
} from "../../llm_lessons/web/lib/dom.js";
import { shortAddress, stepOf } from "./moment.js";

/** @import { LeadMoment, SendCommand } from "./moment.js" */
/** @import { Tell } from "./words.js" */

/** @param {Tell} tell @param {SendCommand} send */
export function roomPanel(tell, send) {
  const [head, counts] = [element("h2"), element("p")];
  const saved = element("p", { role: "status" });
  // With its opener: keys pressed there come back here, so that a remote works.
  const screen = pushButton("", () => open("/screen", "room-screen", "popup"));
  const save = pushButton("", () => send({ do: "results" }));
  const anew = pushButton("", () => confirm(tell("anew_ask")) && send({ do: "anew" }));
  const free = pushButton("", () => confirm(tell("free_ask")) && send({ do: "free" }));
  const [lend, lendName] = [control("input", { type: "checkbox" }), element("span")];
  const lending = element("label", {}, lend, lendName);
  const choice = control("select");
  const name = element("span");
  const label = element("label", {}, name, choice);
  const [more, help] = [element("summary"), element("ul")];
  const moves = element("div", { class: "room-moves" }, screen, save);
  const rarely = element("div", {}, label, lending, free, anew, help);
  const node = element("section", { class: "room-own" }, head, counts, moves, saved);
  const rest = element("details", { class: "room-rarely" }, more, rarely);
  let step = "";
  lend.addEventListener("change", () => send({ do: "lend" }));
  choice.addEventListener("change", () => {
    send({ do: "language", language: choice.value });
  });

  /** @param {string} language @param {Record<string, string>} languages */
  function speak(language, languages) {
    label.hidden = !fillChoice(choice, Object.entries(languages), language);
  }

  function welcome() {
    setText(name, tell("language"));
    setText(head, tell("room"));
    setText(screen, tell("screen_open"));
    setText(save, tell("save"));
    setText(anew, tell("anew"));
    setText(more, tell("room_more"));
    setText(lendName, tell("lend"));
    const all = ["next", "back", "black", "hide", "time", "screen", "window"];
    help.replaceChildren(...all.map((key) => element("li", {}, tell(`keys_${key}`))));
  }

  /** @param {LeadMoment} moment */
  function show(moment) {
    const { join, screens = 0, leaders = 1, present = 0, seats = 0, lends } = moment;
    const name = shortAddress(join?.address ?? "");
    const parts = [tell(screens ? "room_screens" : "room_no_screen", { n: screens })];
    if (name) parts.unshift(`${tell("room_address", { name })}.`);
    screen.classList.toggle("room-main", screens === 0);
    if (leaders > 1) parts.push(tell("room_leaders", { n: leaders }));
    setText(counts, parts.join(" "));
    counts.classList.toggle("room-is-late", screens === 0);
    lend.checked = lends ?? lend.checked;
    free.hidden = seats <= present;
    setText(free, tell("free", { n: seats - present }));
    if (stepOf(moment) !== step) setText(saved, "");
    step = stepOf(moment);
  }
  const isSaved = () => setText(saved, tell("saved"));
  return { node, rest, show, speak, welcome, isSaved };
}
