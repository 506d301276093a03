// The model that a room trains, on a phone or behind the screen: the same for all, made
// from the same lines. It is that of `TrainYourOwn`, which opens it afterwards.

import { worker } from "../../../llm_lessons/web/lib/worker.js";
import { fromHalves } from "../../../llm_lessons/web/engine/halves.js";
import { keptText } from "../../../llm_lessons/web/widgets/train_your_own_file.js";
import {
  batchAt,
  lettersIn,
  pupilOf,
} from "../../../llm_lessons/web/widgets/train_your_own_model.js";
import { parted } from "../../../llm_lessons/web/widgets/train_your_own_text.js";
import { gradientFrame, NO_LINES, weightsIn } from "./gradient_frames.js";
import { namesToJudge, thumbsGradient } from "./thumbs.js";

/** @import { Pupil } from "../../../llm_lessons/web/widgets/train_your_own_model.js" */
/** @import { WeightsFrame } from "./gradient_frames.js" */
/** @import { PlayedMoment } from "../../web/parts/stage.js" */
/**
 * How the training stands, as the server tells it. `names` are those that are learned;
 * `losses` in nats, one a step, or shares of thumbs down; `phones` and `late` of the
 * last step.
 * @typedef {{ training: number, names: string[], steps: number, letters: number,
 *   losses: number[], phones: number, late: number, shortened: number, refused: number,
 *   over: boolean }} Standing
 */
/**
 * `lines`: those of the evening, which are read as well. A tally has no training yet
 * while names are given, and where a server was started again.
 * @typedef {PlayedMoment<{ lines: string[] }, unknown, { name: string },
 *   { answered: number } & Partial<Standing>>} TogetherMoment
 */

/**
 * The model as it is now. `parts`: steps in which this phone took part.
 * @typedef {{ pupil: Pupil, training: number, steps: number, parts: number }} Learned
 */

const KEPT_RATE = 0.001; // at which `TrainYourOwn` goes on with it

/**
 * All lines, in an order in which the names of the room are among those that are read:
 * one line in ten is kept aside (`parted`), and those are of the list.
 * @param {string[]} listed @param {string[]} names
 */
export function roomLines(listed, names) {
  const others = [...new Set(listed)].filter((line) => !names.includes(line));
  const places = [...names, ...others].map((_, place) => `${place}`);
  const own = new Set(parted(places).read.slice(0, names.length));
  const [of, ofOthers] = [names.values(), others.values()];
  return places.map((place) => (own.has(place) ? of : ofOthers).next().value ?? "");
}

/**
 * The room's model with what has come of it. `changed` is called when weights have
 * come, `send` with what a phone has found; it says whether that is on its way.
 * @param {() => void} changed @param {(bytes: Uint8Array<ArrayBuffer>) => boolean} send
 */
export function roomModel(changed, send) {
  const work = worker();
  let [training, steps, parts] = [0, -1, 0];
  /** @type {Pupil | null} */
  let pupil = null;
  /** @type {{ names: string[], frame: WeightsFrame | null }} */
  let asked = { names: [], frame: null };
  let byThumbs = false;

  /** Make the model of a training, if there is one. @param {TogetherMoment} moment */
  function follow({ step, tally, round }) {
    const { training: now = 0, names = [] } = tally ?? {};
    byThumbs = round > 1;
    if (now === training) return;
    work.stop();
    [training, steps, parts, pupil] = [now, -1, 0, null];
    asked = { names: [], frame: null };
    if (!now) return;
    pupil = pupilOf(roomLines(step.shown.lines, names), 0, () => KEPT_RATE);
  }

  /** @param {Pupil} own @param {WeightsFrame} frame */
  function* gradient(own, frame) {
    const batch = batchAt(own, frame.lines);
    const loss = yield* own.trainer.measureInPieces(batch);
    const letters = lettersIn(batch, own.rows);
    give(gradientFrame(frame, loss, letters, own.trainer.gradient));
  }

  /** @param {Uint8Array<ArrayBuffer>} found */
  function give(found) {
    if (send(found)) parts += 1;
    changed();
  }

  /** Send the gradient of somebody's thumbs. @param {boolean[]} ups */
  function judge(ups) {
    const [own, { names, frame }] = [pupil, asked];
    asked = { names: [], frame: null };
    if (own && frame) work.start(scores(own, names, ups, frame));
    changed();
  }

  /**
   * @param {Pupil} own @param {string[]} names @param {boolean[]} ups
   * @param {WeightsFrame} frame
   */
  function* scores(own, names, ups, frame) {
    const { gradient, letters, down } = yield* thumbsGradient(own, names, ups);
    give(gradientFrame(frame, down, letters, gradient));
  }

  /** @param {ArrayBuffer} bytes weights */
  function receive(bytes) {
    const frame = weightsIn(bytes);
    const isOurs = pupil?.weights === frame.halves.length;
    if (!pupil || !isOurs || frame.training !== training) return;
    work.stop();
    fromHalves(frame.halves, pupil.trainer.values);
    steps = frame.step;
    asked = { names: [], frame: null };
    if (byThumbs && frame.lines !== NO_LINES) {
      asked = { names: namesToJudge(pupil, frame.lines), frame };
    }
    if (byThumbs || frame.lines === NO_LINES) changed();
    else work.start(gradient(pupil, frame));
  }
  /** The model, once its weights have come. @returns {Learned | null} */
  const now = () => pupil && steps >= 0 ? { pupil, training, steps, parts } : null;
  return { follow, receive, now, judge, asked: () => asked.names, stop: work.stop };
}

/**
 * The file in which the model is kept. AdamW's means stay with the server: who goes on
 * begins them anew.
 * @param {Pupil} pupil @param {number} steps @param {number} read letters so far
 */
export function roomFile({ lines, letters, seed, config, trainer }, steps, read) {
  const model = { config, letters: letters.join(""), weights: trainer.values };
  return keptText({ ...model, lines, seed, steps, read, rate: KEPT_RATE });
}
