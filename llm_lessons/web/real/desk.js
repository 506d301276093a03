// The real model at work, in a worker: it is loaded and opened, and answers the toys of
// a page, which hears of it in news. Ended, the worker gives all of its memory back.

import { Refusal } from "../engine/refusal.js";
import { firstTraits } from "./first_traits.js";
import { Load, PIECE_BYTES } from "./loading.js";
import { mirrored } from "../lib/traits.js";

/** @import { LanguageModel } from "../engine/model.js" */
/** @import { Model } from "../lib/widget_model.js" */
/** @import { Answer } from "../engine/offered.js" */
/** @import { Send, Traits } from "../lib/traits.js" */
/** @import { Toy } from "./first_traits.js" */
/** @import { KnownFile, Standing } from "./loading.js" */
/** @import { Store } from "./store.js" */
/**
 * What the page wants. `begin` comes first. `toy`: a new one, whose traits come back;
 * `answer`: one that the page has already.
 * @typedef {{ kind: "begin", file: KnownFile, address: string, owner: string }
 *   | { kind: "load" | "stop" | "forget" }
 *   | { kind: "toy", id: string, toy: Toy }
 *   | { kind: "answer", id: string, of: string, traits: Traits }
 *   | { kind: "set", id: string, name: string, value: unknown }} Wish
 */
/**
 * `bytes`: how many this browser has. `stays`: whether they are there next time.
 * @typedef {{ kind: "kept", bytes: number, stays: boolean }
 *   | { kind: "standing" } & Standing
 *   | { kind: "opening" } | { kind: "forgotten" }
 *   | { kind: "open", name: string, stays: boolean }
 *   | { kind: "refused", sentence: string, bytes: number }
 *   | { kind: "toy", id: string, traits: Traits }
 *   | { kind: "set", id: string, name: string, value: unknown }} News
 */
/**
 * What a desk needs of its surroundings. `open` makes a model of the file's bytes, for
 * which `room` makes room.
 * @typedef {object} Surroundings
 * @property {(size: number) => Uint8Array} room
 * @property {(bytes: Uint8Array) => LanguageModel} open
 * @property {(kind: string) => Answer | null} answerOf
 * @property {(sha256: string, owner: string) => Promise<Store>} storeOf
 * @property {typeof fetch} fetch
 */

const BESIDE = 200; // million bytes, in which is calculated beside the file
const NO_ROOM = "There is too little memory for it here. Close other tabs and " +
  "programs, and load this page again.";
const UNKNOWN = "This browser can't run it. All else in this page works.";

/**
 * @param {AbortSignal} stopped
 * @returns {(milliseconds: number) => Promise<unknown>} over early where it is stopped
 */
function pauseUntil(stopped) {
  return (milliseconds) =>
    new Promise((done) => {
      setTimeout(done, milliseconds);
      stopped.addEventListener("abort", done, { once: true });
    });
}

/** @param {unknown} error */
function sentenceFor(error) {
  if (error instanceof Refusal) return error.message;
  return error instanceof RangeError ? NO_ROOM : UNKNOWN;
}

/**
 * What hears wishes, one after the other, and sends news.
 * @param {Surroundings} around @param {(news: News) => void} send
 */
export function desk(around, send) {
  /** @type {{ file: KnownFile, address: string, store: Store } | null} */
  let place = null;
  /** @type {LanguageModel | null} */
  let lm = null;
  let stopper = new AbortController();
  /** @type {Map<string, Send>} */
  const toys = new Map();

  /** @param {Wish & { kind: "begin" }} wish */
  async function begin(wish) {
    const store = await around.storeOf(wish.file.sha256, wish.owner);
    place = { file: wish.file, address: wish.address, store };
    send({ kind: "kept", bytes: await keptBytes(), stays: store.stays });
  }
  async function keptBytes() {
    const count = await place?.store.count().catch(() => 0) ?? 0;
    return Math.min(count * PIECE_BYTES, place?.file.size ?? 0);
  }
  /** Told before a byte is loaded, and not after all of them. @param {number} size */
  function room(size) {
    const made = around.room(size);
    new ArrayBuffer(BESIDE * 1e6);
    return made;
  }
  async function load() {
    if (!place) return;
    const { address, store } = place;
    stopper = new AbortController();
    const load = new Load(place.file, room, store, {
      get: (headers, signal) =>
        around.fetch(address, { headers, signal, cache: "no-store" }),
      tell: (standing) => send({ kind: "standing", ...standing }),
      pause: pauseUntil(stopper.signal),
      stopped: stopper.signal,
    });
    const bytes = await load.whole();
    send({ kind: "opening" });
    lm = around.open(bytes);
    // another tab may have deleted it meanwhile, and the disk may be full
    const stays = store.stays && await keptBytes() === place.file.size;
    send({ kind: "open", name: lm.name, stays });
  }
  async function forget() {
    stopper.abort();
    await place?.store.clear();
    send({ kind: "forgotten" });
  }

  /**
   * @param {string} id @param {string} of the kind @param {Traits} traits
   * @param {LanguageModel} lm
   */
  function answer(id, of, traits, lm) {
    const { model, hear } = mirrored(
      traits,
      (name, value) => send({ kind: "set", id, name, value }),
    );
    toys.set(id, hear);
    around.answerOf(of)?.(model, lm);
    model.set("_in_page", true);
    return /** @type {Model<any>} */ (model);
  }
  /**
   * A toy is told once there is something in it.
   * @param {string} id @param {Toy} toy @param {LanguageModel} lm
   */
  function make(id, toy, lm) {
    const traits = firstTraits(toy, lm);
    const model = answer(id, toy.kind, traits, lm);
    let isTold = false;
    function tell() {
      const [questions, answers] = [model.get("_questions"), model.get("_answers")];
      const isAnswered = Object.keys(questions).every((place) => answers[place]?.heard);
      if (isTold || !isAnswered) return;
      isTold = true;
      send({ kind: "toy", id, traits: { ...traits } });
    }
    model.on("change:_answers", tell);
    tell();
  }

  /** @param {Wish} wish */
  async function follow(wish) {
    if (wish.kind === "begin") await begin(wish);
    else if (wish.kind === "load") await load();
    else if (wish.kind === "stop") stopper.abort();
    else if (wish.kind === "forget") await forget();
    else if (wish.kind === "set") toys.get(wish.id)?.(wish.name, wish.value);
    else if (lm && wish.kind === "toy") make(wish.id, wish.toy, lm);
    else if (lm && wish.kind === "answer") answer(wish.id, wish.of, wish.traits, lm);
  }
  /** @param {Wish} wish */
  async function hear(wish) {
    try {
      await follow(wish);
    } catch (error) {
      const bytes = await keptBytes();
      send({ kind: "refused", sentence: sentenceFor(error), bytes });
    }
  }
  return { hear };
}
