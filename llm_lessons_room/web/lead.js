// The leader's window: what to say and to do, where the evening stands, what comes
// next, and the only place from which it is moved.

import { element, pushButton, setText } from "../../llm_lessons/web/lib/dom.js";
import { saveFile, saveText } from "../../llm_lessons/web/lib/saving.js";
import { connect } from "./connection.js";
import { countdown } from "./countdown.js";
import { clockPanel, guidePanel } from "./guide_panel.js";
import { leadOf, leads } from "./kinds.js";
import { hearScreens, listenToKeys } from "./keys.js";
import { withTally } from "./moment.js";
import { csvOf, pictureOfResults, rowsOf } from "./results.js";
import { roomPanel } from "./room_panel.js";
import { stepList } from "./step_list.js";
import { wordsOfPage } from "./words.js";
import { writtenTexts } from "./written_texts.js";
import "./room.css" with { type: "text" };
import "./lead.css" with { type: "text" };

/** @import { Message } from "./connection.js" */
/** @import { Command } from "./keys.js" */
/** @import { LeadMoment } from "./moment.js" */
/** @import { Results } from "./results.js" */

const MORE = 30; // seconds that one key adds

const { tell, setWords, has } = wordsOfPage();
/** @type {LeadMoment | null} */
let current = null;

/** @param {Record<string, unknown>} command */
function send(command) {
  if (!line.send(command)) line.check();
}

const room = /** @type {HTMLElement} */ (document.querySelector("#room"));
const alarm = element("p", { class: "room-alarm", role: "alert", hidden: "" });
const warnings = element("p", { class: "room-alarm", role: "alert", hidden: "" });
const where = element("p", { class: "room-where" });
const title = element("h1");
const clock = countdown(tell);
const state = element("p", { class: "room-state", role: "status" });
const guide = guidePanel(tell);
const plan = clockPanel(tell);
const texts = writtenTexts(tell, send);
const ownPanels = [...leads.values()].flatMap(({ panel }) => panel?.(tell, send) ?? []);
const steps = stepList(tell, send);
const others = roomPanel(tell, send);
const back = pushButton("", () => act("back"));
const next = pushButton("", () => act("next"), { class: "room-main" });
/** @type {(Command | "end_time")[]} */
const commands = ["more_time", "end_time", "black", "hide"];
const small = commands.map((command) => {
  const button = pushButton("", () => act(command));
  return { command, button };
});
const repeats = element("span", { class: "room-again", hidden: "" });

const names = element("div", {}, where, title);
const top = element("div", { class: "room-title" }, names, clock.node);
const now = element("section", { class: "room-now", tabindex: "0" });
now.append(top, state, plan.node, guide.node);
now.append(...ownPanels.map(({ node }) => node));
const panels = element("div", { class: "room-panels", role: "group", tabindex: "0" });
panels.append(steps.node, others.rest);
const side = element("aside", {}, texts.node, others.node, panels);
const moves = element("nav", { class: "room-bar" }, back, repeats);
moves.append(...small.map(({ button }) => button), next);
room.append(alarm, warnings, element("main", {}, now, side), moves);

/** @param {Command | "end_time"} command */
function act(command) {
  const more = (clock.left() ?? 0) + MORE;
  if (["next", "back", "black"].includes(command)) send({ do: command });
  else if (command === "hide") send({ do: current?.hidden ? "show_all" : "hide_all" });
  else if (command === "more_time") send({ do: "seconds", seconds: more });
  else if (command === "end_time") send({ do: "seconds", seconds: 0 });
}

/** @param {Message} message */
function handle(message) {
  if (message.type === "hello") handleHello(message);
  else if (message.type === "moment") show(/** @type {LeadMoment} */ (Object(message)));
  else if (message.type === "results") save(/** @type {Results} */ (Object(message)));
  else if (message.type === "tally") {
    const moment = withTally(current, message);
    if (moment) show(moment);
  }
}

/** @param {Message} message */
function handleHello({ words, language, languages }) {
  setWords(language, words);
  if (languages) others.speak(String(language), Object(languages));
  others.welcome();
  moves.setAttribute("aria-label", tell("moves"));
  now.setAttribute("aria-label", tell("now"));
  panels.setAttribute("aria-label", tell("panels"));
  side.setAttribute("aria-label", tell("side"));
}

