// The training as the page sees it: where it runs (in a worker that is made of the
// widget's own script, or in the page), what is wished of it, what its news change, and
// what there is to say of it.

import { counted } from "../lib/dom.js";
import { setTrait } from "../lib/widget_model.js";
import { saveKept } from "./train_your_own_file.js";
import { workAlone, working } from "./train_your_own_work.js";

/** @import { Model } from "../lib/widget_model.js" */
/** @import { List } from "./train_your_own.js" */
/** @import { News, Standing, Wish } from "./train_your_own_work.js" */
/** @typedef {"ready" | "training" | "stopped" | "over"} Phase */
/**
 * What the page knows of the training. `source`: the text that the model was made for;
 * null where there is none. `loss`: the last one that was told.
 * @typedef {{ phase: Phase, run: number, source: string | null,
 *   standing: Standing | null, loss: number | null }} State
 */

export const RATES = [0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3];
export const USUAL = 1; // its place among them
const OPERATIONS = 6; // for a letter and a weight: two on the way there, four back
const MILLION = 1e6;
const WORSE = 0.5; // bits above even odds: then it is no wobble of the beginning

/** @param {number} loss in bits */
function inBits(loss) {
  return Number.isFinite(loss) ? `${loss.toFixed(2)} bits` : "no number any more";
}

/** @param {Pick<Standing, "weights" | "read">} standing */
export function operations({ weights, read }) {
  const millions = Math.round(OPERATIONS * weights * read / MILLION);
  return `${counted(read, "letter")} read, ` +
    `${millions.toLocaleString("en")} million operations: ${OPERATIONS} for each ` +
    `letter and each of ${weights.toLocaleString("en")} knobs.`;
}

/** @param {Pick<Standing, "heart" | "fresh">} standing */
export function byHeartWords({ heart, fresh }) {
  return `Learned by heart: ${heart} of the last ${heart + fresh}; new: ${fresh}.`;
}

/** @param {number | null} loss on the lines that it reads @param {number} aside */
export function losses(loss, aside) {
  const own = loss === null ? "" : `${inBits(loss)} a letter on lines that it reads, `;
  return `Loss: ${own}${inBits(aside)}${own ? "" : " a letter"} on lines kept aside.`;
}

/**
 * Whether steps were so large that nothing is left of what it had learned.
 * @param {number | null} loss @param {number} letters
 */
export function isBroken(loss, letters) {
  return loss !== null && !(loss < Math.log2(letters + 1) + WORSE);
}

const BROKEN =
  " It is broken: it guesses worse than by even odds. The steps were too " +
  "large. Choose a smaller learning rate, then start anew.";

const ENOUGH = 10; // samples to say anything about them
const FEW_NEW = 0.2; // of its samples
const BY_HEART = " Nearly all that it writes stands in the list. For new ones, give " +
  "it more lines, or stop it sooner.";

/**
 * @param {Phase} phase @param {Standing | null} standing @param {number | null} loss
 */
export function statusWords(phase, standing, loss) {
  if (!standing) {
    return phase === "ready"
      ? "Not started yet. Some seconds are enough for names."
      : "Getting ready …";
  }
  const { aside, lines, letters, steps, heart, fresh } = standing;
  const begun = `It learns from ${counted(lines, "line")} of ` +
    `${counted(letters, "different letter")}. `;
  const ends = {
    ready: "",
    training: "",
    stopped: " Stopped: its knobs stay. Keep it in a file, or it goes with the page.",
    over: " It has stopped by itself after two minutes. Go on, if you like.",
  };
  const broken = isBroken(loss, letters) ? BROKEN : "";
  const isOver = phase !== "training" && heart + fresh >= ENOUGH;
  const learned = isOver && fresh < FEW_NEW * (heart + fresh) ? BY_HEART : "";
  return `${begun}Step ${steps.toLocaleString("en")}. ${losses(loss, aside)}` +
    broken + learned + ends[phase];
}

/**
 * @param {Phase} phase @param {Standing | null} standing @param {number | null} loss
 * @param {string[]} texts the last ones that it wrote
 */
export function spoken(phase, standing, loss, texts) {
  if (!standing) return "";
  const wrote = texts.map(shownText).join(", ");
  return `${statusWords(phase, standing, loss)} It writes: ${wrote}. ` +
    byHeartWords(standing);
}

/** What it wrote; it may have written nothing. @param {string} text */
export function shownText(text) {
  return text.trim() || "(nothing)";
}

const EXPORT = /^export default .*$/m; // a worker's script has none

