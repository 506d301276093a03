// "On a real model", alive: a box that loads SmolLM2 when somebody asks for it, into a
// worker that answers toys then. Closed, all of its memory is given back.

import { megabytes, realBox } from "./real_box.js";
import { bytesHere, tellBytesHere, tellOpen, wasEnded } from "./real_marks.js";
import { toysAt } from "./real_toys.js";

/** @import { News, Wish } from "../real/desk.js" */
/** @import { Shown } from "./models.js" */
/** @import { Standing } from "../real/loading.js" */
/** @import { Box } from "./real_box.js" */
/** @import { ToCome } from "./real_toys.js" */
/** @typedef {ReturnType<typeof toysAt>} Toys */
/** What a button asks for. @typedef {"load" | "forget"} What */
/**
 * What the page says of the file.
 * @typedef {{ address: string, script: string, sha256: string, size: number }} Facts
 */

/** Of what this page loads: a worker that it ended may still be noted as loading. */
const OWNER = String(Math.random());
const LITTLE = 2; // GB of memory; on a device with no more, a page may be ended
const ABOUT = "SmolLM2 is a real model. It can answer here, in this browser, with " +
  "nothing installed.";
const STAYS = "It stays in this browser until you delete it.";
const LEAVES = "It is here until this page is closed: this browser has not kept it.";
const ENDED =
  "The last time, this page was ended while a real model was open, perhaps for " +
  "lack of memory. Close other tabs and programs before you open it again.";
const FROM_DISK =
  "A page that was opened from a disk can load nothing: open it from the room or " +
  "from the internet. (Or, in the lessons' folder, by “python3 start.py serve”.)";
const NO_SCRIPT =
  "It can't begin here: its file is missing beside this page, or this " +
  "browser is too old. All else in this page works.";
const FELL = "The model has stopped by itself. Open it again, or load this page anew.";
const LESS = "Less of SmolLM2 is here than before: the browser had no room for it.";
const READS = "It reads the first text …";
const DELETED = "SmolLM2 is deleted from this browser.";
const ELSEWHERE = "Another tab of this browser loads it. It comes here, too.";

/** @param {Shown[]} all widgets of the page @param {ToCome} toCome */
export function tendRealPart(all, toCome) {
  /** @type {HTMLElement | null} */
  const place = document.querySelector(".ll-real");
  if (!place) return;
  const { file = "", script = "", sha256 = "", size, model: name } = place.dataset;
  const [address, ofWorker] = [file, script].map((one) =>
    new URL(one, document.baseURI).href
  );
  const facts = { address, script: ofWorker, sha256, size: Number(size) };
  const own = all.filter(({ model }) => model.get("_lm_name") === name);
  realPart(facts, realBox(place), (send) => toysAt(place, own, toCome, send));
}

/**
 * @param {Facts} facts @param {(box: Box) => void} show
 * @param {(send: (wish: Wish) => void) => Toys} toysFor
 */
function realPart(facts, show, toysFor) {
  let end = () => {};
  /** @param {string} [first] what there is to say before all else */
  function close(first = ABOUT) {
    end();
    end = () => {};
    tellOpen(false);
    show(closedBox(facts, first, begin));
  }
  /** @param {What} what */
  function begin(what) {
    if (location.protocol === "file:") return close(FROM_DISK);
    end();
    end = session(facts, what, show, toysFor, close);
  }
  addEventListener("pagehide", () => tellOpen(false));
  close(wasEnded() ? ENDED : undefined);
}

/**
 * @param {Facts} facts @param {string} first @param {(what: What) => void} begin
 * @returns {Box}
 */
function closedBox({ sha256, size }, first, begin) {
  const here = bytesHere(sha256);
  const cost = `SmolLM2 has ${megabytes(size)}, which are loaded once, and asks for ` +
    `about three times as much memory. ${STAYS}`;
  const part = `Go on loading (${megabytes(here)} of ${megabytes(size)} are here)`;
  const load = here ? part : `Load SmolLM2 (${megabytes(size)})`;
  const about = here >= size ? "SmolLM2 is in this browser." : cost;
  return {
    words: [first, about, littleMemory()].filter(Boolean).join(" "),
    main: [here >= size ? "Open SmolLM2" : load, () => begin("load")],
    other: here ? ["Delete it from this browser", () => begin("forget")] : undefined,
  };
}

