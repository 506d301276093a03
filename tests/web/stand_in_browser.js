// A browser with a page that has the box of the real model, for tests: its worker's
// desk is in the same place, with a tiny model and stand-ins for what a browser has.

import { createHash } from "node:crypto";
import { answerOf } from "../../llm_lessons/web/answers/answers.js";
import { realModel } from "../../llm_lessons/web/engine/real_model.js";
import { modelWith } from "../../llm_lessons/web/page/states.js";
import { tendRealPart } from "../../llm_lessons/web/page/real_part.js";
import { desk } from "../../llm_lessons/web/real/desk.js";
import { storeInMemory } from "../../llm_lessons/web/real/store.js";
import { tinyModel, until } from "./tiny_model.js";

/** @import { Wish } from "../../llm_lessons/web/real/desk.js" */
/** @import { Toy } from "../../llm_lessons/web/real/first_traits.js" */
/** @import { Store } from "../../llm_lessons/web/real/store.js" */
/**
 * @typedef {object} Element
 * @property {Element[]} children @property {string} textContent
 * @property {boolean} hidden @property {Record<string, string>} dataset
 * @property {() => void} click @property {() => void} focus
 * @property {unknown} files that were chosen
 * @property {(name: string, event: unknown) => void} tell who listens
 */

export const BYTES = Uint8Array.from({ length: 3_000_000 }, (_, i) => i % 251);
export const SHA256 = createHash("sha256").update(BYTES).digest("hex");

/** @returns {Element} */
export function standInElement() {
  /** @type {Element[]} */
  const children = [];
  /** @type {Record<string, (event: unknown) => void>} */
  const listeners = {};
  const node = {
    ...{ children, textContent: "", hidden: false, value: 0 },
    dataset: /** @type {Record<string, string>} */ ({}),
    setAttribute() {},
    append: (/** @type {Element[]} */ ...more) => void children.push(...more),
    remove: () => void children.splice(0),
    focus: () => void Object.assign(document, { activeElement: node }),
    files: /** @type {unknown} */ (null),
    addEventListener: (/** @type {string} */ name, /** @type {() => void} */ call) =>
      void (listeners[name] = call),
    click: () => listeners.click(null),
    tell: (/** @type {string} */ name, /** @type {unknown} */ event) =>
      listeners[name](event),
  };
  return node;
}

/** A store that lasts longer than a page. */
function lastingStore() {
  /** @type {Map<number, Uint8Array>} */
  const pieces = new Map();
  /** @type {Store} */
  const store = {
    ...storeInMemory(),
    stays: true,
    count: () => Promise.resolve(pieces.size),
    piece: (number) => Promise.resolve(pieces.get(number)),
    put: (number, bytes) => Promise.resolve(Boolean(pieces.set(number, bytes))),
    clear: () => Promise.resolve(pieces.clear()),
  };
  return { store, pieces };
}

/** What lasts as long as the browser, or as a tab of it. */
function storage() {
  /** @type {Map<string, string>} */
  const kept = new Map();
  return {
    getItem: (/** @type {string} */ name) => kept.get(name) ?? null,
    setItem: (/** @type {string} */ name, /** @type {string} */ value) =>
      void kept.set(name, value),
    removeItem: (/** @type {string} */ name) => void kept.delete(name),
  };
}

/**
 * A browser: `visit` opens the page in it, `served` counts what is loaded.
 * @param {string} [protocol]
 */
export function browser(protocol = "http:") {
  const lasting = lastingStore();
  /** Who asked for a store. @type {Set<string>} */
  const owners = new Set();
  const served = { bytes: 0, content: BYTES, owners };
  /** @type {Set<string>} of workers that were ended */
  const ended = new Set();
  let count = 0;
  class StandInWorker {
    constructor() {
      this.name = String(count += 1);
      /** @type {Record<string, (event: { data: unknown }) => void>} */
      this.listeners = {};
      const { hear } = desk({
        open: (bytes, name, known) =>
          known ? realModel(bytes, name, known) : tinyModel(64),
        room: (size) => new Uint8Array(size),
        answerOf,
        storeOf(_, owner) {
          owners.add(owner);
          return Promise.resolve(lasting.store);
        },
        fetch: (_, options) => {
          const headers = /** @type {Record<string, string>} */ (options?.headers);
          const [first, last] = headers.Range.slice(6).split("-").map(Number);
          const part = served.content.subarray(first, last + 1);
          served.bytes += part.length;
          const about = `bytes ${first}-${last}/${served.content.length}`;
          const how = { status: 206, headers: { "Content-Range": about } };
          return Promise.resolve(new Response(part.slice(), how));
        },
      }, (news) => {
        const data = structuredClone(news);
        queueMicrotask(() => !ended.has(this.name) && this.listeners.message({ data }));
      });
      this.hear = hear;
    }
    /** @param {string} name @param {(event: { data: unknown }) => void} call */
    addEventListener(name, call) {
      this.listeners[name] = call;
    }
    /** @param {Wish} wish */
    postMessage(wish) {
      this.hear(structuredClone(wish));
    }
    terminate() {
      ended.add(this.name);
    }
  }
  const place = { now: standInElement() };
  Object.assign(globalThis, {
    Worker: StandInWorker,
    document: {
      createElement: standInElement,
      querySelector: () => place.now,
      baseURI: "http://127.0.0.1/",
    },
  });
  const own = { localStorage: storage(), sessionStorage: storage() };
  for (const [name, value] of Object.entries({ ...own, location: { protocol } })) {
    Object.defineProperty(globalThis, name, { value, configurable: true });
  }

  /**
   * @param {Parameters<typeof tendRealPart>[0]} [ownToys]
   * @param {[string, Toy][]} [toys]
   */
  function visit(ownToys = [], toys = []) {
    place.now = standInElement();
    const facts = { file: "model.gguf", script: "model.js", model: "tiny" };
    const known = { sha256: SHA256, size: String(BYTES.length) };
    Object.assign(place.now.dataset, facts, known);
    /** @type {Map<string, ReturnType<typeof modelWith>["model"]>} */
    const drawn = new Map();
    /** @type {Set<string>} */
    const waiting = new Set();
    tendRealPart(ownToys, {
      toys: new Map(toys),
      draw(id, traits) {
        const { model } = modelWith(traits);
        drawn.set(id, model);
        waiting.add(id);
        return Promise.resolve({ model, stop: () => void waiting.delete(id) });
      },
    });
    const [said, , moves, own] = place.now.children;
    /** @param {string} name */
    function press(name) {
      const shown = moves.children.filter(({ hidden }) => !hidden);
      const button = shown.find(({ textContent }) => textContent.startsWith(name));
      if (!button) {
        throw new Error(`${name} is none of ${shown.map((b) => b.textContent)}`);
      }
      button.focus();
      button.click();
    }
    const says = (/** @type {RegExp} */ what) =>
      until(() => what.test(said.textContent));
    /** @param {unknown} file */
    function choose(file) {
      const [, input] = own.children;
      input.files = [file];
      input.tell("change", null);
    }
    /** @param {unknown} file */
    function drop(file) {
      const given = { dataTransfer: { types: ["Files"], files: [file] } };
      const stopped = { preventDefault() {}, stopPropagation() {} };
      for (const name of ["dragover", "drop"]) {
        place.now.tell(name, { ...given, ...stopped });
      }
    }
    return { press, says, said, drawn, waiting, choose, drop };
  }
  return { visit, served, lasting };
}
