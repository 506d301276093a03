// A model that the room trains, on a phone: it gives a name, reads its part of each batch,
// and takes the model home.

import { control, element, setOff, setText } from "../../lib/dom.js";
import { later } from "../../lib/timers.js";
import { nameForm } from "./name_form.js";
import { roomFile, roomModel } from "./room_model.js";
import { inDigits, phoneStage, showIf } from "./stage.js";
import { timesWritten, writtenNames } from "./written_names.js";
import "./train_together_phone.css" with { type: "text" };

/** @import { TogetherMoment } from "./room_model.js" */
/** @import { Moment, Place } from "../moment.js" */

const OWN_SAMPLES = 200; // that are drawn in the end
const OWN_FILE = "mine.json";
const TAKEN_OVER = 10_000; // milliseconds, by then a browser has a file
const COINS = 2 ** 20; // first samples, for phones to have others than each other

/** Let the browser keep a file. @param {string} text */
function saveFile(text) {
  const blob = new Blob([text], { type: "application/json" });
  const href = URL.createObjectURL(blob);
  element("a", { href, download: OWN_FILE }).click();
  later(TAKEN_OVER, () => URL.revokeObjectURL(href)).start();
}

/** @param {Place} place */
export function trainTogetherOnPhone(place) {
  const { tell } = place;
  const [part, steps] = [element("p"), element("p", { class: "ll-quiet" })];
  const wrote = element("ol", { class: "ll-wrote", lang: "" });
  const heart = element("p", { class: "ll-said" });
  const keep = control("button", { type: "button", class: "ll-great" });
  setText(keep, tell("train_together_keep"));
  const note = element("p", { class: "ll-quiet" }, tell("train_together_open"));
  const form = nameForm(tell, (name) => {
    own = name;
    place.answer({ name });
    draw();
    place.say(tell("train_together_yours", { name }));
  });
  const parts = [form.node, part, steps, heart, wrote, keep, note];
  const node = phoneStage("train-together", ...parts);
  const model = roomModel(onModel, place.send);
  const names = writtenNames(Math.floor(Math.random() * COINS), draw, 1000);
  /** @type {TogetherMoment | null} */
  let now = null;
  let own = "";
  let drawnAt = ""; // the training and the step of which samples were drawn in the end

  keep.addEventListener("click", () => {
    const there = model.now();
    if (!there) return;
    saveFile(roomFile(there.pupil, there.steps, now?.tally?.letters ?? 0));
  });

  function onModel() {
    const there = model.now();
    if (there && now?.phase === "shown") names.one(there.pupil);
    look();
    draw();
  }
  /** In the end, see whose name it says. */
  function look() {
    const there = model.now();
    const key = there ? `${there.training}/${there.steps}` : "";
    if (!there || now?.phase !== "reveal" || key === drawnAt) return;
    drawnAt = key;
    names.many(there.pupil, OWN_SAMPLES);
  }

  function draw() {
    const isOpen = now?.phase === "open";
    const isEnd = now?.phase === "reveal";
    const there = model.now();
    form.update(isOpen, own);
    for (const one of [part, steps, wrote]) showIf(one, !isOpen);
    for (const one of [keep, note]) showIf(one, isEnd);
    setOff(keep, !there);
    setText(part, isEnd && there ? "" : partInWords());
    const step = there && tell("train_together_steps", { n: inDigits(there.steps) });
    setText(steps, step ?? "");
    drawTexts(isEnd);
  }
  function partInWords() {
    const there = model.now();
    if (!there) return tell("train_together_wait");
    const { parts: taken } = there;
    return tell(
      taken ? "train_together_part" : "train_together_late",
      { n: inDigits(taken) },
    );
  }
  /** @param {boolean} isEnd */
  function drawTexts(isEnd) {
    const texts = names.texts();
    const shown = texts.slice(-5).reverse().map((text) => element("li", {}, text));
    wrote.replaceChildren(...shown);
    const [[, times] = ["", 0]] = timesWritten(texts, own ? [own] : []);
    const values = { name: own, n: inDigits(times), m: inDigits(texts.length) };
    const isTold = isEnd && own && texts.length === OWN_SAMPLES;
    setText(heart, isTold ? tell("train_together_said", values) : "");
  }

  /** @param {Moment} told */
  function show(told) {
    const moment = /** @type {TogetherMoment} */ (told);
    const isOther = now?.phase !== moment.phase;
    now = moment;
    own = moment.yours?.name ?? own;
    model.learn(moment);
    if (isOther) {
      names.clear();
      drawnAt = "";
    }
    look();
    draw();
  }
  function stop() {
    model.stop();
    names.stop();
  }
  return { node, show, hear: model.hear, stop };
}