/**
 * A worker, from its first word to its last; gives what ends it.
 * @param {Facts} facts @param {What} what @param {(box: Box) => void} show
 * @param {(send: (wish: Wish) => void) => Toys} toysFor
 * @param {(why?: string) => void} close
 */
function session(facts, what, show, toysFor, close) {
  const { address, script, sha256, size } = facts;
  tellOpen(what !== "forget");
  show({ words: "A moment …" });
  const worker = new Worker(script);
  const send = (/** @type {Wish} */ wish) => worker.postMessage(wish);
  const toys = toysFor(send);
  const { hear, stop } = hearing(facts, what, show, toys, send, close);
  let hasBegun = false;
  worker.addEventListener("message", ({ data }) => {
    hasBegun = true;
    hear(data);
  });
  worker.addEventListener("error", (event) => {
    event.preventDefault();
    close(hasBegun ? FELL : NO_SCRIPT);
  });
  send({ kind: "begin", file: { size, sha256 }, address, owner: OWNER });
  return () => {
    stop();
    worker.terminate();
    toys.end();
  };
}

/**
 * What becomes of a worker's news.
 * @param {Facts} facts @param {What} what @param {(box: Box) => void} show
 * @param {Toys} toys @param {(wish: Wish) => void} send
 * @param {(why?: string) => void} close
 */
function hearing({ sha256, size }, what, show, toys, send, close) {
  let [isOver, isKept, words] = [false, false, ""];
  const before = bytesHere(sha256); // before it is counted: another tab may add to it
  const tellHere = (/** @type {number} */ bytes) => tellBytesHere(sha256, bytes);
  /** @param {boolean} isReady */
  function answers(isReady) {
    if (isOver) return;
    show({ words: isReady ? words : `${words} ${READS}`, main: ["Close it", close] });
  }
  /** @param {number} bytes @param {boolean} stays */
  function kept(bytes, stays) {
    isKept = stays;
    tellHere(bytes);
    // What has gone is loaded anew only if somebody asks for it.
    if (what === "load" && bytes < before) return close(LESS);
    send({ kind: what });
  }
  /** @param {Standing} standing */
  function stands(standing) {
    if (isKept) tellHere(standing.bytes);
    const bytes = /** @type {const} */ ([standing.bytes, size]);
    const stop = () => send({ kind: "stop" });
    show({ words: standingWords(standing), bytes, main: ["Stop", stop] });
  }
  /** @param {News} news */
  function hear(news) {
    if (news.kind === "kept") kept(news.bytes, news.stays);
    else if (news.kind === "standing") stands(news);
    else if (news.kind === "opening") show({ words: "Opening SmolLM2 …" });
    else if (news.kind === "open") {
      words = `SmolLM2 answers in this page. ${news.stays ? STAYS : LEAVES}`;
      tellHere(news.stays ? size : 0);
      answers(toys.open());
    } else if (news.kind === "refused") {
      tellHere(isKept ? news.bytes : 0);
      close(news.sentence);
    } else if (news.kind === "forgotten") {
      tellHere(0);
      close(DELETED);
    } else if (news.kind === "set") toys.hear(news);
    else toys.come(news.id, news.traits).then(answers);
  }
  return { hear, stop: () => isOver = true };
}

/** @param {Standing} standing */
function standingWords({ place, elsewhere }) {
  if (elsewhere) return ELSEWHERE;
  if (!place) return "SmolLM2 is on its way …";
  return `Others load it now: you are number ${place} in the queue. Leave this ` +
    "page open.";
}

/** A warning, where a device tells that it has little memory; not all browsers do. */
function littleMemory() {
  const { deviceMemory } = /** @type {{ deviceMemory?: number }} */ (navigator);
  return deviceMemory !== undefined && deviceMemory <= LITTLE
    ? `This device has only ${deviceMemory} GB of memory: the browser may end the page.`
    : "";
}
