// A model that the room trains, on a phone: it gives a name, reads its part of each
// batch, takes the model home, and judges what it writes.

import {
  element,
  pushButton,
  setOff,
  setText,
} from "../../../llm_lessons/web/lib/dom.js";
import { registerPhone } from "../../web/kinds.js";
import { saveKept } from "../../../llm_lessons/web/widgets/train_your_own_file.js";
import { roomFile, roomModel } from "./room_model.js";
import { phoneStage, rowsOnDemand, showIf, stopAll } from "../../web/parts/stage.js";
import { thumbsOnPhone } from "./thumbs_phone.js";
import { wordForm } from "../../web/parts/word_form.js";
import { countNames, writtenNames } from "./written_names.js";
import "./phone.css" with { type: "text" };

/** @import { TogetherMoment } from "./room_model.js" */
/** @import { Context } from "../../web/moment.js" */

const OWN_SAMPLES = 200; // that are drawn in the end
const OWN_PACE = 1000; // milliseconds from one sample to the next
const OWN_PLACES = 5; // samples that are seen
const COINS = 2 ** 20; // first samples, for phones to have others than each other

/** @param {Context} context */
export function trainTogetherOnPhone(context) {
  const { tell } = context;
  const [given, why] = ["said", "quiet"].map((look) =>
    element("p", { class: `ll-${look}` })
  );
  const [part, steps] = [element("p"), element("p", { class: "ll-quiet" })];
  const wrote = element("ol", { class: "ll-wrote" });
  const heart = element("p", { class: "ll-said" });
  const keep = pushButton(tell("train_together_keep"), save, { class: "ll-great" });
  const note = element("p", { class: "ll-quiet" }, tell("train_together_open"));
  const [label, action] = [tell("train_together_label"), tell("train_together_send")];
  const form = wordForm(label, action, "words", (name) => {
    own = name;
    context.answer({ name });
    draw();
    context.say(tell("train_together_yours", { name }));
  });
  const thumbs = thumbsOnPhone(context, (ups) => model.judge(ups));
  const said = [given, form, why, part, thumbs.node, steps];
  const parts = [...said, heart, wrote, keep, note];
  const node = phoneStage("train-together", ...parts);
  const model = roomModel(redraw, context.send);
  const first = Math.floor(Math.random() * COINS);
  const names = writtenNames({ first, pace: OWN_PACE, most: OWN_SAMPLES }, draw);
  const rows = rowsOnDemand(() => element("li"));
  /** @type {TogetherMoment | null} */
  let now = null;
  let own = "";

  function save() {
    const there = model.now();
    if (!there) return;
    saveKept(roomFile(there.pupil, there.steps, now?.tally?.letters ?? 0));
  }

  function redraw() {
    names.follow(isJudging() ? null : model.now(), now?.phase ?? "");
    draw();
  }
  const byThumbs = () => Boolean(now && now.round > 1);
  /** Not where a server was started again, and knows no model. */
  const isJudging = () =>
    byThumbs() && now?.phase === "shown" && Boolean(now.tally?.training);
  function draw() {
    const isOpen = now?.phase === "open";
    const isEnd = now?.phase === "reveal";
    const there = model.now();
    for (const part of [form, why]) showIf(part, isOpen && !byThumbs());
    thumbs.update(model.asked());
    showIf(thumbs.node, isJudging());
    for (const line of [part, steps, wrote]) showIf(line, !isOpen && !isJudging());
    showIf(given, (!isOpen || own !== "") && !byThumbs());
    const [which, more] = own
      ? ["train_together_yours", "train_together_change"]
      : ["train_together_none", "train_together_why"];
    setText(given, tell(which, { name: own }));
    setText(why, tell(more));
    for (const part of [keep, note]) showIf(part, isEnd && !byThumbs());
    setOff(keep, !there);
    setText(part, isEnd && there ? "" : partInWords());
    const step = there && tell("train_together_steps", { n: there.steps });
    setText(steps, step ?? "");
    drawTexts(isEnd);
  }
  function partInWords() {
    const there = model.now();
    if (!there) return tell("train_together_wait");
    const { parts: n } = there;
    return tell(n ? "train_together_part" : "train_together_late", { n });
  }
  /** @param {boolean} isEnd */
  function drawTexts(isEnd) {
    const texts = names.texts();
    const newest = texts.slice(-OWN_PLACES).reverse();
    rows(wrote, newest.length).forEach((row, i) => setText(row, newest[i] || "–"));
    const [[, times] = ["", 0]] = countNames(texts, own ? [own] : []);
    const values = { name: own, n: times, m: texts.length };
    const isTold = isEnd && own && texts.length === OWN_SAMPLES;
    setText(heart, isTold ? tell("train_together_said", values) : "");
  }

  /** @param {TogetherMoment} moment */
  function show(moment) {
    now = moment;
    own = moment.yours?.name ?? ""; // a name may have been refused
    model.follow(moment);
    redraw();
  }
  return { node, show, receive: model.receive, stop: stopAll(model, names) };
}

registerPhone("train_together", trainTogetherOnPhone);