/**
 * Work beside the page. What is wished before it is there waits.
 * @param {string} script the widget's, as one piece @param {(news: News) => void} hear
 */
export function besideThePage(script, hear) {
  /** @type {Wish[]} */
  const waiting = [];
  /** @type {(wish: Wish) => void} */
  let send = (wish) => void waiting.push(wish);
  let stop = () => {};
  /** @param {(wish: Wish) => void} way */
  function open(way) {
    send = way;
    waiting.splice(0).forEach(way);
  }
  function workHere() {
    const own = working(hear);
    stop = own.stop;
    open(own.hear);
  }
  try {
    const worker = workerFrom(script);
    stop = () => worker.terminate();
    let isReady = false;
    worker.onmessage = ({ data }) => {
      if (data.kind !== "ready") return hear(data);
      isReady = true;
      open((wish) => worker.postMessage(wish));
    };
    worker.onerror = (event) => {
      worker.terminate(); // or it would keep its memory
      if (isReady) return hear({ kind: "ended" });
      event.preventDefault();
      workHere();
    };
  } catch {
    workHere();
  }
  return { send: (/** @type {Wish} */ wish) => send(wish), stop: () => stop() };
}

/** @param {string} script */
function workerFrom(script) {
  const own = `"use strict";\n${script.replace(EXPORT, "")}\n${workAlone.name}();\n`;
  const address = URL.createObjectURL(new Blob([own], { type: "text/javascript" }));
  return new Worker(address);
}

/**
 * `steps`: of the model, when it was last stopped. `_esm`: the widget's own script.
 * @typedef {{ steps: number, _lists: List[], _esm: string }} Traits
 */
/**
 * What shows the training.
 * @typedef {{ clear(): void, add(state: State): void, say(state: State): void }} Shown
 */

const ENDED = "The training has ended: this device had no room for it, perhaps. " +
  "Train anew, with fewer lines.";

/**
 * What becomes of the state when there are news. Those of a model that was begun before
 * the present one are over.
 * @param {State} state @param {Shown} shown @param {(sentence: string) => void} say
 */
function listener(state, shown, say) {
  /** There is no model any more. @param {string} sentence */
  function fail(sentence) {
    Object.assign(state, { phase: "ready", source: null, standing: null });
    shown.clear();
    say(sentence);
  }
  return (/** @type {News} */ news) => {
    if ("run" in news && news.run !== state.run) return;
    if (news.kind === "kept") saveKept(news.text);
    else if (news.kind === "refused") fail(news.sentence);
    else if (news.kind === "ended") fail(ENDED);
    else if (news.kind === "news") {
      state.standing = news.standing;
      state.loss = news.standing.loss ?? state.loss;
      shown.add(state);
      if (state.phase !== "training") shown.say(state);
    } else if (news.kind === "over") {
      state.phase = "over";
      shown.say(state);
    }
  };
}

/**
 * Work that begins with the first wish, at the learning rate that was last set.
 * @param {Model<Traits>} model @param {(news: News) => void} hear
 */
function workOnDemand(model, hear) {
  /** @type {ReturnType<typeof besideThePage> | null} */
  let work = null;
  let rate = RATES[USUAL];

  /** @param {News} news */
  function pass(news) {
    if (news.kind === "ended") work = null;
    hear(news);
  }
  /** @param {Wish} wish */
  function send(wish) {
    if (!work) {
      work = besideThePage(model.get("_esm"), pass);
      work.send({ kind: "rate", rate });
    }
    work.send(wish);
  }
  /** @param {number} next */
  function setRate(next) {
    rate = next;
    work?.send({ kind: "rate", rate });
  }
  return { send, setRate, stop: () => work?.stop() };
}

/**
 * @param {Model<Traits>} model @param {Shown} shown @param {() => void} redraw
 * @param {(sentence: string) => void} say
 */
export function training(model, shown, redraw, say) {
  /** @type {State} */
  const state = { phase: "ready", run: 0, source: null, standing: null, loss: null };
  const listen = listener(state, shown, say);
  const { send, setRate, stop } = workOnDemand(model, hear);

  /** @param {News} news */
  function hear(news) {
    listen(news);
    const { phase, standing } = state;
    if (standing && phase !== "training") setTrait(model, "steps", standing.steps);
    redraw();
  }
  /**
   * Another model than before; gives its number.
   * @param {string} source @param {Phase} phase
   */
  function another(source, phase) {
    const run = state.run + 1;
    Object.assign(state, { run, source, phase, standing: null, loss: null });
    shown.clear();
    return run;
  }
  return { state, send, another, setRate, stop };
}