/** @param {LeadMoment} moment */
function show(moment) {
  const isOther = moment.index !== current?.index || moment.deck !== current?.deck;
  current = moment;
  if (moment.languages) others.speak(moment.language ?? "", moment.languages);
  const { step, index, of, phase, round, next: upcoming, left } = moment;
  const isAsked = round > 0 || phase === "ready"; // else nobody answers anything
  const usual = tell(`state_${phase}`, { n: round });
  const seen = isAsked ? phaseWords({ kind: step.kind, phase, round }, usual) : "";
  const warned = (moment.warnings ?? []).map((warning) => tell(`warn_${warning}`)).join(
    " ",
  );
  warnings.hidden = !warned;
  setText(warnings, warned);
  const way = tell("way", { n: index + 1, m: of });
  setText(where, `${way} · ${tell(`kind_${step.kind}`)}`);
  setText(title, step.title);
  clock.show(moment);
  setText(state, [seen, countsOf(moment)].filter(Boolean).join(" · "));
  setText(back, `← ${tell("back")}`);
  setText(next, `${upcoming ? nextWords(moment) : tell("next_none")} →`);
  next.setAttribute("aria-disabled", String(!upcoming));
  showAgain(moment);
  for (const { command, button } of small) {
    setText(button, tell(`do_${command}`));
    if (command === "black" || command === "hide") {
      const isPressed = command === "black" ? moment.black : moment.hidden;
      button.setAttribute("aria-pressed", String(Boolean(isPressed)));
    }
    if (command === "end_time") button.hidden = !clock.left();
    if (command === "more_time") {
      button.hidden = !repeats.hidden || (phase !== "open" && left === null);
    }
  }
  for (const part of [guide, plan, ...ownPanels, texts, steps, others]) {
    part.show(moment);
  }
  if (isOther) beginAtTheTop();
}

/** What is said of a new step stands in sight, however far one had scrolled. */
function beginAtTheTop() {
  now.scrollTop = 0;
  steps.node.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  document.scrollingElement?.scrollTo(0, 0);
}

/** What is played at several temperatures goes again at a tap, at any of them.
 * @param {LeadMoment} moment */
function showAgain({ step, round }) {
  const temperatures = leadOf(step.kind).repeats?.(step.shown) ?? [];
  repeats.hidden = !temperatures.length;
  if (repeats.hidden) return repeats.replaceChildren();
  while (repeats.childElementCount < temperatures.length) {
    const number = repeats.childElementCount;
    repeats.append(pushButton("", () => {
      send({ do: "go", step: current?.index, moment: number });
    }));
  }
  temperatures.forEach((heat, i) => {
    const button = /** @type {HTMLElement} */ (repeats.children[i]);
    setText(button, tell("do_again", { n: heat }));
    button.setAttribute("aria-pressed", String(round === i + 1));
  });
}

/** @param {Results} results */
async function save(results) {
  const heads = ["step", "what", "first", "second"].map((warning) =>
    tell(`table_${warning}`)
  );
  saveText("room.csv", csvOf(heads, rowsOf(results, tell)), "text/csv");
  if (results.people?.length) {
    const answers = { version: 1, people: results.people };
    saveText("room.json", JSON.stringify(answers, null, 1), "application/json");
  }
  saveFile("room.png", await pictureOfResults(results, tell));
  others.isSaved();
}

/** What a moment is, or is to be; some kinds of steps call it otherwise than usual.
 * @param {{ kind: string, phase: string, round: number }} place
 * @param {string} usual */
function phaseWords({ kind, phase, round }, usual) {
  const key = `phase_${phase}_${kind}${round > 1 ? `_${round}` : ""}`;
  return has(key) ? tell(key) : usual;
}

/** What comes when one goes on: a step of its own, or more of this one.
 * @param {LeadMoment} moment */
function nextWords({ next: upcoming, step }) {
  if (!upcoming) return "";
  if (upcoming.title !== step.title) return tell("next_step", { name: upcoming.title });
  const temperatures = leadOf(step.kind).repeats?.(step.shown) ?? [];
  if (temperatures.length) {
    return tell("do_again", { n: temperatures[upcoming.round - 1] });
  }
  const usual = tell(`phase_${upcoming.phase}`, { n: upcoming.round });
  return phaseWords(upcoming, usual);
}

/** @param {LeadMoment} moment */
function countsOf({ tally, present = 0, seats = 0 }) {
  const { answered } = /** @type {{ answered?: number }} */ (tally ?? {});
  const here = tell("present", { n: present, m: seats });
  return answered === undefined
    ? here
    : `${tell("answered", { n: answered })} · ${here}`;
}

listenToKeys(act);
hearScreens(act);
const line = connect(`${location.pathname.replace(/\/$/, "")}/socket`, handle, {
  hello: () => ({ type: "watch" }),
  onLink(link) {
    alarm.hidden = link !== "lost";
    setText(alarm, alarm.hidden ? "" : tell("link_lost"));
    if (!current) setText(title, tell(`link_${link}`));
  },
});
