// A model that the room trains, on the screen: the loss falls, noise turns into names,
// and in the end one sees which of them it says by heart. Then thumbs turn it.

import { element, setText } from "../../../llm_lessons/web/lib/dom.js";
import { registerScreen } from "../../web/kinds.js";
import {
  bits,
  byHeartOf,
} from "../../../llm_lessons/web/widgets/train_your_own_model.js";
import { roomModel } from "./room_model.js";
import { answeredCount } from "../../web/parts/answered_count.js";
import { inDigits, screenStage, showIf, stopAll } from "../../web/parts/stage.js";
import { thumbsOnScreen } from "./thumbs_screen.js";
import { curvePicture, curvePoints, textPlaces } from "./training_views.js";
import { countNames, writtenNames } from "./written_names.js";
import "./screen.css" with { type: "text" };

/** @import { Standing, TogetherMoment } from "./room_model.js" */
/** @import { Context } from "../../web/moment.js" */

const LATEST_TEXTS = 50; // of which is told how many nobody gave
const END_TEXTS = 400; // that are drawn in the end
const LISTED = 3; // names of the evening's list that are told as examples
const HEARD_BY_HEART = 8; // names of the room that are told, at most

/** @param {Context} context */
export function trainTogetherOnScreen(context) {
  const { tell } = context;
  const counted = answeredCount(tell);
  const [texts, picture] = [textPlaces(tell), curvePicture()];
  const said = element("p");
  const [list, step, phones, held, heart] = ["quiet", "", "", "quiet", ""].map((look) =>
    element("p", look ? { class: `ll-${look}` } : {})
  );
  const facts = element("div", {}, picture.node, step, phones, held);
  const halves = element("div", { class: "ll-room-training" }, texts.node, facts);
  const thumbs = thumbsOnScreen(tell);
  const parts = [counted.node, said, list, halves, heart, thumbs.node];
  const node = screenStage("train-together", ...parts);
  const names = writtenNames({ first: 0, pace: 200, most: END_TEXTS }, draw);
  const model = roomModel(redraw, context.send);
  /** @type {TogetherMoment | null} */
  let now = null;

  function redraw() {
    if (now && now.round > 1) return drawThumbs(now);
    names.follow(model.now(), now?.phase ?? "");
    draw();
  }
  /** @param {TogetherMoment} moment */
  function drawThumbs(moment) {
    names.follow(null, moment.phase);
    counted.show(moment);
    for (const part of [list, halves, heart]) showIf(part, false);
    setText(said, thumbs.update(moment, model.now()));
    showIf(thumbs.node, Boolean(model.now()));
  }
  function draw() {
    if (!now) return;
    const isOpen = now.phase === "open";
    const isHidden = Boolean(now.hidden);
    showIf(thumbs.node, false);
    showIf(heart, true);
    showIf(list, isOpen);
    showIf(halves, !isOpen);
    counted.show(now);
    const { lines } = now.step.shown;
    const some = lines.slice(0, LISTED).join(", ");
    setText(list, tell("train_together_list", { n: lines.length, name: some }));
    setText(said, isOpen ? tell("train_together_ask") : inWords());
    showIf(texts.node, !isHidden);
    if (isOpen) setText(heart, "");
    else drawTraining(isHidden);
  }

  /** @param {boolean} isHidden */
  function drawTraining(isHidden) {
    /** @type {Partial<Standing>} */
    const standing = now?.tally ?? {};
    const { losses = [], phones: n = 0, late = 0 } = standing;
    const pupil = model.now()?.pupil;
    texts.update(names.texts(), new Set(pupil?.lines));
    const last = losses.at(-1);
    const ends = [losses[0] ?? 0, last ?? 0].map((loss) => inDigits(bits(loss), 1));
    const curve = { n: losses.length, name: ends[0], m: ends[1] };
    const evenOdds = Math.log(pupil?.config.vocab_size ?? 2);
    picture.update(curvePoints(losses, evenOdds), tell("train_together_curve", curve));
    const values = { n: losses.length, name: inDigits(bits(last ?? 0), 2) };
    setText(step, last === undefined ? "" : tell("train_together_step", values));
    const counts = { n, m: late };
    setText(phones, losses.length ? tell("train_together_phones", counts) : "");
    const bad = (standing.shortened ?? 0) + (standing.refused ?? 0);
    setText(held, bad ? tell("train_together_held", { n: bad }) : "");
    setText(heart, isHidden || now?.phase !== "reveal" ? "" : byHeartInWords());
  }

  function inWords() {
    const there = model.now();
    if (!now?.tally?.training) return tell("train_together_nothing");
    if (!there) return tell("train_together_begins");
    const isEnd = now.phase === "reveal";
    const latest = isEnd ? names.texts() : names.texts().slice(-LATEST_TEXTS);
    const { fresh } = byHeartOf(latest, new Set(there.pupil.lines));
    const values = { n: latest.length, m: fresh };
    const words = tell("train_together_new", values);
    return now.tally.over && !isEnd ? `${words} ${tell("train_together_over")}` : words;
  }
  function byHeartInWords() {
    const counts = countNames(names.texts(), now?.tally?.names ?? []);
    if (!counts.length) return tell("train_together_heart_none");
    const listed = counts.slice(0, HEARD_BY_HEART)
      .map(([name, times]) => `${name} (${inDigits(times)})`);
    return tell("train_together_heart", { name: listed.join(", ") });
  }

  /** @param {TogetherMoment} moment */
  function show(moment) {
    now = moment;
    model.follow(moment);
    redraw();
  }
  return { node, show, receive: model.receive, stop: stopAll(model, names) };
}

registerScreen("train_together", trainTogetherOnScreen);
