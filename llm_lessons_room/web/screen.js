// The screen of the room: what the step shows, large enough for the last row, how many
// have answered, the time that is left, and how one more phone comes in.

import { element, pushButton, setText } from "../../llm_lessons/web/lib/dom.js";
import { svg } from "../../llm_lessons/web/lib/svg.js";
import { onScreen } from "./kinds.js";
import { comingModel } from "./coming_model.js";
import { connect } from "./connection.js";
import { countdown } from "./countdown.js";
import { fitted } from "./fitted.js";
import { joinPanel } from "./join_panel.js";
import { hasLeader, listenToKeys, toggleFullscreen, toLeader } from "./keys.js";
import { stepOf, withTally } from "./moment.js";
import { stayAwake } from "./wake.js";
import { wordsOfPage } from "./words.js";
import "./room.css" with { type: "text" };
import "./screen.css" with { type: "text" };
import "./screen_activities.css" with { type: "text" };

/** @import { Message } from "./connection.js" */
/** @import { Command } from "./keys.js" */
/** @import { Activity, Moment } from "./moment.js" */

/** Kinds that are a sentence or two: the way in has room below them. */
const SENTENCES = ["say", "remember", "break", "game"];

const { tell, learn } = wordsOfPage();

const room = /** @type {HTMLElement} */ (document.querySelector("#room"));
const title = element("h1");
const clock = countdown(tell);
const top = element("header", { class: "room-title" }, title, clock.node);
const place = element("div", { class: "room-activity" });
const note = element("p", { class: "room-note", role: "status" });
const heard = element("p", { class: "ll-unseen", role: "status" });
const stage = element("main", { class: "room-stage" }, place, note, heard);
const join = joinPanel(tell, () => {
  drawJoin();
  fit();
});
const counts = element("p", { class: "room-counts" });
const link = element("p", { class: "room-lost", role: "alert" });
const buttons = element("div", { class: "room-buttons" });
const foot = element("footer", {}, counts, link, join.small, buttons);
room.append(top, stage, join.large, foot);
const fit = fitted(stage);

/** @type {Moment | null} */
let current = null;
/** @type {Activity | null} */
let activity = null;
let [shownStep, spoken] = ["", ""];
/** @type {boolean | null} what a hand has asked for in this step; else null */
let wantsJoin = null;

const coming = comingModel((state) => {
  setText(note, state === "coming" ? tell("model_coming") : "");
});
/** @type {import("./moment.js").Place} */
const ownPlace = {
  tell,
  model: coming,
  answer() {}, // nobody answers here
  send: () => false,
  say: (text) => setText(heard, text),
};

/** @param {Message} message */
function hear(message) {
  if (message.bytes) activity?.hear?.(message.bytes);
  else if (message.type === "hello") welcome(message);
  else if (message.type === "moment") show(/** @type {Moment} */ (Object(message)));
  else if (message.type === "tally") {
    const moment = withTally(current, message);
    if (moment) show(moment);
  }
}

/** @param {Message} message */
function welcome({ words, language }) {
  learn(language, words);
  if (spoken !== language) shownStep = ""; // made anew, with the words of this language
  spoken = String(language);
  drawButtons();
}

/** @param {Moment} moment */
function show(moment) {
  const isOther = !current || stepOf(current) !== stepOf(moment);
  if (isOther) wantsJoin = null;
  current = moment;
  if (shownStep !== stepOf(moment)) {
    shownStep = stepOf(moment);
    activity?.stop?.();
    activity = onScreen(moment.step.kind, ownPlace);
    place.replaceChildren(activity.node);
    room.dataset.kind = moment.step.kind;
    setText(title, moment.step.title);
    if (isOther) ownPlace.say(moment.step.title);
  }
  clock.show(moment);
  room.dataset.phase = moment.phase;
  document.documentElement.classList.toggle("room-black", Boolean(moment.black));
  drawCounts(moment);
  join.show(moment);
  drawJoin();
  activity?.show(moment);
  fit();
}

/** @param {Moment} moment */
function drawCounts({ phase, tally, present = 0, seats = 0, asked = 0 }) {
  const { answered } = /** @type {{ answered?: number }} */ (tally ?? {});
  const isAsked = phase === "open" && answered !== undefined;
  const here = tell("present", { n: present, m: seats });
  setText(counts, isAsked ? tell("answered", { n: answered, m: asked }) : here);
}

function drawJoin() {
  const isFirst = current?.index === 0;
  const isLarge = wantsJoin ?? isFirst;
  const moves = !SENTENCES.includes(room.dataset.kind ?? "");
  const helps = isLarge && join.isHelping();
  room.classList.toggle("room-joining", isLarge);
  room.classList.toggle("room-beside", isLarge && moves && !helps);
  room.classList.toggle("room-helping", helps && moves); // nobody is there to play
  join.large.hidden = !isLarge;
  join.small.hidden = isLarge;
}

/** @param {Command} command */
function act(command) {
  if (command === "fullscreen") toggleFullscreen();
  else if (command === "join") {
    wantsJoin = !room.classList.contains("room-joining");
    drawJoin();
    fit();
  } else toLeader(command);
}

/** @param {Command} command @param {string} path of its sign, in a square of 24 */
function button(command, path) {
  const look = { viewBox: "0 0 24 24", "aria-hidden": "true" };
  const sign = svg("svg", look, svg("path", { d: path }));
  const name = tell(`button_${command}`);
  const node = pushButton("", () => act(command), { "aria-label": name, title: name });
  node.append(sign);
  return node;
}

function drawButtons() {
  const own = [
    button("join", "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2h-2zM18 18h2v2h-2z"),
    button("fullscreen", "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5"),
  ];
  const leading = hasLeader()
    ? [
      button("back", "M20 12H5M11 6l-6 6 6 6"),
      button("next", "M4 12h15M13 6l6 6-6 6"),
    ]
    : [];
  buttons.replaceChildren(...own, ...leading);
}

listenToKeys(act);
connect("/screen/socket", hear, {
  greet: () => ({ type: "watch", language: null }),
  told(state) {
    setText(link, state === "lost" ? tell("link_lost") : "");
    if (!current) setText(title, tell(`link_${state}`));
  },
});
stayAwake();
