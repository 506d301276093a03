// A phone in the room: it joins with one tap, shows where the evening stands, and keeps
// its seat and its answers through a locked screen, a reload and a lost wifi.

import { element, pushButton, setText } from "../../llm_lessons/web/lib/dom.js";
import { makePhone } from "./kinds.js";
import { modelLoader } from "./model_loader.js";
import { connect } from "./connection.js";
import { countdown } from "./countdown.js";
import { keepsake } from "./keepsake.js";
import { store, stored } from "./storage.js";
import { stepOf } from "./moment.js";
import { outbox } from "./outbox.js";
import { phoneHead } from "./phone_head.js";
import { stayAwake } from "./wake.js";
import { wordsOfPage } from "./words.js";
import "./room.css" with { type: "text" };
import "./phone.css" with { type: "text" };

/** @import { Message } from "./connection.js" */
/** @import { Activity, Moment } from "./moment.js" */

const SPREAD = 6000; // milliseconds within which phones begin to fetch the model
/** @type {Record<string, string>} what became of an answer, by why it was refused */
const REFUSED = {
  late: "answer_late",
  closed: "answer_late",
  elsewhere: "answer_elsewhere",
  full: "join_full",
};

const saved = stored("language");
const wished = [...(saved ? [saved] : []), ...navigator.languages];
const { tell, setWords, language: first } = wordsOfPage(wished);

const room = /** @type {HTMLElement} */ (document.querySelector("#room"));
const head = phoneHead(tell, {
  tryNow: () => line?.check(),
  speak(language) {
    store("language", language);
    line?.send({ type: "language", language });
  },
});
const title = element("h1", { tabindex: "-1" });
const clock = countdown(tell);
const place = element("div", { class: "room-activity" });
const sent = element("p", { class: "room-sent", role: "status" });
const modelNote = element("p", { class: "room-note", role: "status" });
const spokenText = element("p", { class: "ll-unseen", role: "status" });
const top = element("div", { class: "room-title" }, title, clock.node);
const souvenir = keepsake(tell);
const main = element(
  "main",
  {},
  top,
  place,
  souvenir.node,
  modelNote,
  sent,
  spokenText,
);

/** @type {ReturnType<typeof connect> | null} */
let line = null;
/** @type {Moment | null} */
let current = null;
/** @type {Activity | null} */
let activity = null;
let [shownStep, spoken] = ["", ""];
let refusal = "";
/** @type {unknown} */
let confirmed = null; // the answer that the server has
let isElsewhere = false; // whether another tab, or a newer connection, has the seat

const answers = outbox(
  (answer) => {
    // Who uses this tab again is here again.
    if (isElsewhere) isElsewhere = !line?.send({ type: "here" });
    return Boolean(line?.send({ type: "answer", ...answer }));
  },
  (state) => {
    if (state) refusal = "";
    setText(sent, state ? tell(`answer_${state}`) : refusal);
    sent.dataset.state = state || (refusal ? "refused" : "");
  },
);
const loadModel = modelLoader((state) => {
  modelNote.dataset.state = state;
  drawModelNote();
});
let isAsked = false; // whether an activity waits for the model, or only the page does

function drawModelNote() {
  const waits = isAsked && modelNote.dataset.state === "coming";
  setText(modelNote, waits ? tell("model_coming") : "");
}

/** @type {import("./moment.js").Context} */
const ownPlace = {
  tell,
  model() {
    isAsked = true;
    const promise = loadModel();
    drawModelNote();
    return promise;
  },
  say: (text) => setText(spokenText, text),
  send: (bytes) => Boolean(line?.send(bytes)),
  answer(value) {
    if (!current) return;
    current.yours = value;
    answers.put({ step: current.step.id, round: current.round, value });
  },
};

/** @param {Message} message */
function handle(message) {
  if (message.bytes) activity?.receive?.(message.bytes);
  else if (message.type === "hello") handleHello(message);
  else if (message.type === "moment") show(/** @type {Moment} */ (Object(message)));
  else if (message.type === "taken") {
    answers.confirm(message);
    if (sent.dataset.state === "taken") confirmed = current?.yours;
  } else if (message.type === "elsewhere") isElsewhere = true;
  else if (message.type === "refused") handleRefusal(message);
}

/** @param {Message} message */
function handleRefusal(message) {
  const { why } = message;
  if (why === "fast") return void answers.refuse(message);
  const before = refusal;
  refusal = tell(REFUSED[String(why)] ?? "answer_bad");
  if (!current) setText(title, refusal);
  else if (why === "full") setText(sent, refusal);
  if (!answers.refuse(message)) refusal = before;
  else if (current) {
    current.yours = confirmed;
    activity?.show(current);
  }
}

/** @param {Message} message */
function handleHello({ seat, number, words: said, language, languages }) {
  const isOther = stored("seat") !== seat || spoken !== language;
  if (stored("seat") !== seat) answers.forget();
  spoken = String(language);
  store("seat", String(seat));
  setWords(spoken, said);
  head.welcome(Number(number), spoken, Object(languages));
  if (isOther) shownStep = ""; // made anew, with the words of this language
  if (!main.isConnected) room.replaceChildren(head.node, main);
  if (!current) setText(title, tell("waiting"));
  setTimeout(() => loadModel().catch(() => {}), SPREAD * Math.random());
}

/** @param {Moment} moment */
function show(moment) {
  const { step, round } = moment;
  const isOther = !current || stepOf(current) !== stepOf(moment);
  if (isOther || current?.round !== round || current?.phase !== moment.phase) {
    refusal = "";
    setText(sent, "");
    sent.dataset.state = "";
  }
  answers.keepOnly(step.id, round);
  confirmed = moment.yours;
  // What is on its way counts here: the server has told of this moment without it.
  const sending = moment.phase === "open" ? answers.pending() : null;
  const now = sending ? { ...moment, yours: sending.value } : moment;
  current = now;
  if (shownStep !== stepOf(moment)) begin(moment, isOther);
  clock.show(moment);
  activity?.show(now);
  souvenir.show(now);
  answers.resend();
  if (moment.phase === "open" && (moment.yours ?? null) !== null && !sent.textContent) {
    setText(sent, tell("answer_taken"));
    sent.dataset.state = "taken";
  }
}

/** @param {Moment} moment @param {boolean} isOther another step than before */
function begin(moment, isOther) {
  shownStep = stepOf(moment);
  activity?.stop?.();
  isAsked = false;
  drawModelNote();
  activity = makePhone(moment.step.kind, ownPlace);
  setText(title, moment.step.title);
  room.dataset.kind = moment.step.kind;
  const hadFocus = place.contains(document.activeElement);
  place.replaceChildren(activity.node);
  if (!isOther) return;
  scrollTo(0, 0);
  if (hadFocus) title.focus({ preventScroll: true });
  else ownPlace.say(moment.step.title);
}

function join() {
  line = connect("/socket", handle, {
    hello() {
      isElsewhere = false;
      return { type: "join", seat: stored("seat"), language: stored("language") };
    },
    onLink: (link) => head.link(link),
  });
  if (!main.isConnected) {
    setText(title, tell("link_connecting"));
    room.replaceChildren(head.node, main);
  }
  title.focus({ preventScroll: true });
  stayAwake();
}

function offerToJoin() {
  const look = { class: "room-big room-main" };
  room.replaceChildren(element(
    "main",
    { class: "room-door" },
    element("h1", {}, tell("join_title")),
    pushButton(tell("join_button"), join, look),
    element("p", {}, tell("join_private")),
  ));
}

setWords(first, {});
if (stored("seat")) join();
else offerToJoin();
